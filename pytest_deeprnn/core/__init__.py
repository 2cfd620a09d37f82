"""What all other packages speak of: reports, findings, exercises, settings. No torch, no pytest."""
