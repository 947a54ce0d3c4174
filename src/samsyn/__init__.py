"""Samsyn: the platform on which a municipality and its police area live their agreement."""

__version__ = "0.1.0"
