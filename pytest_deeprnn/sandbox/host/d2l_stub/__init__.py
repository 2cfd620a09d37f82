"""Stands in for the book's own package, d2l, whether that is installed or not.

Learners' files import it out of habit. What stands around a network works, what reads data or
draws says so or does nothing, and a network that is taken from it is told to the grader. A
submission always gets this one, so that its grade is the same on every machine.

Source of the names: Dive into Deep Learning, the PyTorch editions of the d2l package (1.0 and
0.17), and d2lzh_pytorch, the package of the first Chinese edition.
"""
