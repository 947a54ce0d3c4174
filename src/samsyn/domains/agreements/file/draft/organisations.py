"""The organisations that a text names: municipalities, police areas, agencies, companies, associations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from samsyn.domains.agreements.file.draft.prose import Prose, Span

NAME = r"[A-ZÅÄÖÉ][a-zåäöéü]+(?:[-/][A-ZÅÄÖÉ][a-zåäöéü]+)*"
_FORE = (
    "Upplands|Östra|Västra|Norra|Södra|Mellersta|Inre|Yttre|Lilla|Stora|Övre|Nedre|Nya|Gamla|Sankt"
)
_AFTER = (
    r"(?:\s(?:Syd|Nord|Väst|Öst|Norr|Söder|Öster|Väster|City|Centrum|Norra|Södra|Östra|Västra))?"
)
PLACE = rf"(?:(?:{_FORE})\s)?{NAME}{_AFTER}"
_MUNICIPALITIES = re.compile(
    rf"(?P<many>{NAME}(?:,\s+{NAME}){{0,30}}\s+(?:och|samt)\s+{NAME})\s+kommuner\b"
    rf"|\bkommunerna\s+(?P<after>{NAME}(?:,\s+{NAME}){{0,30}}\s+(?:och|samt)\s+{NAME})"
)
_MUNICIPALITY = re.compile(
    rf"(?P<place>{PLACE})\s+(?:kommun|stad|Stad|Kommun|kommundelsnämnd|stadsdelsnämnd|stadsdelsförvaltning|kommundelsförvaltning)\b(?P<part>\s+genom\s+(?:stadsområde|stadsdel\w*|kommundel\w*)\s+{PLACE})?"
    r"|\b(?P<capital>[A-ZÅÄÖ]{3,})S?\s+(?:KOMMUN|STAD)\b"
)
_TRACT = rf"(?:(?:{_FORE})\s[a-zåäö]{{3,}}(?:en|et|na|an|kust|dal|skog|bygd)\b|{PLACE})"
_AREA = (
    rf"(?:[Ll]okala?\s?[Pp]olisområdet?|LPO|[Nn]ärpolisområdet?)\s+{_TRACT}(?:\s*[/-]\s*{NAME})?"
)
_WHOLE = rf"(?:[Pp]olisregion|[Pp]olisområdet?|[Rr]egion)\s+{_TRACT}"
_JOIN = r"(?:\s*[,(]\s*|\s+)(?:(?:genom|i|vid|och|inom)\s+)?(?:dess\s+)?"
_POLICE = re.compile(
    rf"(?P<name>(?:Polismyndigheten(?:\s+i\s+{NAME})?|Polisen|{_WHOLE})(?:{_JOIN}{_WHOLE}){{0,2}}{_JOIN}{_AREA}|{_AREA}|Polismyndigheten{_JOIN}{_WHOLE}|(?:[Pp]olisregion|[Pp]olisområdet?)\s+{_TRACT}|Polisen\s+i\s+{PLACE}|Polismyndigheten\s+i\s+{NAME})"
)
_POLICE_PLAIN = re.compile(r"\b(?P<name>Polismyndigheten|Polisen)\b")
_OTHERS = (
    ("probation", re.compile(rf"(?P<name>Kriminalvården(?:,?\s+(?:[Ff]rivården|frivårdskontoret|Frivård))?(?:\s+(?:i\s+)?{NAME})?|Frivården(?:\s+(?:i\s+)?{NAME})?)")),
    ("region", re.compile(rf"(?P<name>Region\s+{PLACE}|Landstinget\s+(?:i\s+)?{NAME}|Regionen(?=\s+och\s+kommunen))")),
    ("state_agency", re.compile(rf"(?P<name>Länsstyrelsen(?:\s+i\s+{NAME}(?:\s+län)?)?|Tullverket|Försäkringskassan|Arbetsförmedlingen|Åklagarmyndigheten|Migrationsverket|Skatteverket|Kustbevakningen|Trafikverket|Kronofogden|Statens\s+institutionsstyrelse|SiS)")),
    ("other", re.compile(rf"(?P<name>(?:Räddningstjänst(?:en)?(?:sförbundet)?|Brandförsvaret|Räddningsförbundet)(?:\s+(?:{_FORE}\s)?{NAME})?)")),
    ("municipal_company", re.compile(r"(?P<name>(?:AB\s+)?[A-ZÅÄÖ][a-zåäö]+(?:hem|hus|bostäder|bostader|byggen|bostadsbolag|fastigheter)\b(?:\s+AB)?|[A-ZÅÄÖ][a-zåäö]+\s+[Bb]ostäder(?:\s+AB)?|Bostadsbolaget\s+(?:AB\s+)?[A-ZÅÄÖ]\w+(?:\s+AB)?)")),
    ("company", re.compile(r"(?P<name>(?:(?!För\b|Från\b|Mellan\b|Part\b|VD\b|Vd\b|Ordförande\b|Direktör\b|\w*[Cc]hef\b)[A-ZÅÄÖ][\wåäö]+\s+){1,3}AB\b|AB\s+[A-ZÅÄÖ][\wåäö]+)")),
    ("association", re.compile(rf"(?P<name>Svenska\s+[Kk]yrkan|Hyresgästföreningen|Företagarna(?:\s+i\s+{NAME})?|Fastighetsägarna(?:\s+{NAME})?|Brottsofferjouren(?:\s+{NAME})?|Nattvandrarna(?:\s+i\s+{NAME})?|\w+förening(?:en)?\s+(?:i\s+)?{NAME}|Röda\s+Korset|Rädda\s+Barnen)")),
)  # fmt: skip
_NOT_PLACES = {
    "Varje", "Respektive", "Berörd", "Berörda", "Samtliga", "Denna", "Mellan", "Enligt", "När", "I",
    "För", "Av", "Till", "Från", "Hos", "Att", "Som", "Där", "Här", "En", "Polis", "Polisen",
    "Gemensam", "Ingen", "Egen", "Annan", "Trygg", "Svensk", "Er", "Vår", "Och", "Samt", "Ett",
    "Alla", "Om", "På", "Genom", "Inom", "Sveriges", "Någon", "Vardera", "Hela", "Region",
}  # fmt: skip


@dataclass(frozen=True)
class Mention:
    """An organisation named in the text."""

    kind: str
    name: str
    span: Span


def mentions_in(prose: Prose, within: Span) -> list[Mention]:
    """Every organisation named in a stretch, in order."""
    flat, start, end = prose.flat, within.start, within.end
    found: list[Mention] = []
    for match in _MUNICIPALITIES.finditer(flat, start, end):
        group = "many" if match["many"] else "after"
        at = match.start(group)
        for one in re.finditer(NAME, match[group]):
            if one.group() not in _NOT_PLACES:
                found.append(Mention("municipality", f"{one.group()} kommun", Span(at + one.start(), at + one.end())))  # fmt: skip
    for match in _MUNICIPALITY.finditer(flat, start, end):
        if match["place"] in _NOT_PLACES:
            continue
        span = Span(match.start(), match.start("part") if match["part"] else match.end())
        name = prose.clean(span)
        found.append(Mention("municipality", _spelled(name) if match["capital"] else name, Span(*match.span())))  # fmt: skip
    for match in _POLICE.finditer(flat, start, end):
        if match["name"].casefold().startswith("region "):
            continue
        span = Span(match.start("name"), match.end("name"))
        found.append(Mention("police_area", prose.clean(span), span))
    for match in _POLICE_PLAIN.finditer(flat, start, end):
        found.append(Mention("police", match["name"], Span(*match.span("name"))))
    for kind, pattern in _OTHERS:
        for match in pattern.finditer(flat, start, end):
            span = Span(*match.span("name"))
            found.append(Mention(kind, prose.clean(span), span))
    return _longest(sorted(found, key=lambda m: (m.span.start, -m.span.end)))


def _spelled(name: str) -> str:
    """”LULEÅ KOMMUN” as it is written in a sentence."""
    first, *rest = name.split()
    return " ".join([first.capitalize(), *(word.lower() for word in rest)])


def _longest(found: list[Mention]) -> list[Mention]:
    """Overlapping names: the longest stands."""
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.span.start < kept[-1].span.end:
            if mention.span.end - mention.span.start > kept[-1].span.end - kept[-1].span.start:
                kept[-1] = mention
            continue
        kept.append(mention)
    return kept


def stem(name: str) -> str:
    """A name without its genitive: ``Laholms kommun`` and ``Laholm kommun`` are one."""
    words = [word for word in name.casefold().replace(",", "").split() if word != "ab"] or [name]
    return " ".join([words[0].removesuffix("s"), *words[1:]])


def key_of(mention: Mention) -> str:
    """What makes two mentions the same organisation."""
    if mention.kind in ("police", "police_area"):
        places = re.findall(PLACE, re.sub(r"Polis\w+|polis\w+|Lokalpolisområdet?|LPO|region", "", mention.name))  # fmt: skip
        return "police:" + (stem(places[-1]) if mention.kind == "police_area" and places else "")
    if mention.kind == "probation":
        return "probation"
    return stem(mention.name)
