"""The form that writes the agreement file: every section of the schema, one page each."""
