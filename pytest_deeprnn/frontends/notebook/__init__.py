"""Feedback on functions right where they were written: in a notebook, in IPython, in a script."""
