"""The weeks' pictures of the demo: last week drafted, the weeks before finished as they would have been."""

from __future__ import annotations

import datetime as dt

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.orgs.models import Organisation
from samsyn.cli.demo.cast import Cast
from samsyn.domains.situation import services
from samsyn.domains.situation.models import Picture
from samsyn.domains.situation.weeks import Week

FINISHED_WEEKS = 2


def make_pictures(cast: Cast) -> str:
    """Draft last week's pictures, and finish those of the two weeks before in Luleå."""
    today = clock.today()
    last = Week.of(today - dt.timedelta(days=7))
    joint = {
        police.pk: police for police in cast.police.values() if police.municipalities.count() > 1
    }
    scopes = [*cast.towns.values(), *joint.values()]
    for back in range(1 + FINISHED_WEEKS, 1, -1):
        finish(draft(cast.towns["2580"], Week.of(today - dt.timedelta(weeks=back))))
    for scope in scopes:
        draft(scope, last)
    return f"Lägesbilder: {len(scopes) + FINISHED_WEEKS}, vecka {last.number} väntar på granskning."


def draft(scope: Organisation, week: Week) -> Picture:
    return services.draft_picture(
        actor=SYSTEM, scope=scope, iso_year=week.year, iso_week=week.number, is_demo=True
    )


def finish(picture: Picture) -> None:
    """Release every part and freeze the picture."""
    for part in picture.parts.select_related("organisation"):
        services.record_consent(
            actor=SYSTEM, part=part, function="Demo", note="Påhittat samtycke, för visning."
        )
    services.finish_picture(actor=SYSTEM, picture=picture)
