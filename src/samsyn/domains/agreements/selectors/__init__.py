"""Reads about agreements; each takes who looks."""
