"""Recurrence with pauses. Pure, no Django."""
