"""What pictures and meetings tell each other: coming meetings in the picture, finished pictures on the agenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.links import Link
from samsyn.domains.meetings.models import Meeting
from samsyn.domains.meetings.rules.agenda import ItemKind, ProposedItem, ProposedPaper
from samsyn.domains.meetings.selectors.meetings import previous_meeting, upcoming
from samsyn.domains.situation.models import PictureVersion
from samsyn.domains.situation.result import Ahead, Scope, Source
from samsyn.domains.situation.weeks import Week

DAYS_AHEAD = 14
MOST_PICTURES = 4
LOOK_BACK = dt.timedelta(days=120)


def meetings_ahead(scope: Scope, week: Week) -> list[Ahead]:
    """Return the meetings with minutes in the fourteen days after the week."""
    last = week.ends + dt.timedelta(days=DAYS_AHEAD)
    return [
        Ahead(
            kind="meeting",
            title=meeting.body.name,
            starts_on=meeting.day.isoformat(),
            time=f"{meeting.local_start:%H.%M}",
            place=meeting.place,
            municipality=place.code,
            sources=(Source("meetings", ids=(str(meeting.pk),)),),
        )
        for place in scope.municipalities
        if place.key is not None
        for meeting in upcoming(SYSTEM, place.key).filter(
            form="full", starts_at__gte=week.ends, starts_at__lt=last
        )
    ]


def pictures_on_agenda(meeting: Meeting) -> Iterator[ProposedItem]:
    """Propose the pictures that have been finished since the body's last meeting, as papers of one item."""
    before = previous_meeting(meeting)
    since = before.starts_at if before else clock.now() - LOOK_BACK
    rows = (
        PictureVersion.objects.filter(
            picture__scope=meeting.municipality_id,
            frozen_at__gt=since,
            frozen_at__lte=meeting.starts_at,
        )
        .select_related("picture__scope")
        .order_by("-frozen_at")
    )
    newest = {version.picture_id: version.picture for version in rows[:20]}
    if newest and not meeting.is_trace:
        yield ProposedItem(
            source="pictures",
            kind=ItemKind.PICTURE,
            title=_("Lägesbilder sedan förra mötet"),
            subject="situation_picture",
            papers=tuple(
                ProposedPaper(str(picture), Link("picture", str(picture.pk)))
                for picture in list(newest.values())[:MOST_PICTURES]
            ),
        )
