"""The smallest example of a fault, worked step by step."""
