"""Annexes and other documents: versions, decisions, approvals, signatures, and what makes them valid."""
