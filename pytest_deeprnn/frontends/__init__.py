"""What a person types: pytest, the `deeprnn` command, `check` in a notebook."""
