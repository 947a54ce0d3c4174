"""Who has entered into the agreement, with number, address and local name; and who only takes part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from stdnum.se import orgnr

from samsyn.domains.agreements.file.draft.notes import Notes, slug
from samsyn.domains.agreements.file.draft.organisations import Mention, key_of, mentions_in, stem
from samsyn.domains.agreements.file.draft.prose import Prose, Span

_NUMBER = re.compile(r"(?<!\d)(\d{6}\s?[-–]\s?\d{4})(?!\d)")
_ADDRESS = re.compile(
    r"(?P<street>[A-ZÅÄÖ][\wåäöé]+(?:\s+[A-ZÅÄÖ]?[\wåäöé]+){0,3}\s+\d+\s?[A-Za-z]?|Box\s+\d+)[,\s]+(?P<postcode>\d{3}\s?\d{2})\s+(?P<city>[A-ZÅÄÖ][a-zåäö]+)"
)
_CALLED = re.compile(
    r"(?:nedan|härefter|fortsättningsvis|i\s+det\s+följande)\s+(?:kallade?|kallat|benämn\w+)?\s*[”\"“']?(?P<name>[\wåäöÅÄÖ]{3,30})[”\"”'.,)]"
    r"|[”\"“]\s*(?P<quoted>[A-ZÅÄÖ][\wåäö]+(?: [\wåäö]+){0,2})\s*[”\"“]"
)
_AGREES = re.compile(
    r"\bmellan\b|\bingå(?:r|tt|s)?\s+(?:\w+\s+){0,3}(?:överenskommelse|avtal)|\bträffa(?:r|ts|t|de)?\b|\bparter(?:na)?\s+(?:i|till|är)\b|\bgenom\s+följande\b"
    r"|\bbeslut\w*\s+om\s+samverkan|\b(?:kommit|är)\s+överens|överenskommelse|samverkansavtal|\bsamarbeta(?:t|r)\b|^Mellan\b|\blovar\b|\bsamverkar\b|\btradition\s+av\b|\bsamverkat\b",
    re.IGNORECASE,
)
_ONLY_MEMBERS = re.compile(
    r"\b(?:ingår(?!\s+(?:\w+\s+){0,3}(?:\w*överenskommelse|\w*avtal))|ledamöter|deltagare|representant\w*|adjunger\w*|bjuds\s+in|består\s+av)\b", re.IGNORECASE
)  # fmt: skip
_PARTY_HEADING = re.compile(r"(?:avtals|samverkans)?part(?:er|erna)?\b|avtalande|ingående\s+parter", re.IGNORECASE)  # fmt: skip
_NEVER = ("Sveriges", "Rikspolis")


@dataclass(frozen=True)
class _Stretch:
    span: Span
    confidence: float
    rule: str


def propose_parties(prose: Prose, notes: Notes, signature: list[Span]) -> None:
    """Parties: from a list of parties, from who agrees with whom, and from the signatures."""
    chosen: dict[str, tuple[Mention, _Stretch]] = {}
    for stretch in _stretches(prose, signature):
        for mention in mentions_in(prose, stretch.span):
            _choose(prose, chosen, mention, stretch)
    _drop_plain_police(prose, chosen)
    several = sum(m.kind == "municipality" for m, _ in chosen.values()) > 1
    paths: dict[str, str] = {}
    for key, (mention, stretch) in chosen.items():
        path = f"parties.{_party_id(mention, several)}"
        paths[key] = path
        kind = "police_area" if mention.kind == "police" else mention.kind
        name = re.sub(r"\s*\(", ", ", mention.name) if "(" in mention.name else mention.name
        notes.add("party", path, {"kind": kind, "name": name}, mention.span, confidence=stretch.confidence, rule=stretch.rule)  # fmt: skip
    _propose_details(prose, notes, paths, signature)


def _choose(
    prose: Prose, chosen: dict[str, tuple[Mention, _Stretch]], mention: Mention, stretch: _Stretch
) -> None:
    key = key_of(mention)
    known = chosen.get(key)
    private = mention.kind in (
        "company",
        "municipal_company",
        "association",
        "other",
        "state_agency",
    )
    if (
        private
        and stretch.rule == "agrees_with"
        and not _stands_among(prose, mention, stretch.span)
    ):
        return
    if private and known is None and stretch.rule == "signature":
        stretch = _Stretch(stretch.span, stretch.confidence - 0.1, stretch.rule)
    longer = known is not None and stretch.confidence == known[1].confidence and len(mention.name) > len(known[0].name)  # fmt: skip
    fuller = known is not None and mention.kind == "police_area" and len(mention.name) > len(known[0].name) + 8  # fmt: skip
    if known is None or stretch.confidence > known[1].confidence or longer or fuller:
        better = known is not None and fuller and stretch.confidence < known[1].confidence
        chosen[key] = (mention, known[1] if known is not None and better else stretch)


def _stands_among(prose: Prose, mention: Mention, within: Span) -> bool:
    """The name stands in a row of parties: after ”mellan”, a comma, ”och”, ”samt”, or first."""
    before = prose.flat[within.start : mention.span.start].rstrip()
    return not before or bool(re.search(r"(?:,|\boch|\bsamt|\bmellan|\bär|:)$", before))


def _stretches(prose: Prose, signature: list[Span]) -> list[_Stretch]:
    """Where parties are named, and how sure it makes us."""
    found: list[_Stretch] = []
    listed = False
    for block in prose.blocks:
        heading = prose.heading_of(block)
        if not _PARTY_HEADING.match(heading) or block.kind == "heading":
            continue
        words = prose.words_of(block)
        if block.kind in ("item", "row") or block.number or len(mentions_in(prose, block.span)) > 1:
            listed = True
            row = prose.blocks[0].span if not words else block.span
            found.append(_Stretch(row, 0.95, "party_list"))
    early = max(2500, len(prose.text) // 5)
    for number, block in enumerate(prose.blocks):
        words = prose.words_of(block)
        plain = number < 6 and block.kind == "paragraph" and len(words) < 250 and words[-1:] != "."
        title = plain or (block.kind == "heading" and not block.number)
        if title and block.kind != "row" and block.span.start < min(1500, early):
            found.append(_Stretch(block.span, 0.8, "title"))
    for sentence in prose.sentences:
        if (
            sentence.span.start < early
            and _AGREES.search(sentence.text)
            and not _ONLY_MEMBERS.search(sentence.text)
        ):
            found.append(_Stretch(sentence.span, 0.7 if listed else 0.85, "agrees_with"))
    found.extend(_Stretch(span, 0.75, "signature") for span in signature)
    return found


def _drop_plain_police(prose: Prose, chosen: dict[str, tuple[Mention, _Stretch]]) -> None:
    """”Polisen” beside a named police area is the same party; so is its own region."""
    areas = [key for key in chosen if key.startswith("police:") and key != "police:"]
    if areas:
        chosen.pop("police:", None)
    elif "police:" in chosen:
        whole = next((m for m in mentions_in(prose, Span(0, len(prose.text))) if m.kind == "police_area"), None)  # fmt: skip
        if whole:
            chosen["police:"] = (whole, chosen["police:"][1])
    local = [k for k in areas if re.search(r"lokalpolis|närpolis|LPO|Polisen\s+i", chosen[k][0].name, re.IGNORECASE)]  # fmt: skip
    for key in areas:
        if local and key not in local:
            del chosen[key]
    unsure = [k for k in local if chosen[k][1].rule in ("signature", "title")]
    if len(local) > 1 and len(unsure) < len(local):
        for key in unsure:
            del chosen[key]


def _propose_details(
    prose: Prose, notes: Notes, paths: dict[str, str], signature: list[Span]
) -> None:
    """Organisation numbers, addresses and local names: each belongs to the party named before it."""
    early = max(4000, len(prose.text) // 3)
    for block in prose.blocks:
        if block.span.start > early and not any(s.start <= block.span.start < s.end for s in signature):  # fmt: skip
            continue
        named = [(m, paths[key_of(m)]) for m in mentions_in(prose, block.span) if key_of(m) in paths]  # fmt: skip
        for (mention, path), following in zip_longest(named, named[1:]):
            end = following[0].span.start if following else block.span.end
            _details(prose, notes, path, Span(mention.span.end, end))


def _details(prose: Prose, notes: Notes, path: str, span: Span) -> None:
    number = _NUMBER.search(prose.flat, span.start, span.end)
    if number and re.search(r"[ÅÄÖA-Zåäöa-z]{4,}[.!?]\s+[A-ZÅÄÖ]", prose.flat[span.start : number.start()]):  # fmt: skip
        number = None
    if number:
        digits = re.sub(r"\s", "", number[1]).replace("–", "-")
        valid = orgnr.is_valid(digits)
        notes.add(
            "organisation_number", f"{path}.organisation_number", digits, Span(*number.span(1)),
            confidence=0.97 if valid else 0.3, rule="checked_number" if valid else "wrong_check_digit",
        )  # fmt: skip
    address = _ADDRESS.search(prose.flat, number.end() if number else span.start, span.end)
    if address and prose.block_at(span.start) is prose.block_at(address.start()):
        value = {key: " ".join(text.split()) for key, text in address.groupdict().items()}
        notes.add("address", f"{path}.address", value, Span(*address.span()), confidence=0.85, rule="address")  # fmt: skip
    called = _CALLED.search(prose.flat, span.start, span.end)
    if called and called.start() - span.start < 160:
        group = "name" if called["name"] else "quoted"
        words = Span(*called.span(group))
        notes.add("local_name", f"{path}.local_name", prose.clean(words), words, confidence=0.9, rule="called")  # fmt: skip


def _party_id(mention: Mention, several: bool) -> str:
    if mention.kind == "municipality":
        own = re.sub(r"\s+(?:kommun|stad)$", "", stem(mention.name))
        return slug(own) if several else "kommunen"
    if mention.kind in ("police", "police_area"):
        return "polisen"
    return "kriminalvarden" if mention.kind == "probation" else slug(mention.name)


def propose_others(prose: Prose, notes: Notes) -> None:
    """Organisations that take part but are not found among the parties."""
    keys = {stem(value["name"]) for section in ("parties", "others") for _n, value in notes.under(section)}  # fmt: skip
    kinds = {value["kind"] for _name, value in notes.under("parties")}
    for mention in mentions_in(prose, Span(0, len(prose.text))):
        named = " " in mention.name or mention.kind in ("municipal_company", "other", "association")
        same = mention.kind in ("police", "police_area") or mention.name.startswith(_NEVER)
        if same or not named or (mention.kind in ("probation", "region") and mention.kind in kinds):
            continue
        own = stem(mention.name)
        if any(own == key or own in key or key in own for key in keys) or mention.name.isupper():
            continue
        keys.add(own)
        notes.add(
            "other", f"others.{slug(mention.name)}", {"kind": mention.kind, "name": mention.name},
            mention.span, confidence=0.6, rule="named_organisation",
        )  # fmt: skip
