"""What documents do by themselves: draw the figures of new pictures before somebody opens them."""

from __future__ import annotations

import datetime as dt

from samsyn.base import clock
from samsyn.base.access import SYSTEM, visible
from samsyn.base.ticks import ticks

RECENT = dt.timedelta(days=21)


def draw_recent_pictures() -> str:
    """Draw the figures of recent drafts, so that the page that shows them need not wait.

    Figures are kept by content on disk; a draft whose numbers have been drawn is passed over.
    """
    from django.core.cache import cache

    from samsyn.domains.situation.models import Picture, PictureState
    from samsyn.domains.situation.selectors import shown_picture
    from samsyn.outputs.picture_document import document_of

    drafts = visible(SYSTEM, Picture).filter(
        state=PictureState.DRAFT, starts_on__gte=clock.today() - RECENT
    )
    drawn = 0
    for picture in drafts.select_related("scope"):
        if cache.add(
            f"drawn.{picture.pk}.{picture.numbers_checksum}", True, RECENT.total_seconds()
        ):
            document_of(shown_picture(SYSTEM, picture))
            drawn += 1
    return f"{drawn} pictures drawn"


ticks.fill("pictures.draw", draw_recent_pictures, order=31)
