"""Writes about agreements: each one transaction with its row in the log."""
