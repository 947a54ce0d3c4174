"""How long the weekly picture takes with many reports in the database.

    python -m benchmarks.picture [--reports 200000] [--keep DIR]

Fills a temporary database with invented reports of two years and prints, cold and warm: gathering the
numbers, drafting, the data of the picture page, PDF and Word. Everything is invented.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

LAST_SUNDAY = dt.date(2026, 5, 17)
WEEKS = 104
PLACES = (
    ("Storgatan", 22.1500, 65.5842), ("Gültzauudden", 22.1568, 65.5927), ("Smedjan", 22.1553, 65.5847),
    ("Badplatsen Arcus", 22.1251, 65.5800), ("Björkskolan", 22.0960, 65.6030), ("Stadsparken", 22.1490, 65.5830),
    ("Porsön centrum", 22.1390, 65.6180), ("Bussgodsgatan", 22.1610, 65.5865), ("Hertsöns centrum", 22.2180, 65.5960),
    ("Notvikens handel", 22.0910, 65.5960), ("Råneå skola", 22.2880, 65.8560), ("Södra hamn", 22.1530, 65.5800),
)  # fmt: skip
# category, weight, usual hour, spread in hours, weekdays that are heavier, places that are heavier
RHYTHM = (
    ("TRAF", 9, 21, 3, (4, 5), (3, 1)), ("SKAD", 6, 1, 4, (5, 6), (4, 5)), ("UNGD", 6, 19, 4, (4, 5), (2, 4)),
    ("NARK", 4, 20, 5, (4, 5), (5, 7)), ("SAML", 4, 21, 3, (4, 5), (0, 2)), ("ALK", 3, 23, 3, (4, 5), (0, 1)),
    ("STOR", 3, 22, 3, (5, 6), (8, 6)), ("SKRAP", 3, 9, 3, (0, 1), (9, 1)), ("KLOT", 2, 3, 4, (0,), (4, 7)),
    ("OTRYG", 2, 17, 5, (), (7, 5)), ("STOLD", 2, 16, 4, (), (2, 9)), ("HOT", 1, 20, 5, (), (0, 2)),
    ("BRAND", 1, 2, 4, (), (8, 4)), ("VALD", 1, 1, 3, (5, 6), (0, 11)), ("POS", 1, 15, 3, (), (1, 3)),
)  # fmt: skip


def start_django(folder: str) -> None:
    os.environ.update(
        SAMSYN_DATA=folder,
        SAMSYN_DEMO="1",
        DJANGO_SETTINGS_MODULE="samsyn.project.settings",
        SAMSYN_LOG="ERROR",
    )
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def build_town() -> tuple[Any, Any]:
    """Make Luleå and Boden with a police area, places and schools; return (Luleå, police area)."""
    from samsyn.base.geo.models import Place
    from samsyn.base.orgs.models import Kind, Organisation

    lulea = Organisation.objects.create(
        kind=Kind.MUNICIPALITY,
        name="Luleå kommun",
        slug="lulea",
        municipality_code="2580",
        is_demo=True,
    )
    boden = Organisation.objects.create(
        kind=Kind.MUNICIPALITY,
        name="Bodens kommun",
        slug="boden",
        municipality_code="2582",
        is_demo=True,
    )
    police = Organisation.objects.create(
        kind=Kind.POLICE_AREA,
        name="Lokalpolisområde Luleå-Boden",
        slug="lpo-lulea-boden",
        is_demo=True,
    )
    police.municipalities.set([lulea, boden])
    for slug, name in (
        ("bjorkskolan", "Björkskolan"),
        ("fritid", "Fritidsgården Norr"),
        ("drift", "Parkdriften"),
    ):
        kind = Kind.SCHOOL if "skol" in slug else Kind.OTHER
        made = Organisation.objects.create(kind=kind, name=name, slug=slug, is_demo=True)
        made.municipalities.set([lulea])
    for name, longitude, latitude in PLACES:
        Place.objects.create(municipality=lulea, name=name, longitude=longitude, latitude=latitude)
    return lulea, police


def filled_town(number: int) -> tuple[Any, Any]:
    """Return the town with its reports; the one that a kept folder already has."""
    from samsyn.base.orgs.models import Organisation

    known = Organisation.objects.filter(slug__in=("lulea", "lpo-lulea-boden")).order_by("slug")
    if known:
        police, lulea = known
        return lulea, police
    lulea, police = build_town()
    fill_reports(lulea, number)
    return lulea, police


def fill_reports(lulea: Any, number: int, seed: int = 1) -> None:
    """Write `number` invented reports, 90 % in Luleå, with a believable rhythm over two years."""
    from samsyn.base.geo.models import Place
    from samsyn.base.orgs.models import Organisation
    from samsyn.domains.reports.models import Report

    rng = random.Random(seed)
    boden = Organisation.objects.get(slug="boden")
    senders = list(
        Organisation.objects.filter(slug__in=("bjorkskolan", "fritid", "drift")).order_by("pk")
    )
    school = Organisation.objects.get(slug="bjorkskolan")
    places = list(Place.objects.order_by("pk"))
    batch = []
    for _ in range(number):
        report = invented_report(rng, lulea if rng.random() < 0.9 else boden, senders, places)
        days_before = (LAST_SUNDAY - report.starts_at.date()).days
        if report.organisation_id == school.pk and days_before < 21:
            report.organisation = senders[1] if senders[1].pk != school.pk else senders[2]
        batch.append(report)
        if len(batch) == 5000:
            Report.objects.bulk_create(batch)
            batch = []
    Report.objects.bulk_create(batch)


def invented_report(
    rng: random.Random, municipality: Any, senders: list[Any], places: list[Any]
) -> Any:
    from samsyn.base.clock import SWEDEN
    from samsyn.domains.reports.models import Report, ReportKind

    key, _weight, hour, spread, days, favoured = rng.choices(RHYTHM, [one[1] for one in RHYTHM])[0]
    week = rng.randrange(WEEKS)
    weekday = rng.choice(days) if days and rng.random() < 0.6 else rng.randrange(7)
    day = LAST_SUNDAY - dt.timedelta(days=6 - weekday + 7 * week)
    at = dt.datetime.combine(day, dt.time(), SWEDEN) + dt.timedelta(
        hours=(hour + rng.gauss(0, spread / 2)) % 24, minutes=rng.randrange(60)
    )
    at = min(at, dt.datetime.combine(day, dt.time(23, 45), SWEDEN))
    wide = rng.random() < 0.25
    place = places[rng.choice(favoured)] if rng.random() < 0.6 else rng.choice(places)
    year, number, _ = day.isocalendar()
    return Report(
        municipality=municipality,
        organisation=rng.choice(senders),
        kind=ReportKind.UNSAFE_PLACE if key == "OTRYG" else ReportKind.INCIDENT,
        category_key=key,
        place=place if rng.random() < 0.85 else None,
        place_text="",
        longitude=place.longitude + rng.gauss(0, 0.002),
        latitude=place.latitude + rng.gauss(0, 0.001),
        starts_at=at,
        ends_at=at + dt.timedelta(hours=rng.choice((2, 6, 12))) if wide else at,
        iso_year=year,
        iso_week=number,
        source="link",
        received_at=at + dt.timedelta(hours=rng.choice((1, 2, 8, 30))),
        idempotency_key=uuid.UUID(int=rng.getrandbits(128)),
        reported_to_police=rng.random() < 0.2,
        is_demo=True,
    )


def timed(work: Callable[[], Any], repeats: int = 5) -> tuple[float, float, Any]:
    """Return seconds of the first call, the median of the following, and the result."""
    times = []
    result = None
    for _ in range(repeats + 1):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return times[0], statistics.median(times[1:]), result


def show(name: str, first: float, warm: float, aim: str = "") -> None:
    print(f"{name:<44}{first * 1000:>10.0f} ms{warm * 1000:>10.0f} ms  {aim}")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=200_000)
    parser.add_argument("--keep", help="a folder in which the database and the documents are kept")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or temporary
        Path(folder).mkdir(parents=True, exist_ok=True)
        start_django(folder)
        measure(Path(folder), chosen.reports)


def measure(folder: Path, number: int) -> None:
    from samsyn.base.access import SYSTEM
    from samsyn.domains.situation import selectors, services
    from samsyn.domains.situation.numbers import gather, scope_of
    from samsyn.domains.situation.weeks import Week
    from samsyn.outputs import pdf, web, word
    from samsyn.outputs.picture_document import document_of

    start = time.perf_counter()
    lulea, police = filled_town(number)
    print(f"{number} invented reports, {time.perf_counter() - start:.0f} s to write\n")
    print(f"{'':<44}{'first':>13}{'then':>13}")
    week = Week.parse("2026-W20")
    show("gather the numbers of a week", *timed(lambda: gather(scope_of(lulea), week))[:2])
    show("gather, police area", *timed(lambda: gather(scope_of(police), week))[:2])
    picture = services.draft_picture(actor=SYSTEM, scope=lulea, iso_year=2026, iso_week=20)
    first, warm, shown = timed(lambda: selectors.shown_picture(SYSTEM, picture))
    show("read the picture", first, warm)
    first, warm, document = timed(lambda: document_of(shown))
    show("charts, maps and tables", first, warm)
    page = timed(lambda: web.page_data(document_of(selectors.shown_picture(SYSTEM, picture))))
    show("data of the picture page, all", *page[:2], "aim: 150 ms")
    first, warm, made = timed(lambda: pdf.render_pdf(document))
    show("PDF", first, warm, "aim: 1000 ms")
    (folder / "picture.pdf").write_bytes(made)
    first, warm, made = timed(lambda: word.render_word(document))
    show("Word", first, warm)
    (folder / "picture.docx").write_bytes(made)


if __name__ == "__main__":
    main(sys.argv[1:])
