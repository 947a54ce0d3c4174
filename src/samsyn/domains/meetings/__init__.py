"""Meetings: from summons to frozen minutes, decisions, assignments, working groups and needs (L06, L07, U07–U09)."""
