"""The rows behind a sentence, in words: which rows they are is the situation domain's to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samsyn.base.access import Viewer
from samsyn.base.clock import SWEDEN
from samsyn.base.links import Link
from samsyn.domains.registered.models import BraFigure, PoliceEvent, RegisteredCrime
from samsyn.domains.reports.models import Report
from samsyn.domains.reports.selectors.categories import categories_of
from samsyn.domains.situation.result import Source
from samsyn.domains.situation.selectors.rows import municipalities_of, rows_behind
from samsyn.formats import swedish
from samsyn.web.links import url_of

MOST = 300
Names = dict[str, str]


@dataclass(frozen=True)
class Row:
    """One row: when, what, and where it can be opened."""

    when: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Group:
    """The rows of one source: how many there are, the first of them, and what to know about them."""

    title: str
    rows: tuple[Row, ...]
    total: int
    note: str = ""


def group_of(viewer: Viewer, source: Source) -> Group:
    """Return the rows of the source that the viewer may see, as the page shows them."""
    behind = rows_behind(viewer, source)
    if behind is None:
        nothing = _("Den här källan har inga rader att öppna.")
        return Group(source.label or _("Annan källa"), (), 0, nothing)
    title, order, tell = SHOWN[source.kind]
    names = category_names(source)
    rows = tuple(tell(one, names) for one in behind.rows.order_by(*order)[:MOST])
    return Group(str(title()), rows, behind.rows.count(), "" if rows else gone())


def gone() -> str:
    return _(
        "Raderna är gallrade, eller så får du inte se dem. Siffrorna är sparade i lägesbilden."
    )


def category_names(source: Source) -> Names:
    """Return key → name of the categories in the municipality, or in the first of the police area."""
    first = municipalities_of(source).first()
    return {one.key: one.name for one in categories_of(first)} if first is not None else {}


def local(moment: Any) -> str:
    return swedish.moment(moment.astimezone(SWEDEN))


def report(one: Report, names: Names) -> Row:
    parts = (names.get(one.category_key, one.category_key), one.where, one.note)
    text = ", ".join(part for part in parts if part)
    return Row(local(one.starts_at), text, url_of(Link("report", str(one.pk))))


def police_event(one: PoliceEvent, names: Names) -> Row:
    return Row(local(one.event_at), one.title, url_of(Link("police_event", str(one.police_id))))


def bra_figure(one: BraFigure, names: Names) -> Row:
    count = swedish.number(one.count) if one.count is not None else ".."
    return Row(f"{one.year}-{one.period:02d}", f"{one.offence}: {count}")


def registered_crime(one: RegisteredCrime, names: Names) -> Row:
    parts = (names.get(one.category_key, one.category_key), one.crime_code, one.area_name)
    when = local(one.starts_at) if one.starts_at else str(one.month_registered)
    return Row(when, " ".join(part for part in parts if part))


SHOWN: dict[str, tuple[Callable[[], str], tuple[str, ...], Callable[[Any, Names], Row]]] = {
    "reports": (lambda: _("Rapporter"), ("starts_at",), report),
    "police_events": (lambda: _("Polisens händelser"), ("event_at",), police_event),
    "bra": (lambda: _("Siffror från Brå"), ("level", "offence"), bra_figure),
    "police_list": (lambda: _("Polisens lista"), ("starts_at", "pk"), registered_crime),
}
