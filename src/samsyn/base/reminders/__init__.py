"""Reminders by e-mail: a digest per person, as often as she wants it and never more."""
