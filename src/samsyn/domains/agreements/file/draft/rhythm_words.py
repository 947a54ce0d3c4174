"""How often, read from Swedish words: ”minst fyra gånger per år samt vid behov”."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

NUMBERS = {
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8,
    "nio": 9, "tio": 10, "elva": 11, "tolv": 12,
}  # fmt: skip
ORDINALS = {
    "annan": 2, "annat": 2, "tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6, "åttonde": 8,
    "tionde": 10,
}  # fmt: skip
MONTHS = {
    "januari": 1, "februari": 2, "mars": 3, "april": 4, "maj": 5, "juni": 6, "juli": 7,
    "augusti": 8, "september": 9, "oktober": 10, "november": 11, "december": 12,
}  # fmt: skip

_COUNT = rf"\d{{1,2}}|{'|'.join(NUMBERS)}"
_N = rf"(?P<n>{_COUNT})(?:\s*(?:till|eller|à|–|-)\s*(?:{_COUNT}))?"  # of a range, the lower
_TIMES = r"(?:\s+(?:gånger|gång|ggr|tillfällen|tillfälle|möten|träffar|sammanträden)(?:\s+\w+)?)"
_PER = r"\s*(?:per|om|i|under|varje|på|/)\s*(?:(?:kalender|verksamhets)?"
_ORD = rf"(?P<n>{'|'.join(ORDINALS)})"
_MONTH = "|".join(MONTHS)


@dataclass(frozen=True)
class FoundRhythm:
    """A rhythm in the agreement file's form, and the words it was read from."""

    data: Any
    start: int
    end: int
    confidence: float


def _number(match: re.Match[str]) -> int:
    word = match["n"].casefold()
    return NUMBERS.get(word) or ORDINALS.get(word) or int(word)


def _by_date(match: re.Match[str]) -> dict[str, Any] | None:
    day, month = int(match["day"]), MONTHS[match["month"].casefold()]
    return {"yearly_by": f"{month:02d}-{day:02d}"} if 1 <= day <= 31 else None


_Maker = Callable[[re.Match[str]], Any]

# The first pattern that fits wins: intervals with numbers before plain words.
_INTERVALS: list[tuple[str, _Maker, float]] = [
    (rf"{_N}{_TIMES}{_PER}termin(?:en)?)", lambda m: {"per_term": _number(m)}, 0.95),
    (rf"{_N}{_TIMES}{_PER}kvartal(?:et)?)", lambda m: _per_part(_number(m), 3), 0.9),
    (rf"{_N}{_TIMES}{_PER}tertial(?:et)?)", lambda m: _per_part(_number(m), 4), 0.9),
    (rf"{_N}{_TIMES}{_PER}halvår(?:et)?)", lambda m: _per_part(_number(m), 6), 0.9),
    (rf"{_N}{_TIMES}{_PER}månad(?:en)?)", lambda m: _per_part(_number(m), 1), 0.9),
    (rf"{_N}{_TIMES}{_PER}vecka(?:n)?)", lambda m: _per_week(_number(m)), 0.9),
    (rf"{_N}{_TIMES}{_PER}mandatperiod(?:en)?)", lambda m: {"every_years": 4}, 0.8),
    (
        rf"senast\s+(?:den\s+)?(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})\s+(?:varje\s+år|årligen)",
        _by_date,
        0.95,
    ),
    (
        rf"(?:varje\s+år|årligen)\s+(?:\w+\s+)?senast\s+(?:den\s+)?(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})",
        _by_date,
        0.95,
    ),
    (rf"{_N}{_TIMES}{_PER}år(?:et|ligen)?)", lambda m: _per_year(_number(m)), 0.95),
    (rf"{_N}{_TIMES}\s+årligen", lambda m: _per_year(_number(m)), 0.9),
    (rf"vart\s*{_ORD}\s+år", lambda m: {"every_years": _number(m)}, 0.95),
    (rf"var(?:t|je)?\s+{_ORD}\s+år", lambda m: {"every_years": _number(m)}, 0.95),
    (rf"var\s*{_ORD}\s+månad", lambda m: {"every_months": _number(m)}, 0.95),
    (rf"var\s*{_ORD}\s+vecka", lambda m: {"every_weeks": _number(m)}, 0.95),
    (r"en\s+gång\s+per\s+mandatperiod|varje\s+mandatperiod", lambda m: {"every_years": 4}, 0.85),
    (r"varje\s+termin|terminsvis", lambda m: {"per_term": 1}, 0.9),
    (r"kvartalsvis\w*|varje\s+kvartal|kvartals(?=möte|avstämning|rapport)", lambda m: {"every_months": 3}, 0.9),
    (r"tertialvis\w*|varje\s+tertial", lambda m: {"every_months": 4}, 0.9),
    (r"halvårsvis\w*|varje\s+halvår", lambda m: {"every_months": 6}, 0.9),
    (r"varje\s+månad|månadsvis\w*|månatlig\w*|månads(?=möte|avstämning|rapport)", lambda m: {"every_months": 1}, 0.9),
    (
        r"varje\s+(?:vecka|måndag|tisdag|onsdag|torsdag|fredag)|veckovis\w*|vecko(?=möte|avstämning)",
        lambda m: {"weekly": {}},
        0.9,
    ),
    (r"årligen|varje\s+år|på\s+årsbasis|årsvis|\bårliga?\b|\bårligt\b|per\s+år\b", lambda m: {"yearly_by": "12-31"}, 0.85),
    (r"per\s+termin\b", lambda m: {"per_term": 1}, 0.85),
    (r"(?:per\s+månad|i\s+månaden)\b", lambda m: {"every_months": 1}, 0.85),
    (r"(?:per\s+kvartal|i\s+kvartalet)\b", lambda m: {"every_months": 3}, 0.85),
    (r"(?:per\s+vecka|i\s+veckan)\b", lambda m: {"weekly": {}}, 0.85),
]  # fmt: skip

_MOVING = {
    "valborg": r"valborg\w*",
    "last_school_day": r"sommarlov\w*|skolavslutning\w*|sommaren",
    "christmas_break": r"jullov\w*|jul(?:en|helgen)?\b",
    "sport_break": r"sportlov\w*",
    "autumn_break": r"höstlov\w*",
    "easter_break": r"påsklov\w*",
    "easter": r"påsk(?:en|helgen)?\b",
    "midsummer": r"midsommar\w*",
    "lucia": r"lucia\w*",
    "new_year": r"nyår\w*",
    "school_start": r"skolstart\w*|terminsstart\w*",
}
_PAUSES = {
    "summer": r"sommar\w*|juli",
    "christmas": r"jul\w*",
    "school_holidays": r"skollov\w*|lov(?:en|veckor\w*)?",
}
_NEED = r"vid\s+behov|(?:då|när|om)\s+(?:\w+\s+){0,2}behov\w*|(?:då|när|om)\s+(?:det|så)\s+behövs|efter\s+behov|utifrån\s+behov"
_EVENT = (
    r"(?:vid|inför)\s+(?:en\s+|eventuella\s+|uppkomna\s+)?(?:särskil\w+|störr\w+|akut\w*|hastigt\s+uppkom\w+|allvarlig\w+|extraordinär\w+|oförutsed\w+)"
    r"(?:[/,]?\s*(?:och|eller)?\s*\w+){0,2}\s*(?:händelse\w*|situation\w*|lägen?)|vid\s+händelser?\b|vid\s+(?:eventuella\s+)?uppdatering\w*"
    r"|vid\s+händelser\s+av|(?:innan|före)\s+(?:\w+\s+)?beslut|efter\s+avslut\w+|(?:utifrån|på|efter)\s+(?:\w+\s+)?uppdrag\s+(?:från|av)|i\s+varje\s+tillfälle|inför\s+varje\b"
)
_RUNNING = r"löpande|kontinuerlig\w*|regelbund\w*|fortlöpande|återkommande|ständigt|dagligen|fortsatt(?=\s+arbete)"
_ONCE = re.compile(
    r"(?:under|senast|hösten|våren|sommaren|före\s+utgången\s+av|innan\s+utgången\s+av|i\s+slutet\s+av)\s+(?:år\s+)?(?P<year>20\d\d)\b"
    r"|tas\s+fram\s+(?P<plain>20\d\d)\b"
)


def find_rhythm(sentence: str) -> FoundRhythm | None:
    """The rhythm that a sentence states; places count within ``sentence``. None where it states none."""
    found = _interval(sentence) or _before(sentence)
    also = _extras(sentence)
    if found is None:
        return _loose(sentence, also)
    if isinstance(found.data, dict):
        extras = [name for name, _match in also]
        data = _with_details(sentence, dict(found.data))
        if extras:
            data["also"] = extras
        end = max([found.end, *(match.end() for _name, match in also)])
        start = min([found.start, *(match.start() for _name, match in also)])
        return FoundRhythm(data, start, end, found.confidence)
    return found


def _interval(sentence: str) -> FoundRhythm | None:
    for pattern, make, confidence in _INTERVALS:
        for match in re.finditer(rf"(?<![\wåäö]){pattern}", sentence, re.IGNORECASE):
            data = make(match)
            if data is not None:
                return FoundRhythm(data, match.start(), match.end(), confidence)
    return None


def _before(sentence: str) -> FoundRhythm | None:
    start = re.search(r"\binför\b", sentence, re.IGNORECASE)
    if start is None:
        return None
    tail = sentence[start.end() :]
    days = []
    end = start.end()
    for name, pattern in _MOVING.items():
        match = re.search(rf"\b(?:{pattern})", tail, re.IGNORECASE)
        if match:
            days.append((match.start(), name))
            end = max(end, start.end() + match.end())
    if not days:
        return None
    names = [name for _at, name in sorted(days)]
    return FoundRhythm({"before": names}, start.start(), end, 0.9)


def _extras(sentence: str) -> list[tuple[str, re.Match[str]]]:
    found = []
    for name, pattern in (("when_needed", _NEED), ("at_event", _EVENT)):
        match = re.search(pattern, sentence, re.IGNORECASE)
        if match:
            found.append((name, match))
    return found


def _loose(sentence: str, also: list[tuple[str, re.Match[str]]]) -> FoundRhythm | None:
    """A rhythm without interval, or a single time."""
    once = _ONCE.search(sentence)
    if once:
        year = once["year"] or once["plain"]
        return FoundRhythm({"once_by": f"{year}-12-31"}, once.start(), once.end(), 0.75)
    if also:
        name, match = also[0]
        return FoundRhythm(name, match.start(), match.end(), 0.85)
    running = re.search(_RUNNING, sentence, re.IGNORECASE)
    if running:
        return FoundRhythm("ongoing", running.start(), running.end(), 0.85)
    return None


def _with_details(sentence: str, data: dict[str, Any]) -> dict[str, Any]:
    if "weekly" in data or "every_weeks" in data:
        pauses = _pauses(sentence)
        if pauses and "weekly" in data:
            data["weekly"] = {"pauses": pauses}
        elif pauses:
            data["pauses"] = pauses
    if "per_term" in data:
        places = re.search(
            r"\b(?:i|på)\s+både\s+([A-ZÅÄÖ][\wåäö]+)\s+och\s+([A-ZÅÄÖ][\wåäö]+)", sentence
        )
        if places:
            data["places"] = list(places.groups())
    aim = re.search(r"målsättning|ambition|strävan", sentence, re.IGNORECASE)
    if "every_years" in data and not aim and re.search(r"årsskift\w*", sentence, re.IGNORECASE):
        data["by"] = "turn_of_year"
    return data


def _pauses(sentence: str) -> list[str]:
    match = re.search(
        r"\b(?:förutom|utom|undantag\w*|uppehåll|ej|inte)\s+(?:för\s+|under\s+|i\s+)*(?P<when>[\w\s,]{3,40})",
        sentence,
        re.IGNORECASE,
    )
    if match is None:
        return []
    return [
        name
        for name, pattern in _PAUSES.items()
        if re.search(rf"\b(?:{pattern})", match["when"], re.IGNORECASE)
    ]


def _per_year(times: int) -> dict[str, Any]:
    return {"yearly_by": "12-31"} if times == 1 else {"per_year": times}


def _per_part(times: int, months: int) -> dict[str, Any]:
    return {"every_months": months} if times == 1 else {"per_year": times * 12 // months}


def _per_week(times: int) -> dict[str, Any] | None:
    return {"weekly": {}} if times == 1 else None
