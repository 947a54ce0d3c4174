"""The text guard between form and storage, and the redirection of a concern for one person (data rules 1–3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.base.errors import UserError
from samsyn.privacy import guard
from samsyn.privacy.guard import Finding

# Kinds of the guard that tell of one person's situation rather than of a place.
ABOUT_ONE_PERSON = frozenset({"concern", "kinship", "health", "child_at_risk"})
# How a worry for one person is written; a place is never "orolig" or has a mother.
# The browser reads it too, so it is written in what Python and JavaScript share.
CONCERN = (
    r"\b(?:orolig(?:a)? för|oroar (?:mig|oss) för|far(?:a|it)? illa|mår (?:mycket |väldigt |så )?dåligt"
    r"|självmord\w*|självskad\w*|ta(?:r)? (?:sitt|hans|hennes) liv|blir (?:slagen|misshandlad|utnyttjad) (?:hemma|av sin)"
    r"|slår (?:sin|sina|sitt) \w+|vill hoppa av"
    r"|(?:hans|hennes|elevens|killens|pojkens|flickans|tjejens|barnets) (?:mamma|pappa|mor|far|förälder|föräldrar|syskon|bror|syster))\b"
)
_CONCERN = re.compile(CONCERN, re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """What the guard says of a text: findings in order, and whether the writer should turn elsewhere."""

    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity == "block")

    @property
    def may_be_stored(self) -> bool:
        return not self.blocking

    @property
    def redirect(self) -> str:
        """Where a concern for one person belongs; empty when the text speaks of a place."""
        if any(one.kind in ABOUT_ONE_PERSON for one in self.findings):
            return where_concerns_go()
        return ""

    @property
    def messages(self) -> list[str]:
        """Each thing once: why, and what to write instead."""
        said = [f"{one.why} {one.suggestion}" for one in self.findings if one.kind != "concern"]
        return list(dict.fromkeys(said))


class GuardRefused(UserError):
    """The text may not be stored. Holds the verdict, never the text."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        parts = [*verdict.messages, verdict.redirect, _("Inget har sparats.")]
        super().__init__(" ".join(part for part in parts if part))


def where_concerns_go() -> str:
    """Return where a worry for one person is told; it is not stored here (data rule 2)."""
    return _(
        "Gäller det oro för en person ska det inte stå här. Gör en orosanmälan till socialtjänsten. "
        "Ring polisen på 114 14, eller 112 om det är bråttom."
    )


def read_text(*texts: str, private: bool = False) -> Verdict:
    """Ask the guard about what somebody has written; nothing is kept or logged.

    For a private company a doubtful finding stops the text too: it may not process data on
    offences tied to persons (data rule 3).
    """
    found = [finding for text in texts if text for finding in (*check(text), *concerns_in(text))]
    return Verdict(tuple(stricter(found) if private else found))


def check(text: str) -> Sequence[Finding]:
    """Return the guard's findings in the reader's language."""
    return guard.check(text, get_language() or "sv")


def concerns_in(text: str) -> list[Finding]:
    """Return one finding where the text tells of a worry for one person."""
    matched = _CONCERN.search(text)
    if matched is None:
        return []
    masked = re.sub(r"\w", "•", matched[0])
    words = _("Texten ser ut att gälla oro för en viss person.")
    return [Finding("concern", *matched.span(), masked, words, where_concerns_go(), "block")]


def stricter(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with every doubt made a stop."""
    return [
        Finding(one.kind, one.start, one.end, one.excerpt_masked, one.why, one.suggestion, "block")
        for one in findings
    ]


def require_storable(*texts: str, private: bool = False) -> None:
    """Raise GuardRefused where one of the texts may not be stored."""
    verdict = read_text(*texts, private=private)
    if not verdict.may_be_stored:
        raise GuardRefused(verdict)
