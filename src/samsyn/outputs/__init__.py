"""One result object to web, Word, PDF, CSV."""
