"""Find in Python text what reaches past a calculation; nothing of the text is run."""
