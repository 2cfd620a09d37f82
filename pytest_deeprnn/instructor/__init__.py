"""What is done with many submissions: a class graded, checks audited, repositories made."""
