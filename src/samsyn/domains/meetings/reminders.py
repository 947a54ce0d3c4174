"""What the meetings remind of by e-mail: meetings one is called to, assignments, answers and minutes that wait."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.base.access import Viewer
from samsyn.base.links import Link
from samsyn.base.orgs.models import Organisation
from samsyn.base.reminders.slots import Reminder, Span, Topic
from samsyn.domains.meetings.models import Meeting
from samsyn.domains.meetings.selectors.assignments import due_within, my_assignments
from samsyn.domains.meetings.selectors.bodies import bodies_of_member
from samsyn.domains.meetings.selectors.meetings import (
    contributions_wanted,
    decisions_wanted,
    unfinished,
    upcoming,
)

ASSIGNMENTS, ANSWERS, CALLED = "meetings.assignments", "meetings.answers", "meetings.called"
TOPICS = (
    Topic(
        ASSIGNMENTS,
        gettext_lazy("Mina uppdrag"),
        gettext_lazy(
            "Uppdrag till dig eller ett organ där du sitter: försenade och snart förfallna."
        ),
        order=20,
    ),
    Topic(
        ANSWERS,
        gettext_lazy("Besked, bidrag och protokoll som väntar på mig"),
        gettext_lazy(
            "Beslut där din part inte har svarat, bidrag före möten, protokoll att justera."
        ),
        order=40,
    ),
    Topic(
        CALLED,
        gettext_lazy("Möten jag är kallad till"),
        gettext_lazy("Kallelsen kommer alltid i ett eget brev. Det här är en påminnelse."),
        order=50,
    ),
)


def meeting_reminders(viewer: Viewer, municipality: Organisation, span: Span) -> list[Reminder]:
    """Return what waits for the viewer in the bodies where she sits."""
    return [
        *assignments(viewer, municipality, span),
        *waiting_answers(viewer, municipality, span),
        *called(viewer, municipality, span),
    ]


def assignments(viewer: Viewer, municipality: Organisation, span: Span) -> list[Reminder]:
    rows = due_within(my_assignments(viewer, municipality), (span.until - span.today).days)
    return [
        Reminder(
            topic=ASSIGNMENTS,
            title=one.title,
            link=Link("assignment", str(one.pk)),
            due=one.due_on,
            is_late=one.is_late,
        )
        for one in rows
    ]


def waiting_answers(viewer: Viewer, municipality: Organisation, span: Span) -> list[Reminder]:
    """Decisions in which her party is silent, contributions asked of her, minutes that are hers to write or adjust."""
    found = {
        one.decision.item.meeting_id: Reminder(
            topic=ANSWERS,
            title=_("Besked till %(body)s") % {"body": one.decision.body.name},
            link=Link("meeting", str(one.decision.item.meeting_id)),
        )
        for one in decisions_wanted(viewer, municipality.pk)
    }
    for asked in contributions_wanted(viewer, municipality.pk):
        meeting = asked.meeting
        if span.today <= meeting.day <= span.until:
            title = _("Bidrag till %(body)s") % {"body": meeting.body.name}
            found.setdefault(
                meeting.pk,
                Reminder(ANSWERS, title, Link("meeting", str(meeting.pk)), on=meeting.day),
            )
    for meeting in unfinished(viewer, municipality.pk):
        if viewer.user in (meeting.secretary_id, meeting.chair_id, meeting.adjuster_id):
            title = _("Protokoll, %(body)s") % {"body": meeting.body.name}
            found[meeting.pk] = Reminder(
                ANSWERS, title, Link("meeting", str(meeting.pk)), on=meeting.day
            )
    return list(found.values())


def called(viewer: Viewer, municipality: Organisation, span: Span) -> list[Reminder]:
    """The meetings of her own bodies that are called, within the span; the small weekly ones are left out."""
    rows = upcoming(viewer, municipality.pk).filter(
        body__in=bodies_of_member(viewer).values("pk"), form="full", state=Meeting.State.CALLED
    )
    return [
        Reminder(CALLED, one.body.name, Link("meeting", str(one.pk)), on=one.day)
        for one in rows
        if span.today <= one.day <= span.until
    ]
