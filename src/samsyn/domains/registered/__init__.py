"""What authorities have registered: police events, Brå figures, the police list. Never personal data."""
