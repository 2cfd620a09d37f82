"""Takes from a worker, before any student code runs, all that its answers do not need.

Each protection stands in a module of its own and is built on what the kernel gives. One that
cannot be had is told with its reason; the others hold all the same.
"""
