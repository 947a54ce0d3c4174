"""Readers of the files municipalities have. No Django."""
