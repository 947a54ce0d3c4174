"""REST and Open311."""
