"""People, their roles, and the organisations that take part."""
