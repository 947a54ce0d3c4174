"""Views of the agreements, one file per page."""
