"""Registered crime of the months that the week touches: Brå's figures and the police's list, as rows."""

from __future__ import annotations

from django.db.models import Max, Q, Sum

from samsyn.base import clock
from samsyn.base.access import SYSTEM, visible
from samsyn.domains.registered.models import BraFigure, RegisteredCrime
from samsyn.domains.situation.numbers.report_rows import names_of
from samsyn.domains.situation.result import RegisteredNumbers, RegisteredRow, Scope
from samsyn.domains.situation.weeks import Week

Month = tuple[int, int]


def count_registered(scope: Scope, week: Week) -> RegisteredNumbers:
    """Return one row per municipality, month and offence or category."""
    return RegisteredNumbers(
        week.months, (*bra_rows(scope, week.months), *list_rows(scope, week.months))
    )


def bra_rows(scope: Scope, months: tuple[Month, ...]) -> list[RegisteredRow]:
    """Return Brå's monthly figures, with the same month of the year before where that is here."""
    codes = [place.code for place in scope.municipalities]
    wanted = [*months, *((year - 1, month) for year, month in months)]
    figures = visible(SYSTEM, BraFigure).filter(
        any_of([Q(year=year, period=month) for year, month in wanted]),
        municipality_code__in=codes,
        period_kind=BraFigure.PeriodKind.MONTH,
        source=BraFigure.Source.REGISTERED,
        is_current=True,
    )
    rows = list(figures.order_by("municipality_code", "year", "period", "level", "offence"))
    known = {
        (row.municipality_code, row.offence, row.offence_id, row.year, row.period): row
        for row in rows
    }
    found = []
    for row in rows:
        if (row.year, row.period) not in months:
            continue
        before = known.get(
            (row.municipality_code, row.offence, row.offence_id, row.year - 1, row.period)
        )
        found.append(
            RegisteredRow(
                source="bra",
                municipality=row.municipality_code,
                year=row.year,
                month=row.period,
                key=row.offence_id,
                offence=row.offence,
                count=row.count,
                per_100k=row.per_100k,
                preliminary=row.preliminary,
                level=row.level,
                before=before.count if before is not None else None,
                read_on=row.read_at.astimezone(clock.SWEDEN).date().isoformat(),
            )
        )
    return found


def list_rows(scope: Scope, months: tuple[Month, ...]) -> list[RegisteredRow]:
    """Return the police's list as sums per category and month of registration."""
    codes = {place.key: place.code for place in scope.municipalities if place.key is not None}
    numbers = [year * 100 + month for year, month in months]
    earlier = [(year - 1) * 100 + month for year, month in months]
    grouped = (
        visible(SYSTEM, RegisteredCrime)
        .filter(municipality__in=codes, month_registered__in=[*numbers, *earlier], is_current=True)
        .order_by("municipality_id", "month_registered", "category_key")
        .values_list("municipality_id", "month_registered", "category_key")
        .annotate(number=Sum("count"), read=Max("read_at"))
    )
    sums = {(place, month, key): (number, read) for place, month, key, number, read in grouped}
    names = names_of(list(codes))
    return [
        RegisteredRow(
            source="police_list",
            municipality=codes[place],
            year=month // 100,
            month=month % 100,
            key=key,
            offence=names.get(key, key) or "Övrigt",
            count=number,
            before=sums.get((place, month - 100, key), (None, None))[0],
            read_on=read.astimezone(clock.SWEDEN).date().isoformat(),
        )
        for (place, month, key), (number, read) in sums.items()
        if month in numbers
    ]


def any_of(conditions: list[Q]) -> Q:
    """Return the condition that one of them holds."""
    joined = Q()
    for condition in conditions:
        joined |= condition
    return joined
