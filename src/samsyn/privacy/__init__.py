"""The text guard and disclosure control. No Django."""
