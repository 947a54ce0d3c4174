"""Writes: what a person wishes, and the digests that go."""
