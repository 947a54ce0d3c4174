"""Answers ready for Brå's yearly survey of the municipalities: what Samsyn knows, and what it rests on.

Brå follows up how the municipalities work by the act (bra.se, *Kommuner mot brott*: mapping, situation
picture, action plan, coordination, coordination function). The topics are those of the act's §§ 4–14; the
questions are our own words, since the form of the year is sent to the municipalities and is not public.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samsyn.base import words
from samsyn.base.access import Viewer
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.judging import CommitmentStatus
from samsyn.domains.agreements.models import Agreement
from samsyn.domains.agreements.selectors.agreements import Term, agreements_in
from samsyn.domains.agreements.selectors.bodies import BodyNow, bodies_of
from samsyn.domains.agreements.selectors.contacts import public_functions
from samsyn.domains.agreements.selectors.status import law_of

COUNCILS = ("strategic_council", "steering")


@dataclass(frozen=True)
class Answer:
    """A question in plain words, the answer that Samsyn can give, and what it rests on.

    `known` is false where Samsyn has nothing to go by: then a person answers.
    """

    clause: str
    question: str
    answer: str
    rests_on: str
    known: bool = True
    commitment: int | None = None


def answers_for(municipality: Organisation, at: dt.date, *, viewer: Viewer) -> list[Answer]:
    """Return the answers paragraph by paragraph, as they stand on `at`."""
    law = {each.commitment.ref: each for each in law_of(municipality, at, viewer=viewer)}
    agreements = agreements_in(municipality, viewer=viewer)
    valid = [one for one in agreements if not Term(one, at).expired and one.starts_on <= at]
    bodies = bodies_of(valid, at, viewer=viewer, municipality=municipality)
    councils = [body for body in bodies if body.body.role in COUNCILS]
    asked = (
        ("§ 4", _("Finns en aktuell lägesbild?"), law.get("lagesbild-finns")),
        ("§ 5", _("Finns en beslutad åtgärdsplan?"), law.get("atgardsplan-beslutas")),
        (
            "§ 6",
            _("Har lägesbilden uppdaterats de senaste två åren?"),
            law.get("lagesbild-uppdateras"),
        ),
        (
            "§ 6",
            _("Har åtgärdsplanen följts upp de senaste två åren?"),
            law.get("atgardsplan-foljs-upp"),
        ),
        (
            "§ 7",
            _("Är åtgärdsplanen samordnad med kommunens andra planer?"),
            law.get("stammer-med-andra-planer"),
        ),
        (
            "§ 8",
            _("Samordnar kommunen det brottsförebyggande arbetet på sitt område?"),
            law.get("samordna-i-kommunen"),
        ),
    )
    return [
        *(from_evidence(clause, question, each) for clause, question, each in asked),
        from_agreements(valid),
        from_councils(councils),
        from_leaders(councils),
        from_functions(municipality),
        *(
            from_evidence(clause, question, law.get(ref))
            for clause, question, ref in later_topics()
        ),
    ]


def later_topics() -> tuple[tuple[str, str, str], ...]:
    """The topics after the council and the coordination function: paragraph, question, the act's commitment."""
    return (
        (
            "§ 12",
            _("Samordnar och stödjer funktionen kommunens verksamheter?"),
            "samordna-och-stodja",
        ),
        ("§ 12", _("Finns en kontaktpunkt för andra aktörer?"), "kontaktpunkt"),
        ("§ 12", _("Får invånarna veta vad som görs?"), "informera-invanarna"),
        ("§ 13", _("Leder kommunstyrelsen arbetet?"), "styrelsen-leder"),
        (
            "§ 13",
            _("Har kommunstyrelsen rapporterat till fullmäktige?"),
            "rapport-till-fullmaktige",
        ),
        ("§ 14", _("Har kommunen övervägt kamerabevakning?"), "kamerabevakning"),
    )


def from_evidence(clause: str, question: str, each: CommitmentStatus | None) -> Answer:
    """Yes with the date where there is evidence; else unknown, never no."""
    since = each.commitment.starts_on if each else None
    days = [
        row.occurred_on
        for row in (each.evidence if each else ())
        if since is None or row.occurred_on >= since
    ]
    if each is None or not days:
        return Answer(
            clause,
            question,
            _("Samsyn har inget underlag."),
            "",
            known=False,
            commitment=each.commitment.pk if each else None,
        )
    last = max(days)
    answer = _("Ja, senast %(day)s.") % {"day": words.date(last)}
    if each.name == "late":
        answer = _("Nej, senast %(day)s.") % {"day": words.date(last)}
    return Answer(clause, question, answer, each.state.why, commitment=each.commitment.pk)


def from_agreements(valid: list[Agreement]) -> Answer:
    question = _("Finns skriftliga överenskommelser om samverkan?")
    if not valid:
        return Answer("§ 9", question, _("Samsyn har inget avtal som gäller."), "", known=False)
    return Answer("§ 9", question, _("Ja, %(n)s.") % {"n": len(valid)}, "; ".join(map(str, valid)))


def from_councils(councils: list[BodyNow]) -> Answer:
    question = _("Finns ett råd för strategiska frågor, och leder kommunen det?")
    if not councils:
        return Answer("§ 10", question, _("Samsyn känner inget råd."), "", known=False)
    chaired = [
        body
        for body in councils
        if body.body.chair_party and body.body.chair_party.kind == "municipality"
    ]
    led = _("Kommunen leder.") if chaired else _("Avtalet säger inte vem som leder.")
    return Answer(
        "§ 10", question, f"{_('Ja.')} {led}", ", ".join(body.body.name for body in councils)
    )


def from_leaders(councils: list[BodyNow]) -> Answer:
    question = _("Företräds de andra av personer i ledande ställning?")
    missing = sorted({seat.seat.party.called for body in councils for seat in body.without_leader})
    seats = [seat for body in councils for seat in body.seats if seat.seat.must_lead]
    if not seats:
        return Answer(
            "§ 10", question, _("Avtalet nämner inga platser för andra."), "", known=False
        )
    if missing:
        return Answer("§ 10", question, _("Inte alla."), ", ".join(missing))
    return Answer(
        "§ 10", question, _("Ja."), ", ".join(sorted({seat.seat.party.called for seat in seats}))
    )


def from_functions(municipality: Organisation) -> Answer:
    question = _("Finns en samordningsfunktion?")
    found = [one for one in public_functions(municipality) if one.role == "coordinator"]
    if not found:
        return Answer("§ 11", question, _("Samsyn känner ingen."), "", known=False)
    return Answer("§ 11", question, _("Ja."), ", ".join(one.name for one in found))
