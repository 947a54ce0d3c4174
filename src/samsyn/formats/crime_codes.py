"""Report categories and the police crime codes that map to them: the default set.

A body may change the set; its versions live in the database. Codes come and go, so each mapping
has `valid_from` and `valid_to` (both included; None is open). A category without codes never
appears in crime statistics: that is why reports exist. Violence in close relationships is left
out on purpose: it is never a category at place level.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Category:
    """A report category: key, Swedish name, examples, four-digit codes in order, place in order."""

    key: str
    name: str
    description: str
    codes: tuple[str, ...]
    order: int


@dataclass(frozen=True, slots=True)
class CodeMapping:
    """That a crime code belongs to a category from one day to another (both included)."""

    code: str
    category: str
    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, on: date) -> bool:
        """Whether the mapping holds on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


# key, name, examples, codes (ranges are expanded)
_TABLE: tuple[tuple[str, str, str, str], ...] = (
    ("SKAD", "Skadegörelse", "Krossad ruta, sönderslagen bänk, skada på bil", "1201 1203 1205 1212"),
    ("KLOT", "Klotter", "Klotter på vägg, skylt eller buss", "1208 1209"),
    ("BRAND", "Brand, anlagd brand", "Brand i papperskorg, container, bil eller byggnad", "1301 1302 1210 1211"),
    ("SPRANG", "Pyroteknik, sprängning, skjutning, vapen", "Smällare riktade mot någon, detonation, skott, vapen på allmän plats", "1308 1312 1313 4023 4075 4081 4127–4132"),
    ("NARK", "Narkotika", "Synlig försäljning eller användning, kanyler, gömmor", "5004 5005 5010 5011"),
    ("ALK", "Alkohol, berusning, langning", "Störande berusning, langning till unga", "5043 5047"),
    ("TOBAK", "Tobak, nikotin, vejp", "Försäljning till minderåriga, vejp vid skola", "5017 5018"),
    ("SAML", "Otrygghetsskapande samling", "Grupp som gör att andra undviker platsen", ""),
    ("UNGD", "Ungdomsstörning", "Stök vid skola, fritidsgård eller centrum", ""),
    ("STOR", "Ordnings- och grannstörning", "Hög musik, fest, bråk i trappuppgång", "0407 0408 0428 0429"),
    ("OLINT", "Olovligt tillträde", "Obehöriga i skola, källare, trapphus eller på tak", "0401"),
    ("VALD", "Våld i offentlig miljö", "Misshandel eller slagsmål på gata, torg, i buss eller på krog", "0355 0357 0375 0377 0365 0367 0385 0387"),
    ("HOT", "Hot, trakasserier, ofredande", "Hot eller kränkande tillrop på allmän plats", "0414 0450–0453 0458 0459"),
    ("RAN", "Rån", "Rån mot person, butik eller transport", "0855 0856 0864 0870 9806–9813"),
    ("SEX", "Sexuellt ofredande i offentlig miljö", "Blottning eller ofredande på allmän plats", "0607 9691–9698"),
    ("PERS", "Hot och våld mot personal och blåljus", "Hot mot lärare, väktare, ambulans eller räddningstjänst", "1311 1701–1705 1714 1715"),
    ("HAT", "Hat, extremism", "Hatbudskap, klistermärken, symboler, flygblad", "1604"),
    ("BOINB", "Bostadsinbrott (även källare, vind, fritidshus)", "Inbrott i villa, lägenhet, källare, vind eller fritidshus", "0825 0826 0857 0874 9801 9802 9831 9832"),
    ("LOKINB", "Inbrott i lokal", "Inbrott i skola, butik, kontor eller förening", "0811 0812 0818 0820 0822"),
    ("STOLD", "Stöld (butik, cykel, fordon, ficka)", "Butiksstöld, cykelstöld, fordonsstöld, fickstöld", "0802 0804 0853 9817–9820 9827–9830"),
    ("BEDR", "Bedrägeri mot äldre", "Falska samtal, falska hantverkare, kort och kod", "0942 0943 0946 0947 0950 0951 0954 0955"),
    ("TRAF", "Trafik, buskörning, A-traktor, moped", "Buskörning, fortkörning, körning på gångväg", "3001 3002 3005 3070"),
    ("OTRYG", "Otrygg plats, fysisk brist", "Trasig lampa, skymmande buskar, mörk tunnel", ""),
    ("SKRAP", "Nedskräpning, dumpning", "Skräp, dumpade möbler, övergivna fordon", ""),
    ("DJUR", "Lösa djur", "Lösspringande hundar eller andra djur", ""),
    ("DIGI", "Digital oro, planerat bråk", "Uppgörelse som planeras i sociala medier", ""),
    ("REKR", "Tecken på att unga dras in", "Unga som används som springpojkar, nya okända vuxna runt unga", "1617"),
    ("UTSATT", "Social utsatthet i offentlig miljö", "Sovplatser, bosättning, öppen missbruksmiljö", ""),
    ("EVENT", "Planerat evenemang, riskdatum", "Match, festival, skolavslutning, demonstration", ""),
    ("POS", "Positiv iakttagelse", "Lugnare plats, lyckad insats, fler vuxna ute", ""),
    ("NOLL", "Inget att rapportera", "Veckan har varit lugn", ""),
)  # fmt: skip


def expand_codes(text: str) -> tuple[str, ...]:
    """The four-digit codes of a list with ranges, such as `0414 0450–0453`."""
    codes: list[str] = []
    for part in text.replace("-", "–").split():
        first, _, last = part.partition("–")
        codes.extend(f"{n:04d}" for n in range(int(first), int(last or first) + 1))
    return tuple(codes)


DEFAULT_CATEGORIES: tuple[Category, ...] = tuple(
    Category(key, name, description, expand_codes(codes), order)
    for order, (key, name, description, codes) in enumerate(_TABLE, start=1)
)

DEFAULT_MAPPINGS: tuple[CodeMapping, ...] = tuple(
    CodeMapping(code, category.key) for category in DEFAULT_CATEGORIES for code in category.codes
)


@lru_cache(maxsize=1)
def categories_by_key() -> Mapping[str, Category]:
    """The default categories, key → Category."""
    return MappingProxyType({category.key: category for category in DEFAULT_CATEGORIES})


def normalise_code(text: str) -> str | None:
    """A crime code as four digits from `407`, `407.0`, `0407` or `0407 Ofredande`; None if none."""
    head = text.strip().split(" ")[0].rstrip(",;:")
    head = head.removesuffix(".0")
    if not head.isascii() or not head.isdigit() or not 3 <= len(head) <= 4 or int(head) < 100:
        return None
    return head.zfill(4)


def category_for(
    code: str, on: date, mappings: Iterable[CodeMapping] = DEFAULT_MAPPINGS
) -> str | None:
    """The key of the category a crime code belongs to on a day, None when it belongs to none."""
    wanted = normalise_code(code)
    return next((m.category for m in mappings if m.code == wanted and m.covers(on)), None)
