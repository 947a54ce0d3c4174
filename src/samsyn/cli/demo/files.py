"""Invented files in the real formats, read in through the real readers."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import random
from pathlib import Path

from django.conf import settings

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.jobs.imports import import_now
from samsyn.cli.demo.cast import TOWNS, Cast
from samsyn.domains.registered.rules import month_before
from samsyn.domains.registered.services import save_profile
from samsyn.formats.police_list import guess_profile, inspect_police_list

FIRST_ID = 90_000_000
TYPES = (
    ("Trafikolycka", "Två bilar har krockat. Ingen är allvarligt skadad."),
    ("Stöld", "Polisen fick larm om en stöld i butik."),
    ("Misshandel", "Bråk utanför en restaurang. Polisen har tagit upp en anmälan."),
    ("Skadegörelse", "Rutor krossade på en skola under natten."),
    ("Brand", "Brand i ett soprum. Räddningstjänsten släckte."),
    ("Rattfylleri", "Kontroll av förare på genomfartsvägen."),
    ("Fylleri/LOB", "Berusad person omhändertagen."),
    ("Narkotikabrott", "Kontroll vid stationen. Anmälan upprättad."),
)
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
          "november", "december")  # fmt: skip


def read_events(events: Path | None) -> str:
    """Read the given file of police events, else an invented one; returns what came in."""
    source = events if events is not None else write_invented_events()
    job = import_now(actor=SYSTEM, kind="import.police-events", source=source)
    return f"Polishändelser: {job.summary['rows']} rader ur {source.name}."


def demo_folder() -> Path:
    """Return the folder of the invented files."""
    folder = Path(settings.DATA) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_invented_events() -> Path:
    """Write a year of invented events in the format of polisen.se."""
    chance = random.Random("events")  # noqa: S311 - invented content, no secret
    now, rows = clock.now(), []
    for days_back in range(365, -1, -1):
        for town in TOWNS:
            if chance.random() < town.reports_a_week / 40:
                happened = now - dt.timedelta(days=days_back, minutes=chance.randrange(1440))
                rows.append(event_row(FIRST_ID + len(rows), town.short_name, happened, chance))
    path = demo_folder() / "pahittade-polishandelser.json"
    path.write_text(json.dumps(rows, ensure_ascii=False))
    return path


def event_row(
    number: int, place: str, happened: dt.datetime, chance: random.Random
) -> dict[str, object]:
    """Return one invented event as the police write theirs; one in fifteen is a summary of the night."""
    kind, text = chance.choice(TYPES)
    if number % 15 == 0:
        kind, text = "Sammanfattning natt", "Ett axplock av nattens händelser."
    published = happened + dt.timedelta(minutes=40)
    town = next(town for town in TOWNS if town.short_name == place)
    return {
        "id": number,
        "datetime": f"{published:%Y-%m-%d} {published.hour}:{published:%M:%S} +01:00",
        "name": f"{happened.day:02d} {MONTHS[happened.month - 1]} {happened:%H.%M}, {kind}, {place}",
        "summary": f"[Påhittad] {text}",
        "url": f"/aktuellt/handelser/pahittad/{number}/",
        "type": kind,
        "location": {"name": place, "gps": f"{town.latitude},{town.longitude}"},
    }


def read_bra_figures() -> str:
    """Read two years of invented monthly figures in the format that a municipal statistician makes."""
    chance = random.Random("bra")  # noqa: S311 - invented content, no secret
    header = ["År", "Månad", "Periodtyp", "Periodetikett", "Periodnyckel", "Period_start", "Period_slut",
              "Preliminär", "Kommun", "Region_ID", "Brott", "Brott_ID", "Brottsnivå", "Förälder_ID", "Förälder",
              "Antal", "Per100000"]  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    month = month_before(clock.today().year * 100 + clock.today().month)
    for back in range(24):
        for number, town in enumerate(TOWNS):
            for offence, share in (
                ("Totalt antal brott", 9.0),
                ("Skadegörelsebrott", 1.4),
                ("Tillgreppsbrott", 2.5),
            ):
                writer.writerow(
                    bra_row(month, back < 8, town.short_name, number, offence, share, chance)
                )
        month = month_before(month)
    path = demo_folder() / "pahittade-brasiffror.csv"
    path.write_text(out.getvalue())
    job = import_now(actor=SYSTEM, kind="import.bra", source=path)
    return f"Brås siffror (påhittade): {job.summary['rows']} rader."


def bra_row(
    month: int,
    preliminary: bool,
    town: str,
    number: int,
    offence: str,
    share: float,
    chance: random.Random,
) -> list[object]:
    """Return one row of the monthly file."""
    year, of_year = divmod(month, 100)
    scale = next(one.reports_a_week for one in TOWNS if one.short_name == town)
    count = max(0, round(chance.gauss(scale * share, (scale * share) ** 0.5)))
    label = f"{year}{' prel.' if preliminary else ''}, {MONTHS[of_year - 1][:3].capitalize()}"
    first = dt.date(year, of_year, 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return [year, of_year, "Månad", label, month, first, last, preliminary, town, 9000 + number, offence,
            sum(map(ord, offence)), 1, "", "", count, round(count * 2.2)]  # fmt: skip


def read_police_lists(cast: Cast) -> str:
    """Read four months of invented police lists per municipality; the latest month is missing on purpose."""
    rows = 0
    latest = month_before(clock.today().year * 100 + clock.today().month)
    for town in TOWNS:
        month, police = month_before(latest), cast.police[town.code]
        for _back in range(4):
            content = police_list(month, town.reports_a_week, town.code)
            parameters = {"police_area": police.pk, "municipality_code": town.code, "categories": {},
                          "profile": profile_of(content, police)}  # fmt: skip
            job = import_now(
                actor=SYSTEM,
                kind="import.police-list",
                source=content,
                organisation=cast.towns[town.code],
                parameters=parameters,
            )
            rows += job.summary["new"]
            month = month_before(month)
    return f"Polisens listor (påhittade): {rows} rader."


def profile_of(content: bytes, police: object) -> dict[str, object]:
    """Return the profile of the invented list, remembered for the police area."""
    profile = guess_profile(inspect_police_list(content)).to_json()
    save_profile(
        actor=SYSTEM, police_area=police, name="manadslista", profile=profile, categories={}
    )  # type: ignore[arg-type]
    return profile


def police_list(month: int, scale: float, seed: str) -> bytes:
    """Write one month's invented list in the form that police areas use (dates M/D/YY, times HHmm)."""
    chance = random.Random(f"list-{seed}-{month}")  # noqa: S311 - invented content, no secret
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Inskrivningsdatum", "Näpo", "Basområde", "Gata", "Brottskod", "Antal", "Brottsdag start",
                     "Brottsdag slut", "Brottstid start", "Brottstid slut"])  # fmt: skip
    year, of_year = divmod(month, 100)
    for _number in range(round(scale * 3)):
        start = dt.datetime(
            year,
            of_year,
            chance.randrange(1, 28),
            chance.randrange(24),
            chance.choice((0, 15, 30, 45)),
            tzinfo=clock.SWEDEN,
        )
        end = start + dt.timedelta(hours=chance.choice((0, 1, 6, 10)))
        code = chance.choice(
            ("1201", "1203", "1208", "0802", "0853", "5011", "0355", "0407", "3005", "0826")
        )
        writer.writerow([f"{end.month}/{end.day}/{end:%y}", "Centrum", chance.choice(("Norr", "Söder", "Hamnen")),
                         chance.choice(("Storgatan", "Kyrkogatan", "Skolgatan")), code, 1,
                         f"{start.month}/{start.day}/{start:%y}", f"{end.month}/{end.day}/{end:%y}",
                         f"{start:%H%M}", f"{end:%H%M}"])  # fmt: skip
    return out.getvalue().encode()
