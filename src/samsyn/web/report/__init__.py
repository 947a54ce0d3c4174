"""The reporting form for the phone."""
