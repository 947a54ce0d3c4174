"""What meetings put on *Idag*."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.base import clock, words
from samsyn.base.access import Viewer, visible
from samsyn.base.links import Link
from samsyn.base.orgs.models import Organisation
from samsyn.base.today import TodayCard
from samsyn.domains.meetings.models import Meeting, Need
from samsyn.domains.meetings.selectors.assignments import due_within, my_assignments
from samsyn.domains.meetings.selectors.meetings import decisions_wanted, unfinished, upcoming

SOON = 14


def meeting_cards(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    """Return the next meeting, what the viewer is to decide, what she has to do, minutes and needs that wait."""
    return [
        *decisions_card(viewer, municipality),
        *next_meeting_card(viewer, municipality),
        *minutes_card(viewer, municipality),
        *assignments_card(viewer, municipality),
        *needs_card(viewer, municipality),
    ]


def decisions_card(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    wanted = decisions_wanted(viewer, municipality.pk)
    if not wanted:
        return []
    first = wanted[0]
    text = _("%(body)s väntar på %(party)s: %(wording)s") % {
        "body": first.decision.body.name,
        "party": first.party,
        "wording": first.decision.wording[:140],
    }
    return [
        TodayCard(
            key="meetings.decisions",
            title=_("Ditt besked"),
            text=text,
            link=Link("meeting", str(first.decision.item.meeting_id)),
            action=_("Svara"),
            number=words.number(len(wanted)),
            tone="waiting",
            order=15,
        )
    ]


def next_meeting_card(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    meeting = upcoming(viewer, municipality.pk).filter(form="full").first()
    if meeting is None:
        return []
    day, today = meeting.day, clock.today()
    return [
        TodayCard(
            key="meetings.next",
            title=_("Nästa möte"),
            text=about(meeting, today),
            link=Link("meeting", str(meeting.pk)),
            action=_("Öppna mötet"),
            number=words.short_date(day),
            tone="late" if day < today else "neutral",
            order=40,
        )
    ]


def about(meeting: Meeting, today: dt.date) -> str:
    """Say what the meeting is and what is left to do before it."""
    name = meeting.body.name
    if meeting.day < today:
        return _("%(body)s skulle ha mötts. Skriv protokollet, eller flytta mötet.") % {
            "body": name
        }
    if meeting.state == Meeting.State.PLANNED:
        return _("%(body)s. Kallelsen är inte skickad.") % {"body": name}
    missing = getattr(meeting, "not_given", 0)
    if missing:
        told = ngettext("Ett bidrag saknas.", "%(count)s bidrag saknas.", missing) % {
            "count": missing
        }
        return f"{name}. {told}"
    return _("%(body)s. Kallelsen är skickad.") % {"body": name}


def minutes_card(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    rows = [
        meeting
        for meeting in unfinished(viewer, municipality.pk)
        if viewer.user in (meeting.secretary_id, meeting.chair_id, meeting.adjuster_id)
    ]
    if not rows:
        return []
    first = rows[0]
    adjust = first.state == Meeting.State.ADJUSTED
    head = _("Protokoll att justera") if adjust else _("Protokoll att skriva klart")
    return [
        TodayCard(
            key="meetings.minutes",
            title=head,
            text=f"{first.body.name}, {words.date(first.day)}.",
            link=Link("meeting", str(first.pk)),
            action=_("Läs och godkänn") if adjust else _("Öppna protokollet"),
            number=words.number(len(rows)),
            tone="waiting",
            order=35,
        )
    ]


def assignments_card(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    rows = list(due_within(my_assignments(viewer, municipality), SOON)[:20])
    if not rows:
        return []
    late = [one for one in rows if one.is_late]
    first = rows[0]
    return [
        TodayCard(
            key="meetings.assignments",
            title=_("Uppdrag"),
            text=f"{first.title}. {first.words}.",
            link=Link("assignment_list") if len(rows) > 1 else Link("assignment", str(first.pk)),
            action=_("Öppna uppdragen") if len(rows) > 1 else _("Återrapportera"),
            number=words.number(len(rows)),
            tone="late" if late else "waiting",
            order=45,
        )
    ]


def needs_card(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    if not viewer.can("needs.triage", municipality):
        return []
    count = (
        visible(viewer, Need).filter(municipality=municipality, state=Need.State.RECEIVED).count()
    )
    if not count:
        return []
    text = ngettext(
        "Ett behov har kommit in som ingen har bedömt.",
        "%(count)s behov har kommit in som ingen har bedömt.",
        count,
    ) % {"count": count}
    return [
        TodayCard(
            key="meetings.needs",
            title=_("Nya behov"),
            text=text,
            link=Link("need_list"),
            action=_("Bedöm"),
            number=words.number(count),
            tone="waiting",
            order=50,
        )
    ]
