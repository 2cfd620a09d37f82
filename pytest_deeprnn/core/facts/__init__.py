"""What was measured, each kind a type with fields: sentences are made of them last."""
