"""Pages: staff, public and the reporting form."""
