"""The coordinator's desk for reports."""
