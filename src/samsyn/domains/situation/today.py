"""What pictures put on *Idag* and in the search box."""

from __future__ import annotations

import re

from django.db.models import Q
from django.utils.translation import gettext as _

from samsyn.base.access import Viewer, visible
from samsyn.base.links import Link
from samsyn.base.orgs.models import Organisation
from samsyn.base.search import SearchHit
from samsyn.base.today import TodayCard
from samsyn.domains.situation import rules
from samsyn.domains.situation.models import Part, Picture
from samsyn.domains.situation.part_words import part_has_content
from samsyn.domains.situation.rhythm import is_paused, week_to_show
from samsyn.domains.situation.selectors import picture_of_week
from samsyn.domains.situation.services.finishing import part_states


def picture_cards(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    """Return how far the week's picture is and what comes next; to readers the newest finished one."""
    if viewer.can("pictures.coordinate", municipality):
        return [coordinator_card(viewer, municipality)]
    if viewer.can("pictures.work", municipality):
        return releaser_cards(viewer, municipality)
    return newest_card(viewer, municipality)


def coordinator_card(viewer: Viewer, municipality: Organisation) -> TodayCard:
    week = week_to_show()
    picture = picture_of_week(viewer, municipality, week.year, week.number)
    if picture is None:
        text, tone = _("Den är inte påbörjad."), "waiting"
        if is_paused(municipality, week):
            text, tone = _("Uppehåll för sommaren enligt kommunens läsår."), "neutral"
        return card(week.number, text, Link("picture_week", str(week)), _("Öppna veckan"), tone)
    if picture.is_finished:
        return card(
            week.number, _("Den är färdig."), link_to(picture), _("Visa lägesbilden"), "done"
        )
    waiting = rules.parts_that_stop(part_states(picture))
    text = _("Utkast. Inte släppt än: %(parties)s.") % {"parties": ", ".join(waiting)}
    if not waiting:
        text = _("Alla delar är släppta. Gör den färdig.")
    return card(week.number, text, link_to(picture), _("Fortsätt"), "waiting")


def releaser_cards(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    """Return the parts of her own party that wait to be released."""
    own = (
        visible(viewer, Part)
        .filter(viewer.own("pictures.release"), picture__scope=municipality, picture__state="draft")
        .select_related("picture")
        .order_by("-picture__starts_on")[:3]
    )
    waiting = [
        part
        for part in own
        if part_has_content(part) and not part.releases.filter(withdrawn_at=None).exists()
    ]
    text = _("Din del är inte släppt än. Läs den och släpp den.")
    return [
        card(part.picture.iso_week, text, link_to(part.picture), _("Läs och släpp"), "waiting")
        for part in waiting
    ] or newest_card(viewer, municipality)


def newest_card(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    newest = visible(viewer, Picture).filter(scope=municipality, edition__gt=0).first()
    if newest is None:
        return []
    text = _("Den senaste färdiga lägesbilden.")
    return [card(newest.iso_week, text, link_to(newest), _("Läs"), "neutral")]


def card(week: int, text: str, link: Link, action: str, tone: str) -> TodayCard:
    return TodayCard(
        key=f"situation.picture.{link.key}",
        title=_("Veckans lägesbild"),
        text=text,
        link=link,
        action=action,
        number=_("vecka %(week)s") % {"week": week},
        tone=tone,
        order=10,
    )


def link_to(picture: Picture) -> Link:
    return Link("picture", str(picture.pk))


def picture_hits(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    """Return the pictures of a week number, or of a municipality or area whose name holds the words."""
    week = re.search(r"(?:vecka|v\.?|w)\s*(\d{1,2})\b", words, re.IGNORECASE)
    name = re.sub(
        r"lägesbild\w*|(?:vecka|v\.?|w)\s*\d{1,2}\b", "", words, flags=re.IGNORECASE
    ).strip()
    if not week and "lägesbild" not in words.casefold() and len(name) < 3:
        return []
    rows = visible(viewer, Picture).select_related("scope").defer("numbers")
    if week:
        rows = rows.filter(iso_week=int(week[1]))
    if name:
        rows = rows.filter(Q(scope__name__icontains=name) | Q(scope__short_name__icontains=name))
    return [
        SearchHit(
            kind=_("Lägesbild"),
            title=_("%(scope)s, vecka %(week)s %(year)s")
            % {"scope": picture.scope.called, "week": picture.iso_week, "year": picture.iso_year},
            text=str(picture.get_state_display()),
            link=link_to(picture),
        )
        for picture in rows[:limit]
    ]
