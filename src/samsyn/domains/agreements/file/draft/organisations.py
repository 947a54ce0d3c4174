"""Parties and other organisations, with organisation numbers and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.se import orgnr

from samsyn.domains.agreements.file.draft.notes import Notes, slug
from samsyn.domains.agreements.file.draft.prose import Prose, Span

_NAME = r"[A-ZÅÄÖÉ][a-zåäöéü]+(?:[-/][A-ZÅÄÖÉ][a-zåäöéü]+)*"
_FORE = "Upplands|Östra|Västra|Norra|Södra|Lilla|Stora|Övre|Nedre|Nya|Gamla|Sankt"
_PLACE = rf"(?:(?:{_FORE})\s)?{_NAME}"
_MUNICIPALITIES = re.compile(
    rf"(?P<many>{_NAME}(?:,\s+{_NAME}){{0,30}}\s+(?:och|samt)\s+{_NAME})\s+kommuner\b"
)
_MUNICIPALITY = re.compile(rf"(?P<place>{_PLACE})\s+(?:kommun|stad|Stad|Kommun)\b")
_POLICE = re.compile(
    rf"(?P<name>(?:Polismyndigheten[,\s]+(?:genom|i|vid)?\s*)?(?:den\s+|det\s+)?"
    rf"(?:[Ll]okala?\s?polisområdet?|[Pp]olisområdet?|[Pp]olisregion|[Rr]egion)\s+{_PLACE}(?:\s*[/-]\s*{_NAME})?)"
)
_POLICE_PLAIN = re.compile(r"\b(?P<name>Polismyndigheten|Polisen)\b")
_OTHERS = (
    ("probation", re.compile(rf"(?P<name>Kriminalvården(?:,?\s+[Ff]rivården)?(?:\s+(?:i\s+)?{_NAME})?|Frivården(?:\s+(?:i\s+)?{_NAME})?)")),
    ("region", re.compile(rf"(?P<name>Region\s+(?:{_NAME}))")),
    ("state_agency", re.compile(rf"(?P<name>Länsstyrelsen(?:\s+i\s+{_NAME}(?:\s+län)?)?|Tullverket|Försäkringskassan|Arbetsförmedlingen|Åklagarmyndigheten|Migrationsverket|Skatteverket|Kustbevakningen)")),
    ("other", re.compile(rf"(?P<name>Räddningstjänsten(?:\s+{_NAME})?)")),
    ("municipal_company", re.compile(r"(?P<name>(?:AB\s+)?[A-ZÅÄÖ][a-zåäö]+(?:hem|bostäder|bostader|byggen)\b(?:\s+AB)?|[A-ZÅÄÖ][a-zåäö]+\s+[Bb]ostäder(?:\s+AB)?)")),
    ("company", re.compile(r"(?P<name>(?:[A-ZÅÄÖ][\wåäö]+\s+){1,3}AB\b|AB\s+[A-ZÅÄÖ][\wåäö]+)")),
    ("association", re.compile(r"(?P<name>Svenska\s+kyrkan|Företagarna(?:\s+i\s+[A-ZÅÄÖ][a-zåäö]+)?|Fastighetsägarna(?:\s+[A-ZÅÄÖ][a-zåäö]+)?)")),
)  # fmt: skip
_NOT_PLACES = {
    "Varje", "Respektive", "Berörd", "Berörda", "Samtliga", "Denna", "Mellan", "Enligt", "När", "I",
    "För", "Av", "Till", "Från", "Hos", "Att", "Som", "Där", "Här", "En", "Polis", "Polisen",
    "Gemensam", "Ingen", "Egen", "Annan", "Trygg", "Svensk", "Er", "Vår", "Och", "Samt", "Ett",
    "Alla", "Om", "På", "Genom", "Inom",
}  # fmt: skip
_ORGNR = re.compile(r"\b(\d{6}\s?[-–]\s?\d{4})\b")
_ADDRESS = re.compile(
    r"(?P<street>[A-ZÅÄÖ][\wåäöé]+(?:\s+[A-ZÅÄÖ]?[\wåäöé]+){0,3}\s+\d+\s?[A-Za-z]?|Box\s+\d+)[,\s]+(?P<postcode>\d{3}\s?\d{2})\s+(?P<city>[A-ZÅÄÖ][a-zåäö]+)"
)
_CALLED = re.compile(
    r"(?:nedan|härefter|fortsättningsvis|i det följande)\s+(?:kallade?|kallat|benämn\w+)\s+[”\"“']?(?P<name>[\wåäöÅÄÖ ]{3,30}?)[”\"”'.,)]"
    r"|[”\"“]\s*(?P<quoted>[A-ZÅÄÖ][\wåäö]+(?: [\wåäö]+){0,2})\s*[”\"“]"
)
_AGREES = re.compile(
    r"\bmellan\b|\bingå\w*|\bträffa\w*|\bparter(?:na)?\b|\bgenom\s+följande\b|\bbeslut\w*\s+om\s+samverkan|överenskommelse",
    re.IGNORECASE,
)


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
        at = match.start("many")
        for name in re.finditer(_NAME, match["many"]):
            if name.group() not in _NOT_PLACES:
                found.append(Mention("municipality", f"{name.group()} kommun", Span(at + name.start(), at + name.end())))  # fmt: skip
    for match in _MUNICIPALITY.finditer(flat, start, end):
        if match["place"] in _NOT_PLACES:
            continue
        span = Span(*match.span())
        found.append(Mention("municipality", prose.clean(span), span))
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


def propose_parties(prose: Prose, notes: Notes, signature: list[Span]) -> None:
    """Parties: from a list of parties, from who agrees with whom, and from the signatures."""
    places = _places_of_parties(prose, signature)
    chosen: dict[str, tuple[Mention, float, str, Span]] = {}
    for span, confidence, rule in places:
        for mention in mentions_in(prose, span):
            key = _key(mention)
            known = chosen.get(key)
            better = known is None or confidence > known[1] or (
                confidence == known[1] and len(mention.name) > len(known[0].name)
            )  # fmt: skip
            if better:
                chosen[key] = (mention, confidence, rule, span)
    _drop_plain_police(chosen)
    several = [m for m, *_ in chosen.values() if m.kind == "municipality"]
    for mention, confidence, rule, span in chosen.values():
        name = _party_id(mention, len(several) > 1)
        path = f"parties.{name}"
        kind = "police_area" if mention.kind == "police" else mention.kind
        notes.add(
            "party", path, {"kind": kind, "name": mention.name}, mention.span,
            confidence=confidence, rule=rule,
        )  # fmt: skip
        if rule == "party_list":
            _details(prose, notes, path, Span(mention.span.start, span.end))


def propose_others(prose: Prose, notes: Notes) -> None:
    """Organisations that take part but are not found among the parties."""
    parties = {value["name"] for _name, value in notes.under("parties")}
    keys = {_stem(name) for name in parties}
    for mention in mentions_in(prose, Span(0, len(prose.text))):
        named = " " in mention.name or mention.kind == "municipal_company"
        if mention.kind in ("police", "police_area", "probation") or not named:
            continue
        if _stem(mention.name) in keys or mention.name.isupper():
            continue
        keys.add(_stem(mention.name))
        notes.add(
            "other", f"others.{slug(mention.name)}", {"kind": mention.kind, "name": mention.name},
            mention.span, confidence=0.6, rule="named_organisation",
        )  # fmt: skip


def _places_of_parties(prose: Prose, signature: list[Span]) -> list[tuple[Span, float, str]]:
    places: list[tuple[Span, float, str]] = []
    for block in prose.blocks:
        heading = prose.heading_of(block).casefold()
        if block.kind == "item" and re.match(
            r"(?:avtals)?parter|avtalande|samverkansparter", heading
        ):
            places.append((block.span, 0.95, "party_list"))
    early = max(2500, len(prose.text) // 5)
    for block in prose.blocks:
        if block.kind == "heading" and block.span.start < 1500:
            places.append((block.span, 0.8, "title"))
    for sentence in prose.sentences:
        if sentence.span.start < early and _AGREES.search(sentence.text):
            places.append((sentence.span, 0.85, "agrees_with"))
    places.extend((span, 0.75, "signature") for span in signature)
    return places


def _details(prose: Prose, notes: Notes, path: str, span: Span) -> None:
    number = _ORGNR.search(prose.flat, span.start, span.end)
    if number:
        digits = re.sub(r"\s", "", number[1]).replace("–", "-")
        if orgnr.is_valid(digits):
            notes.add(
                "organisation_number", f"{path}.organisation_number", digits,
                Span(*number.span(1)), confidence=0.98, rule="checked_number",
            )  # fmt: skip
    address = _ADDRESS.search(prose.flat, number.end() if number else span.start, span.end)
    if address:
        value = {key: " ".join(text.split()) for key, text in address.groupdict().items()}
        notes.add("address", f"{path}.address", value, Span(*address.span()), confidence=0.9, rule="address")  # fmt: skip
    called = _CALLED.search(prose.flat, span.start, span.end)
    if called:
        group = "name" if called["name"] else "quoted"
        words = Span(*called.span(group))
        notes.add("local_name", f"{path}.local_name", prose.clean(words), words, confidence=0.9, rule="called")  # fmt: skip


def _key(mention: Mention) -> str:
    if mention.kind in ("police", "police_area"):
        place = re.findall(_NAME, mention.name)
        return "police:" + (_stem(place[-1]) if mention.kind == "police_area" and place else "")
    if mention.kind == "probation":
        return "probation"
    return f"{mention.kind}:{_stem(mention.name)}"


def _stem(name: str) -> str:
    """A name without its genitive: ``Laholms kommun`` and ``Laholm kommun`` are one."""
    first, *rest = name.casefold().split()
    return " ".join([first.removesuffix("s"), *rest])


def _drop_plain_police(chosen: dict[str, tuple[Mention, float, str, Span]]) -> None:
    """”Polisen” beside a named police area is the same party."""
    if "police:" in chosen and any(
        key.startswith("police:") and key != "police:" for key in chosen
    ):
        del chosen["police:"]


def _party_id(mention: Mention, several: bool) -> str:
    if mention.kind == "municipality":
        return slug(_stem(mention.name).removesuffix(" kommun")) if several else "kommunen"
    if mention.kind in ("police", "police_area"):
        return "polisen"
    return "kriminalvarden" if mention.kind == "probation" else slug(mention.name)
