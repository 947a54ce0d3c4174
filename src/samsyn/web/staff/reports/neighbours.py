"""The report before and after this one: in the queue, oldest first, or in the list that one came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.domains.reports.models import Report
from samsyn.domains.reports.selectors import reports_to_look_at
from samsyn.web.doors import viewer_of
from samsyn.web.staff.reports.filters import chosen_rows, listed, read_filter
from samsyn.web.staff.reports.frame import query_of

QUEUE = "ko"


@dataclass(frozen=True)
class Neighbours:
    """Addresses of what stands before and after, and of the list itself with its name."""

    earlier: str
    later: str
    back: str
    back_label: str
    query: str

    @property
    def in_queue(self) -> bool:
        return self.query == f"?{QUEUE}=1"


def neighbours_of(request: HttpRequest, report: Report) -> Neighbours:
    """Return the neighbours by two look-ups, however long the list is."""
    viewer = viewer_of(request)
    if request.GET.get(QUEUE) == "1" and viewer.can("reports.handle", report.municipality_id):
        rows = reports_to_look_at(viewer, report.municipality_id)
        return found(
            rows,
            report,
            ("received_at", "pk"),
            f"?{QUEUE}=1",
            reverse("rapporter_ko"),
            _("Att titta på"),
        )
    query = query_of(request)
    chosen = read_filter(request.GET)
    rows = listed(chosen_rows(viewer, report.municipality, chosen), chosen)
    back = reverse("rapporter") + query
    return found(rows, report, ("-starts_at", "-received_at", "-pk"), query, back, _("Rapporter"))


def found(
    rows: QuerySet[Report],
    report: Report,
    order: tuple[str, ...],
    query: str,
    back: str,
    label: str,
) -> Neighbours:
    later = rows.filter(beyond(report, order)).order_by(*order)
    turned = tuple(key[1:] if key.startswith("-") else f"-{key}" for key in order)
    earlier = rows.filter(beyond(report, turned)).order_by(*turned)
    return Neighbours(address(earlier, query), address(later, query), back, label, query)


def beyond(report: Report, order: tuple[str, ...]) -> Q:
    """Return the condition of standing after the report in that order."""
    condition, same = Q(pk__in=()), Q()
    for key in order:
        name = key.removeprefix("-")
        value: Any = getattr(report, name)
        sign = "lt" if key.startswith("-") else "gt"
        condition |= same & Q(**{f"{name}__{sign}": value})
        same &= Q(**{name: value})
    return condition


def address(rows: QuerySet[Report], query: str) -> str:
    key = rows.values_list("pk", flat=True).first()
    return "" if key is None else reverse("rapport", args=[key]) + query
