"""The log of who did what and when, written in the same transaction as the change."""
