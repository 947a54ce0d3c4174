"""What every change asks first: is the text fit to be kept, may the actor, is the meeting open."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.base.access import Viewer, visible
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.meetings.models import Meeting
from samsyn.domains.meetings.selectors.bodies import may_hold
from samsyn.privacy import guard

# Those who take part do so in their work: their names may stand in a list of who came.
NAMES = frozenset({"name", "full_name", "person_name"})


def fit_to_keep(text: str, *, longest: int, names_allowed: bool = False) -> str:
    """Return the text trimmed; UserError where it is too long or tells of a person (data rule 1)."""
    text = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    if len(text) > longest:
        raise UserError(
            _("Texten är %(length)s tecken. Den får vara högst %(longest)s: korta den.")
            % {"length": len(text), "longest": longest}
        )
    found = [
        one
        for one in guard.check(text, get_language() or "sv")
        if one.severity == "block" and not (names_allowed and one.kind in NAMES)
    ]
    if found:
        said = dict.fromkeys(f"{one.why} {one.suggestion}" for one in found)
        raise UserError(" ".join([*said, _("Inget har sparats.")]))
    return text


def needed(text: str, *, longest: int, what: str) -> str:
    """Return the text as `fit_to_keep` does; UserError where nothing is written."""
    kept = fit_to_keep(text, longest=longest)
    if not kept:
        raise UserError(_("%(what)s saknas. Skriv något och spara igen.") % {"what": what})
    return kept


def require_holder(actor: Viewer, meeting: Meeting) -> None:
    """Raise NotAllowed unless the actor may call and keep the meetings of the body."""
    if not may_hold(actor, meeting.body):
        raise NotAllowed(
            _("Bara den som samordnar eller kallar till mötet kan göra det här. Fråga samordnaren.")
        )


def require_inside(actor: Viewer, meeting: Meeting) -> None:
    """Raise NotAllowed unless the actor sees the meeting."""
    if not actor.is_system and not visible(actor, Meeting).filter(pk=meeting.pk).exists():
        raise NotAllowed(_("Du är inte med i det här organet."))


def locked(meeting: Meeting) -> Meeting:
    """Return the meeting as it stands now, locked for this transaction."""
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("body__agreement", "municipality")
        .get(pk=meeting.pk)
    )


def open_meeting(meeting: Meeting) -> Meeting:
    """Return the meeting locked; UserError where its minutes can no longer be changed."""
    found = locked(meeting)
    if found.is_frozen:
        raise UserError(_("Protokollet är justerat och fryst. Det går inte att ändra."))
    if found.state == Meeting.State.CANCELLED:
        raise UserError(_("Mötet är inställt. Lägg in ett nytt möte."))
    if found.state == Meeting.State.ADJUSTED:
        raise UserError(
            _("Protokollet ligger hos justeraren. Ta tillbaka det först om något ska ändras.")
        )
    return found


def refuse_trace(meeting: Meeting) -> None:
    """Raise UserError for a body of which only that it met is kept (K18)."""
    if meeting.is_trace:
        raise UserError(
            _(
                "För %(body)s noteras bara att mötet har hållits. Inga ärenden, texter eller personer sparas."
            )
            % {"body": meeting.body.name}
        )


def touch(meeting: Meeting) -> None:
    """Count the change of the minutes: an approval holds for the version that was read."""
    meeting.version += 1
    meeting.save(update_fields=["version"])
