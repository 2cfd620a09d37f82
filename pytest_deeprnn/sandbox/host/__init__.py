"""What runs beside student code, in its process: untrusted from the first line of it on."""
