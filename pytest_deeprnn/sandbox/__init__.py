"""The processes: a zygote, a trusted evaluator, an untrusted worker for each submission."""
