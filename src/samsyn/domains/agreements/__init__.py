"""Agreements: parties, bodies, commitments, annexes, and the file that describes them."""
