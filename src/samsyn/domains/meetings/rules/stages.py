"""The way of a meeting from planned to frozen, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.utils.translation import gettext as _


class Stage(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    ADJUSTED = "adjusted"
    APPROVED = "approved"
    CANCELLED = "cancelled"


# A meeting may be held without summons (a sudden event); nothing else may be skipped.
NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.PLANNED: frozenset({Stage.CALLED, Stage.HELD, Stage.CANCELLED}),
    Stage.CALLED: frozenset({Stage.HELD, Stage.CANCELLED}),
    Stage.HELD: frozenset({Stage.ADJUSTED}),
    Stage.ADJUSTED: frozenset({Stage.HELD, Stage.APPROVED}),
    Stage.APPROVED: frozenset(),
    Stage.CANCELLED: frozenset(),
}
OPEN_FOR_MINUTES = frozenset({Stage.PLANNED, Stage.CALLED, Stage.HELD})
# A guest sees the meeting from the summons until the minutes are frozen.
OPEN_FOR_GUESTS = frozenset({Stage.CALLED, Stage.HELD, Stage.ADJUSTED})
OVER = frozenset({Stage.HELD, Stage.ADJUSTED, Stage.APPROVED})


class Form(StrEnum):
    """How much of a meeting is kept."""

    FULL = "full"
    LIGHT = "light"
    TRACE = "trace"


def form_of(*, keeps: str, role: str, evidence: Iterable[str] = ()) -> Form:
    """Return the form for a body's meetings.

    Of one that keeps only a trace, like SSPF, only that it met (K18); a weekly meeting is light (K08);
    so is one whose commitments ask only that it was held. `keeps` is the agreement's own word for what
    may be kept of the body's meetings, `evidence` the kinds that its commitments ask for.
    """
    if keeps == "trace":
        return Form.TRACE
    asked = set(evidence)
    only_held = "meeting_held" in asked and "meeting_minuted" not in asked
    return Form.LIGHT if role == "weekly" or only_held else Form.FULL


def may_go(at: str, to: Stage) -> bool:
    """Tell whether a meeting at `at` may go to `to`."""
    return to in NEXT[Stage(at)]


def why_not(at: str, to: Stage) -> str:
    """Say why the step cannot be taken, and what to do first."""
    if at == Stage.APPROVED:
        return _("Protokollet är justerat och fryst. Det går inte att ändra.")
    if at == Stage.CANCELLED:
        return _("Mötet är inställt. Lägg in ett nytt möte.")
    if to == Stage.APPROVED:
        return _("Protokollet ska justeras innan det godkänns. Lämna det först till justering.")
    if to == Stage.ADJUSTED:
        return _("Mötet ska ha hållits innan protokollet justeras. Avsluta mötet först.")
    if to == Stage.CALLED:
        return _("Kallelsen är redan skickad, eller så har mötet redan hållits.")
    return _("Mötet har redan hållits.")


def approval_missing(*, secretary: int | None, chair: int | None, adjuster: int | None) -> str:
    """Say what is missing before the minutes may be frozen; empty when nothing is.

    The chair and one adjuster approve, and they are two persons; the secretary never approves alone.
    Arguments are the keys of the persons who have approved, and of who kept the minutes.
    """
    if chair is None and adjuster is None:
        return _("Ordföranden och justeraren har inte godkänt än.")
    if chair is None:
        return _("Ordföranden har inte godkänt än.")
    if adjuster is None:
        return _("Justeraren har inte godkänt än.")
    if chair == adjuster:
        return _("Ordföranden och justeraren måste vara två olika personer.")
    if adjuster == secretary:
        return _("Den som har skrivit protokollet kan inte justera det. Välj någon annan.")
    return ""
