"""What is known of a submission: its calls, roles and recorded operations."""
