"""Areas and named places."""
