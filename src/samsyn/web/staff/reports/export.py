"""The filtered list as CSV for Excel. That it was taken is logged; who sent what is never in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.domains.reports.models import Report
from samsyn.formats.csv_out import harmless
from samsyn.web.staff.reports.lines import label_of

CHUNK = 500


def headings() -> list[str]:
    return [
        _("Nummer"), _("Från"), _("Till"), _("År"), _("Vecka"), _("Slag"), _("Kategori"), _("Plats"), _("Område"),
        _("Latitud"), _("Longitud"), _("Personer"), _("Polisanmält"), _("Anteckning"), _("Organisation"),
        _("Väg in"), _("Mottagen"), _("Läge"), _("Ihopslagen med"),
    ]  # fmt: skip


def cells_of(report: Report, names: dict[str, str]) -> list[str]:
    """Return one report as texts."""
    return [
        report.number,
        moment(report.starts_at),
        moment(report.ends_at),
        str(report.iso_year),
        str(report.iso_week),
        str(report.get_kind_display()),
        names.get(report.category_key, report.category_key),
        report.where,
        report.area.name if report.area is not None else "",
        decimal(report.latitude),
        decimal(report.longitude),
        report.people_band,
        {True: _("Ja"), False: _("Nej"), None: ""}[report.reported_to_police],
        report.note,
        report.organisation.called,
        str(report.get_source_display()),
        moment(report.received_at),
        label_of(getattr(report, "current_status", None) or ""),
        report.merged_into_id.hex[:8].upper() if report.merged_into_id else "",
    ]


def moment(value: object) -> str:
    """Return local date and time as a spreadsheet reads them."""
    return value.astimezone(clock.SWEDEN).strftime("%Y-%m-%d %H:%M")  # type: ignore[attr-defined,no-any-return]


def decimal(value: float | None) -> str:
    return "" if value is None else f"{value:.5f}".replace(".", ",")


def csv_lines(rows: QuerySet[Report], names: dict[str, str]) -> Iterator[str]:
    """Give the file piece by piece: semicolons and a byte order mark, as Excel in Swedish wants them."""
    yield "\ufeff" + line(headings())
    for report in rows.iterator(chunk_size=CHUNK):
        yield line(cells_of(report, names))


def line(cells: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow([harmless(one) for one in cells])
    return out.getvalue()
