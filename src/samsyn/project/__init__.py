"""Settings, urls and the application entry."""
