"""Many submissions at once: what was handed in, who grades it, what is kept, and the class page."""
