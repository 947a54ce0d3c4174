"""The samsyn command."""
