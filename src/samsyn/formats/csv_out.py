"""What is written to CSV, so that a spreadsheet only shows it."""

from __future__ import annotations

# What a spreadsheet would take for a formula (OWASP, CSV injection).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it: an apostrophe before what looks like a formula.

    Args:
        cell: any text.

    Returns:
        The same text, or the text after an apostrophe.
    """
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell
