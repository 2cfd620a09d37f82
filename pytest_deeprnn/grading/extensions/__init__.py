"""What an instructor adds: hooks, checks, outputs, and tests of their own."""
