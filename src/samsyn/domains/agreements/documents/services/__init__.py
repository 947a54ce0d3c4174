"""Writes about documents: each one transaction with its row in the log."""
