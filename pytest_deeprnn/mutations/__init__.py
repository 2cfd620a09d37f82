"""Named faults, each as a small edit of the reference's own lines."""
