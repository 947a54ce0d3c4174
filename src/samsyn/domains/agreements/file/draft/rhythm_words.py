"""How often, read from Swedish words: ”minst fyra gånger per år samt vid behov”."""

from __future__ import annotations

import calendar
import datetime as dt
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
_TIMES = r"(?:\s+(?:gånger|gång|ggr|tillfällen|tillfälle|möten|träffar|sammanträden|tillsyner|besök|utbildningar|insatser)(?:\s+\w+)?)"
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


def _by_month(match: re.Match[str]) -> dict[str, Any]:
    """The last day of the month that is named."""
    month = MONTHS[match["month"].casefold()]
    return {"yearly_by": f"{month:02d}-{calendar.monthrange(2023, month)[1]:02d}"}


def _by_date(match: re.Match[str]) -> dict[str, Any] | None:
    day, month = int(match["day"]), MONTHS[match["month"].casefold()]
    fits = 1 <= day <= calendar.monthrange(2024, month)[1]
    return {"yearly_by": f"{month:02d}-{day:02d}"} if fits else None


_Maker = Callable[[re.Match[str]], Any]
_YEARLY = r"(?:varje\s+(?:kalender)?år|årligen|per\s+år|om\s+året|en\s+gång\s+per\s+år)"
_DATE = rf"(?:den\s+)?(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})(?!\s+(?:19|20)\d\d)"
_IN_MONTH = rf"(?P<month>{_MONTH})(?!\s+(?:19|20)\d\d|\s+(?:och|samt|vart))"
_DAYS = r"(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag)(?:en|ar|s\w+)?"

# The first pattern that fits wins: intervals with numbers before plain words.
_INTERVALS: list[tuple[str, _Maker, float]] = [
    (rf"{_N}{_TIMES}{_PER}termin(?:en)?)", lambda m: {"per_term": _number(m)}, 0.95),
    (rf"{_N}{_TIMES}{_PER}kvartal(?:et)?)", lambda m: _per_part(_number(m), 3), 0.9),
    (rf"{_N}{_TIMES}{_PER}tertial(?:et)?)", lambda m: _per_part(_number(m), 4), 0.9),
    (rf"{_N}{_TIMES}{_PER}halvår(?:et)?)", lambda m: _per_part(_number(m), 6), 0.9),
    (rf"{_N}{_TIMES}{_PER}månad(?:en)?)", lambda m: _per_part(_number(m), 1), 0.9),
    (rf"{_N}{_TIMES}{_PER}vecka(?:n)?)", lambda m: _per_week(_number(m)), 0.9),
    (rf"{_N}{_TIMES}{_PER}mandatperiod(?:en)?)", lambda m: {"every_years": 4}, 0.8),
    (rf"senast\s+{_DATE}\s+{_YEARLY}", _by_date, 0.95),
    (rf"{_YEARLY},?\s+(?:\w+\s+)?(?:och\s+)?senast\s+{_DATE}", _by_date, 0.95),
    (rf"(?:senast\s+)?i\s+(?:slutet\s+av\s+|början\s+av\s+)?{_IN_MONTH}\s+{_YEARLY}", _by_month, 0.9),
    (rf"{_YEARLY},?\s+(?:\w+\s+)?(?:senast\s+)?(?:i|under)\s+{_IN_MONTH}", _by_month, 0.9),
    (rf"{_N}{_TIMES}{_PER}(?:läs|verksamhets|kalender)?år(?:et|ligen)?)(?!\s+senast)", lambda m: _per_year(_number(m)), 0.95),
    (rf"{_N}{_TIMES}\s+årligen", lambda m: _per_year(_number(m)), 0.9),
    (rf"{_N}\s+(?:\w+\s+){{1,5}}?(?:per\s+(?:kalender|läs|verksamhets)?år|om\s+året|årligen)\b", lambda m: _per_year(_number(m)), 0.8),
    (rf"{_N}\s+(?:\w+\s+){{1,5}}?per\s+termin\b", lambda m: {"per_term": _number(m)}, 0.8),
    (rf"(?:vart|var(?:t|je)?)\s*{_ORD}\s+(?:kalender)?år", lambda m: {"every_years": _number(m)}, 0.95),
    (rf"(?:var|varje)\s*{_ORD}\s+månad", lambda m: {"every_months": _number(m)}, 0.95),
    (rf"(?:var|varje)\s*{_ORD}\s+(?:vecka|{_DAYS})", lambda m: {"every_weeks": _number(m)}, 0.95),
    (r"en\s+gång\s+per\s+mandatperiod|varje\s+mandatperiod", lambda m: {"every_years": 4}, 0.85),
    (r"varje\s+(?:höst|vår)\s+och\s+(?:höst|vår)|(?:både\s+)?(?:på\s+)?våren\s+och\s+(?:på\s+)?hösten", lambda m: {"per_year": 2}, 0.85),
    (r"varje\s+(?:höst|vår|sommar|vinter)(?:termin|en)?\b|varje\s+(?:läs|skol|verksamhets|budget)år", lambda m: {"yearly_by": "12-31"}, 0.85),
    (r"varje\s+termin|terminsvis", lambda m: {"per_term": 1}, 0.9),
    (r"kvartalsvis\w*|varje\s+kvartal|kvartals(?=möte|avstämning|rapport)", lambda m: {"every_months": 3}, 0.9),
    (r"tertialvis\w*|varje\s+tertial|tertial(?=rapport)", lambda m: {"every_months": 4}, 0.9),
    (r"halvårsvis\w*|varje\s+halvår|halvårs(?=möte|avstämning|rapport)", lambda m: {"every_months": 6}, 0.9),
    (r"varje\s+månad|månadsvis\w*|månatlig\w*|månads(?=möte|avstämning|rapport)", lambda m: {"every_months": 1}, 0.9),
    (rf"varje\s+(?:vecka|helg|{_DAYS})|veckovis\w*|vecko(?=möte|avstämning)", lambda m: {"weekly": {}}, 0.9),
    (r"(?:vid|inför)\s+(?:varje\s+)?(?:termins|skol)start\w*,?\s+(?:både\s+)?(?:på\s+)?(?:hösten|höst|våren|vår)\s+och\s+(?:på\s+)?(?:hösten|höst|våren|vår)|(?:vid|inför)\s+varje\s+terminsstart", lambda m: {"per_term": 1}, 0.85),
    (r"inför\s+varje\s+(?:kalender|verksamhets)?år|inför\s+(?:varje\s+)?årsskifte\w*", lambda m: {"yearly_by": "12-31"}, 0.8),
    (r"årligen|varje\s+(?:kalender)?år|på\s+årsbasis|årsvis|\bårliga?\b|\bårligt\b|per\s+år\b", lambda m: {"yearly_by": "12-31"}, 0.85),
    (r"per\s+termin\b", lambda m: {"per_term": 1}, 0.85),
    (r"(?:per\s+månad|i\s+månaden)\b", lambda m: {"every_months": 1}, 0.85),
    (r"(?:per\s+kvartal|i\s+kvartalet)\b", lambda m: {"every_months": 3}, 0.85),
    (r"(?:per\s+vecka|i\s+veckan)\b", lambda m: {"weekly": {}}, 0.85),
    (rf"i\s+(?:{_MONTH})(?:,\s+(?:{_MONTH}))*\s+(?:och|samt)\s+(?:{_MONTH})\b(?!\s+(?:19|20)\d\d)", lambda m: {"per_year": len(re.findall(_MONTH, m.group(), re.IGNORECASE))}, 0.75),
    (rf"(?:under|i|mellan)\s+(?:(?:månaderna|perioden)\s+)?(?:{_MONTH})\s*(?:–|-|till|och)\s*(?P<month>{_MONTH})(?!\s+(?:19|20)\d\d)", _by_month, 0.75),
    (rf"senast\s+{_DATE}", _by_date, 0.7),
    (r"(?:före|till|vid|innan|kring|senast\s+(?:före|vid|till))\s+årsskiftet|före\s+årets\s+(?:slut|utgång)|i\s+slutet\s+av\s+(?:varje\s+)?året", lambda m: {"yearly_by": "12-31"}, 0.75),
    (rf"(?:senast\s+)?(?<!ej )(?<!inte )(?<!utom )(?:i|under)\s+(?:slutet\s+av\s+|början\s+av\s+)?{_IN_MONTH}\b", _by_month, 0.6),
]  # fmt: skip

_MOVING = {
    "valborg": r"valborg\w*",
    "last_school_day": r"sommarlov\w*|skolavslutning\w*",
    "summer_break": r"sommaren\b",
    "christmas_break": r"jullov\w*|jul(?:en|helgen|helgerna)?\b",
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
    "christmas": r"jul(?!i)\w*|december",
    "school_holidays": r"skollov\w*|lov(?:en|veckor\w*)?",
}
_NEED = (
    r"vid\s+(?:\w+\s+)?behov|(?:då|när|om)\s+(?:\w+\s+){0,2}behov\w*|(?:då|när|om)\s+(?:det|så)\s+behövs|efter\s+behov|utifrån\s+behov"
    r"|(?:när|om|då)\s+(?:\w+\s+){1,3}(?:önskar|begär|påkallar)|på\s+(?:begäran|initiativ)\s+av|på\s+begäran|i\s+övrigt\s+när"
)
_EVENT = (
    r"(?:vid|inför)\s+(?:en\s+|eventuella\s+|uppkomna\s+)?(?:särskil\w+|störr\w+|akut\w*|hastigt\s+uppkom\w+|allvarlig\w*|extraordinär\w*|oförutsed\w+)"
    r"(?:[/,]?\s*(?:och|eller)?\s*\w+){0,2}\s*(?:händelse\w*|situation\w*|lägen?)|vid\s+händelser?\b|vid\s+(?:eventuella\s+)?uppdatering\w*"
    r"|vid\s+händelser\s+av|(?:innan|före)\s+(?:\w+\s+)?beslut|efter\s+avslut\w+|(?:utifrån|på|efter)\s+(?:\w+\s+)?uppdrag\s+(?:från|av)|i\s+varje\s+tillfälle|inför\s+varje\b"
    r"|(?:vid|efter|inför)\s+(?:varje|respektive|\w+s)\s+möte\w*|vid\s+(?:misstanke|oro|kännedom|upptäckt|risk)\b|efter\s+(?:mötet|särskilda|större|genomförd\w*|varje)\b|(?:innan|före)\s+(?:information|åtgärd\w*|mötet|varje)\b|som\s+får\s+kännedom"
)
_RUNNING = r"löpande|kontinuerlig\w*|regelbund\w*|fortlöpande|återkommande|ständigt|dagligen|fortsatt(?=\s+arbete)"
_SEASON_ENDS = {"våren": "05-31", "sommaren": "08-31", "hösten": "12-31"}
_ONCE = re.compile(
    rf"(?:senast|före|innan|till\s+och\s+med)\s+(?:den\s+)?(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})\s+(?P<on>20\d\d)\b"
    r"|(?:senast|före|innan)\s+(?P<iso>20\d\d-\d\d-\d\d)\b"
    r"|(?:(?:under|senast|till)\s+)?(?P<season>hösten|våren|sommaren)\s+(?P<of>20\d\d)\b"
    r"|(?:under|senast|före\s+utgången\s+av|innan\s+utgången\s+av|i\s+slutet\s+av)\s+(?:år\s+)?(?P<year>20\d\d)\b"
    r"|tas\s+fram\s+(?P<plain>20\d\d)\b",
    re.IGNORECASE,
)


def find_rhythm(sentence: str) -> FoundRhythm | None:
    """The rhythm that a sentence states; places count within ``sentence``. None where it states none."""
    found = _interval(sentence) or _before(sentence)
    also = _extras(sentence)
    if found is None:
        return _loose(sentence, also)
    if isinstance(found.data, dict):
        also = [(n, m) for n, m in also if m.end() <= found.start or found.end <= m.start()]
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
    start = re.search(r"\binför\b|\bvid\s+(?=skolstart|terminsstart|skolavslutning|valborg|lucia|midsommar)", sentence, re.IGNORECASE)  # fmt: skip
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
    day = _day_of(once) if once else None
    if once and day:
        return FoundRhythm({"once_by": day}, once.start(), once.end(), 0.8)
    if also:
        name, match = also[0]
        return FoundRhythm(name, match.start(), match.end(), 0.85)
    running = re.search(_RUNNING, sentence, re.IGNORECASE)
    if running:
        return FoundRhythm("ongoing", running.start(), running.end(), 0.85)
    return None


def _day_of(once: re.Match[str]) -> str | None:
    """The last day that the words give, as a date of the file."""
    if once["iso"]:
        words = once["iso"]
    elif once["day"]:
        words = f"{once['on']}-{MONTHS[once['month'].casefold()]:02d}-{int(once['day']):02d}"
    elif once["season"]:
        words = f"{once['of']}-{_SEASON_ENDS[once['season'].casefold()]}"
    else:
        words = f"{once['year'] or once['plain']}-12-31"
    try:
        return dt.date.fromisoformat(words).isoformat()
    except ValueError:
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
    if re.search(r"\bunder\s+(?:skol)?termin(?:erna|stid|en)\b", sentence, re.IGNORECASE):
        return ["school_holidays"]
    match = re.search(
        r"\b(?:förutom|utom|undantag\w*|uppehåll|ej|inte|dock\s+inte)\s+(?:för\s+|under\s+|i\s+)*(?P<when>[\wåäö\s,–-]{3,40})",
        sentence,
        re.IGNORECASE,
    )
    if match is None:
        return []
    weeks = re.search(r"veck\w+\s+(?P<first>\d{1,2})\s*[-–]\s*(?P<last>\d{1,2})", match["when"])
    if weeks and int(weeks["first"]) >= 22 and int(weeks["last"]) <= 35:
        return ["summer"]
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
