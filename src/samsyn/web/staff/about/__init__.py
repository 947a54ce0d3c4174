"""About the system: coverage of the clauses, roles, accessibility."""
