"""What categories are called in running text, where the name of a column would read badly."""

from __future__ import annotations

from samsyn.domains.situation.draft.grammar import small
from samsyn.formats.crime_codes import DEFAULT_CATEGORIES

_RUNNING = {
    "SKAD": "skadegörelse",
    "KLOT": "klotter",
    "BRAND": "bränder",
    "SPRANG": "pyroteknik och vapen",
    "NARK": "narkotika",
    "ALK": "alkohol och berusning",
    "TOBAK": "tobak och vejp",
    "SAML": "otrygga samlingar",
    "UNGD": "ungdomsstörningar",
    "STOR": "ordnings- och grannstörningar",
    "OLINT": "olovliga tillträden",
    "VALD": "våld i offentlig miljö",
    "HOT": "hot och ofredande",
    "RAN": "rån",
    "SEX": "sexuella ofredanden",
    "PERS": "hot och våld mot personal",
    "HAT": "hat och extremism",
    "BOINB": "bostadsinbrott",
    "LOKINB": "inbrott i lokaler",
    "STOLD": "stölder",
    "BEDR": "bedrägerier mot äldre",
    "TRAF": "trafik och buskörning",
    "OTRYG": "otrygga platser",
    "SKRAP": "nedskräpning",
    "DJUR": "lösa djur",
    "DIGI": "digital oro",
    "REKR": "tecken på att unga dras in",
    "UTSATT": "social utsatthet",
    "POS": "positiva iakttagelser",
}
_DEFAULT_NAMES = {one.key: one.name for one in DEFAULT_CATEGORIES}


_KEYS = {one.name: one.key for one in DEFAULT_CATEGORIES}


def running_name(name: str) -> str:
    """Return the words of a category that is known by its name only."""
    return running(_KEYS.get(name, ""), name) if name in _KEYS else small(name)


def running(key: str, name: str) -> str:
    """Return the category's words in a sentence; a name that the municipality has decided itself stands."""
    if name == _DEFAULT_NAMES.get(key):
        return _RUNNING.get(key, small(name))
    return f"”{name}”"
