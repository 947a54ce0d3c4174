"""The guard's simplest rules for instant feedback in a browser; the server stays the judge."""

from __future__ import annotations

from typing import Any

from samsyn.privacy.guard.messages import message

# Plain enough to mean the same in JavaScript: no lookbehind, no named groups.
_PATTERNS: tuple[tuple[str, str, str], ...] = (
    (
        "personal_number",
        r"\b(?:18|19|20)?\d{2}[ .\-]?(?:0[1-9]|1[0-2])[ .\-]?(?:[0-2]\d|3[01]|[6-8]\d|9[01])[ .\-+]{0,3}\d{4}\b",
        "luhn10",
    ),
    (
        "phone",
        r"(?:\+46|\b0046|\b07)[ \-]?\d(?:[ \-]?\d){6,9}\b|\b0[1-9]\d{0,2}[\-/] ?\d{2,3}(?: ?\d{2,3}){1,3}\b",
        "",
    ),
    (
        "email",
        r"[A-Za-z0-9._%+\-]{1,64}(?:@|\(at\)|\(a\)| at | snabel-a )[A-Za-z0-9\-]{1,63}\.[A-Za-z]{2,}",
        "",
    ),
    ("registration_plate", r"\b[A-HJ-PR-UW-Z]{3} ?\d{2}[0-9A-HJ-NPR-UW-Z]\b", ""),
    ("case_number", r"\b(?:\d{4}-)?K ?\d{4,7}-\d{2}\b", ""),
)


def browser_rules(language: str = "sv") -> list[dict[str, Any]]:
    """Return rules as JSON: kind, pattern (a JavaScript regular expression), check, why, suggestion.

    `check` "luhn10" means that the last ten digits of the match also have to pass Luhn.
    """
    return [
        {
            "kind": kind,
            "pattern": pattern,
            "flags": "g",
            "check": check,
            "why": message(kind, language).why,
            "suggestion": message(kind, language).suggestion,
        }
        for kind, pattern, check in _PATTERNS
    ]
