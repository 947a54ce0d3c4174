"""Pages of the reports room."""
