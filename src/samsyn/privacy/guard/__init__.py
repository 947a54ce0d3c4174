"""The text guard: finds personal data in Swedish free text before it is stored. Pure Python.

>>> [finding.kind for finding in check("Ring 070-174 06 35")]
['phone']
"""

from __future__ import annotations

from samsyn.privacy.guard.browser import browser_rules
from samsyn.privacy.guard.contacts import (
    find_emails,
    find_ip_addresses,
    find_phones,
    find_social_profiles,
)
from samsyn.privacy.guard.identity import find_birth_dates, find_identity_numbers
from samsyn.privacy.guard.messages import MESSAGES, Message, message
from samsyn.privacy.guard.model import Detector, Finding, Hit
from samsyn.privacy.guard.normalise import normalise
from samsyn.privacy.guard.registers import (
    find_accounts,
    find_case_numbers,
    find_dwellings_and_classes,
    find_registration_plates,
)

__all__ = [
    "DETECTORS",
    "MESSAGES",
    "Finding",
    "Hit",
    "Message",
    "browser_rules",
    "check",
    "message",
    "redact",
]

# First come, first kept, where two detectors want the same characters. A new detector (names,
# kinship, health) is a function from normalised text to hits, added here with its message.
DETECTORS: list[Detector] = [
    find_accounts,
    find_case_numbers,
    find_identity_numbers,
    find_birth_dates,
    find_emails,
    find_social_profiles,
    find_phones,
    find_registration_plates,
    find_ip_addresses,
    find_dwellings_and_classes,
]


def check(text: str, language: str = "sv") -> list[Finding]:
    """Return what in `text` ought not to be stored, in the order of the text, never overlapping.

    Parameters
    ----------
    text : free text as written, at most some thousand characters in practice.
    language : of the explanations, "sv" or "en".

    Source: domain rule 1 (nothing about individuals concerned), C05. Never raises on text.
    """
    plain, origin = normalise(text)
    kept: list[tuple[int, int, Hit]] = []
    for detector in DETECTORS:
        for hit in detector(plain):
            if hit.end <= hit.start:
                continue
            start, end = origin[hit.start], origin[hit.end - 1] + 1
            if _make_room(kept, start, end, hit):
                kept.append((start, end, hit))
    kept.sort(key=lambda item: item[0])
    return [_finding(text, start, end, hit, language) for start, end, hit in kept]


def redact(text: str, language: str = "sv") -> str:
    """Return `text` with every finding, also the doubtful ones, replaced by its kind in brackets."""
    parts: list[str] = []
    position = 0
    for finding in check(text, language):
        parts += [text[position : finding.start], f"[{message(finding.kind, language).label}]"]
        position = finding.end
    return "".join([*parts, text[position:]])


def _make_room(kept: list[tuple[int, int, Hit]], start: int, end: int, hit: Hit) -> bool:
    """Tell whether the hit may stay; a hit that blocks removes the warnings it covers."""
    crossing = [item for item in kept if item[0] < end and start < item[1]]
    if any(item[2].severity == "block" or hit.severity == "warn" for item in crossing):
        return False
    for item in crossing:
        kept.remove(item)
    return True


def _finding(text: str, start: int, end: int, hit: Hit, language: str) -> Finding:
    words = message(hit.kind, language)
    masked = "".join("•" if character.isalnum() else character for character in text[start:end])
    return Finding(hit.kind, start, end, masked, words.why, words.suggestion, hit.severity)
