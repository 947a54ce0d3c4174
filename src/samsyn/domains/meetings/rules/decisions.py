"""What came of a decision, by the rule of the body (L06 consensus; L07 proposes; U07 decides)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class BodyRule(StrEnum):
    """How a body decides, as the agreement file writes it."""

    CONSENSUS = "consensus"
    DECIDES = "decides"
    PROPOSES = "proposes"
    PREPARES = "prepares"
    INFORMS = "informs"


class StandKind(StrEnum):
    """What a party says through its spokes-seat."""

    AGREES = "agrees"
    ABSTAINS = "abstains"
    OBJECTS = "objects"


class OutcomeKind(StrEnum):
    """Where a decision stands."""

    OPEN = "open"
    AWAITS_STANDS = "awaits_stands"
    AWAITS_CONSENT = "awaits_consent"
    BLOCKED = "blocked"
    TAKEN = "taken"
    REJECTED = "rejected"
    PROPOSED = "proposed"


SETTLED = frozenset({OutcomeKind.TAKEN, OutcomeKind.REJECTED, OutcomeKind.PROPOSED})


@dataclass(frozen=True)
class PartyStand:
    """One party: whether it is in the room, and what it has said. `stand` is None until it has spoken."""

    name: str
    is_present: bool
    stand: StandKind | None = None
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """Where the decision stands, and why in one or two sentences."""

    kind: OutcomeKind
    why: str

    @property
    def is_settled(self) -> bool:
        return self.kind in SETTLED


def outcome_of(
    rule: BodyRule,
    parties: Sequence[PartyStand],
    *,
    declared: bool | None = None,
    deciding_body: str = "",
) -> Outcome:
    """Return what came of a decision.

    Parameters
    ----------
    rule : of the body.
    parties : every party of the body, with its presence and stand.
    declared : what the chair found, where the body decides; None before that.
    deciding_body : the name of the body that proposals go to.
    """
    if rule is BodyRule.CONSENSUS:
        return by_consensus(parties)
    if rule is BodyRule.DECIDES:
        return by_the_chair(parties, declared)
    return as_proposal(declared, deciding_body)


def by_consensus(parties: Sequence[PartyStand]) -> Outcome:
    """One spokes-seat per party: an objection blocks, an absent party's written consent is awaited."""
    objecting = [one for one in parties if one.stand is StandKind.OBJECTS]
    if objecting:
        return Outcome(OutcomeKind.BLOCKED, blocked_words(objecting))
    silent = [one.name for one in parties if one.is_present and one.stand is None]
    absent = [one.name for one in parties if not one.is_present and one.stand is None]
    if silent:
        words = _("%(parties)s har inte sagt sitt än.") % {"parties": listed(silent)}
        return Outcome(OutcomeKind.AWAITS_STANDS, words)
    if absent:
        words = _(
            "%(parties)s var inte med. Beslutet gäller först när ett skriftligt ja har kommit."
        ) % {"parties": listed(absent)}
        return Outcome(OutcomeKind.AWAITS_CONSENT, words)
    if not any(one.stand is StandKind.AGREES for one in parties):
        return Outcome(OutcomeKind.REJECTED, _("Ingen part står bakom förslaget. Det faller."))
    return Outcome(OutcomeKind.TAKEN, agreed_words(parties))


def blocked_words(objecting: Sequence[PartyStand]) -> str:
    """Say who stopped the decision and why."""
    said = " ".join(
        _("%(party)s säger nej: %(reason)s") % {"party": one.name, "reason": sentence(one.reason)}
        if one.reason
        else _("%(party)s säger nej.") % {"party": one.name}
        for one in objecting
    )
    return _("Beslutet är stoppat: parterna måste vara eniga. %(said)s") % {"said": said}


def agreed_words(parties: Sequence[PartyStand]) -> str:
    """Say that the parties agree, and which abstained."""
    abstaining = [one.name for one in parties if one.stand is StandKind.ABSTAINS]
    if not abstaining:
        return _("Parterna är eniga.")
    return _("Ingen part säger nej. %(parties)s avstår.") % {"parties": listed(abstaining)}


def by_the_chair(parties: Sequence[PartyStand], declared: bool | None) -> Outcome:
    """The body decides: the chair finds what it has decided; who disagrees may have a reservation."""
    absent = [one.name for one in parties if not one.is_present]
    if absent:
        words = _("%(parties)s är inte på plats. Gruppen kan inte besluta utan alla parter.")
        return Outcome(OutcomeKind.AWAITS_STANDS, words % {"parties": listed(absent)})
    if declared is None:
        return Outcome(
            OutcomeKind.OPEN, _("Ordföranden har inte sagt vad gruppen har beslutat än.")
        )
    against = [one.name for one in parties if one.stand is StandKind.OBJECTS]
    reserved = _(" %(parties)s reserverar sig.") % {"parties": listed(against)} if against else ""
    if declared:
        return Outcome(OutcomeKind.TAKEN, _("Gruppen har sagt ja.") + reserved)
    return Outcome(OutcomeKind.REJECTED, _("Gruppen har sagt nej.") + reserved)


def as_proposal(declared: bool | None, deciding_body: str) -> Outcome:
    """The body proposes: what it proposes goes to the body that decides."""
    if declared is None:
        return Outcome(OutcomeKind.OPEN, _("Gruppen har inte lämnat förslaget än."))
    if not declared:
        return Outcome(OutcomeKind.REJECTED, _("Gruppen lämnar inte förslaget vidare."))
    if not deciding_body:
        return Outcome(
            OutcomeKind.PROPOSED, _("Gruppen lämnar förslaget. Gruppen beslutar inte själv.")
        )
    words = _("Gruppen lämnar förslaget. %(body)s beslutar.") % {"body": deciding_body}
    return Outcome(OutcomeKind.PROPOSED, words)


def listed(names: Sequence[str]) -> str:
    """Return `Kommunen, Polisen och Kriminalvården`."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s och %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def sentence(text: str) -> str:
    """Return the text with a full stop at its end."""
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
