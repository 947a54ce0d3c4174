"""The domains, a chain: each may import those before it."""
