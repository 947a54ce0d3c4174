"""How a commitment is worded in the sentence that says why it stands where it stands. Pure."""

from __future__ import annotations

from collections.abc import Collection

from samsyn.rhythm import Wording

MEETING_KINDS = frozenset({"meeting_minuted", "meeting_held"})

# First word of the subject → what is done with it.
DUTIES = {
    "beslutet": "fattas",
    "förslaget": "lämnas",
    "utskicket": "skickas",
    "informationen": "lämnas",
    "kontakten": "hållas",
    "samverkan": "ske",
    "rapporten": "lämnas",
    "rapporteringen": "ske",
    "trygghetsdagarna": "hållas",
    "årsskiftesmålet": "nås",
    "medverkan": "ske",
    "avstämningen": "göras",
    "underrättelsen": "skickas",
    "dialogerna": "hållas",
    "medborgardialogen": "hållas",
    "informationsmötet": "hållas",
    "punkten": "tas upp",
    "platsen": "vara tillsatt",
    "funktionen": "finnas",
    "samordningsfunktionen": "finnas",
    "rådet": "finnas",
}


def wording_of(subject: str, evidence_kinds: Collection[str], body: str) -> Wording:
    """Return how a sentence about the commitment goes: a body meets, a document is renewed, a mailing is sent.

    `body` is the name of the body where it happens, or empty.
    """
    low = subject.casefold()
    if (
        body
        and "möte" not in body.casefold()
        and MEETING_KINDS & set(evidence_kinds)
        and low.endswith(("möte", "mötet", "avstämning"))
    ):
        return Wording.meeting(body)
    if "möte" in low and MEETING_KINDS & set(evidence_kinds):
        return Wording(subject, "hållas", "möte", "möten", "har hållits", "kallat")
    words = low.split()
    duty = next((DUTIES[word] for word in words if word in DUTIES), "göras")
    if {"plats", "platsen"} & set(words):
        duty = "vara tillsatt"
    return Wording.task(subject, duty)
