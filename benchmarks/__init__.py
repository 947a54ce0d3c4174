"""Measurements. Each module prints one table: `python -m benchmarks.<name>`."""
