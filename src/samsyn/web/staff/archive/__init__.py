"""The records officer's room: the log, disposals and retention."""
