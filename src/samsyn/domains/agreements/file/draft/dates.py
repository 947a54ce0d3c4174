"""Validity, renewal, and the agreements before, after and beside this one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from samsyn.domains.agreements.file.draft.notes import Notes
from samsyn.domains.agreements.file.draft.prose import Prose, Sentence, Span
from samsyn.domains.agreements.file.draft.rhythm_words import MONTHS, NUMBERS
from samsyn.domains.agreements.file.schema.base import PartialDate

_MONTH = "|".join(MONTHS) + "|jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|dec"
DATE = (
    rf"(?:(?:den\s+)?\d{{1,2}}\s+(?:{_MONTH})\.?\s+(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d\d-\d\d(?!\d)"
    rf"|(?:{_MONTH})\s+(?:19|20)\d\d|(?:19|20)\d\d)"
)
_FROM_TO = (
    rf"(?:från\s+och\s+med|fr\.?\s?o\.?\s?m\.?|från|mellan)\s+(?:år\s+|åren\s+)?(?P<start>{DATE})\s*,?\s*(?:och\s+|samt\s+)?"
    rf"(?:till\s+och\s+med|t\.?\s?o\.?\s?m\.?|till|och|fram\s+till)\s+(?:utgången\s+av\s+)?(?:år\s+)?(?P<end>{DATE})"
)
_SPAN = rf"(?:under\s+|för\s+|avser\s+|perioden\s+|tidsperioden\s+|åren\s+|år\s+|avtalsperioden\s+|gäller\s+)+(?P<start>{DATE})\s*(?:[–—-]{{1,2}}|till\s+och\s+med|till|t\.?o\.?m\.?)\s*(?P<end>{DATE})"
_YEARS = r"\b(?P<start>20\d\d)\s*(?:–|-|—|till)\s*(?P<end>20\d\d)\b"
_START = rf"(?:gäller|löper|träder\s+i\s+kraft|gälla)\s+(?:tills\s+vidare\s+)?(?:från\s+och\s+med|fr\.?o\.?m\.?|från|den)?\s*(?P<start>{DATE})"
_END = rf"(?:gäller|löper)\s+(?:till\s+och\s+med|t\.?\s?o\.?\s?m\.?|fram\s+till|till)\s+(?P<end>{DATE})"
_ABOUT = re.compile(
    r"överenskommelse|avtal|gäller|medborgarlöfte|giltig|löper|period", re.IGNORECASE
)


_COUNT = rf"(?P<n>\d{{1,2}}|{'|'.join(NUMBERS)})"
_LEAVES = re.compile(r"uppsäg|säg(?:a|s|er|as)\s+(?:\w+\s+){0,4}?upp\b|\bsägs\b|varsel|lämna\s+(?:överenskommelsen|avtalet|samarbetet)", re.IGNORECASE)  # fmt: skip
_NOTICE = re.compile(
    rf"\b{_COUNT}\s*(?:\(\d+\)\s*)?(?P<unit>månad\w*|års?\b|halvår)", re.IGNORECASE
)
_EXTENDS = re.compile(
    rf"(?:förlängs|förlängas|förlängning)\b.{{0,80}}?\b(?:med|om|på)\s+{_COUNT}\s+(?:\(\d+\)\s*)?år", re.IGNORECASE
)  # fmt: skip
_FROM_SIGNING = re.compile(r"\bfrån\s+(?:och\s+med\s+)?(?:undertecknandet|dess\s+undertecknande|den\s+dag\s+d\w+\s+underteckna\w+)\b", re.IGNORECASE)  # fmt: skip
_EARLIEST = re.compile(rf"\b(?:dock\s+)?tidigast\s+(?:från\s+)?(?P<start>{DATE})", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:till\s+och\s+med|t\.?o\.?m\.?|fram\s+till|till|upphör)\s+(?:utgången\s+av\s+)?(?P<end>{DATE})", re.IGNORECASE)  # fmt: skip
_TITLE_YEAR = re.compile(r"\b(?P<year>20\d\d)\b(?!\s*[-–:])")


class Signed(Protocol):
    """Where the parties sign."""

    @property
    def span(self) -> Span: ...


def read_date(words: str) -> str | None:
    """A date in words as the file writes it: ``den 12 januari 2023`` → ``2023-01-12``."""
    text = " ".join(words.casefold().split()).removeprefix("den ")
    if re.fullmatch(r"(19|20)\d\d(-\d\d){0,2}", text):
        found = text
    else:
        match = re.fullmatch(r"(?:(\d{1,2}) )?([a-zå]+)\.? ((?:19|20)\d\d)", text)
        month = match and next((n for name, n in MONTHS.items() if name.startswith(match[2])), None)
        if match is None or not month:
            return None
        found = f"{match[3]}-{month:02d}" + (f"-{int(match[1]):02d}" if match[1] else "")
    try:
        return str(PartialDate.parse(found))
    except ValueError:
        return None


def propose_validity(prose: Prose, notes: Notes, signings: Sequence[Signed]) -> None:
    """From when to when, the surest wording first; notice and prolongation."""
    for pattern, confidence, rule in (
        (_FROM_TO, 0.95, "from_to"),
        (_SPAN, 0.9, "period"),
        (_START, 0.75, "valid_from"),
        (_END, 0.75, "valid_to"),
    ):
        for span, heading in _stretches(prose):
            words = prose.flat[span.start : span.end]
            if not (_ABOUT.search(words) or "giltig" in heading.casefold()):
                continue
            match = re.compile(pattern, re.IGNORECASE).search(prose.flat, span.start, span.end)
            if match and not re.search(r"ersätter|tidigare", words, re.IGNORECASE):
                _propose(prose, notes, match, confidence, rule)
                break
    _propose_ends(prose, notes, signings)
    _propose_terms(prose, notes)
    for block in prose.blocks[:12]:
        match = re.compile(_YEARS).search(prose.flat, block.span.start, block.span.end)
        if match and int(match["start"]) < int(match["end"]):
            _propose(prose, notes, match, 0.8, "years_of_title")
            return
    if notes.at("validity.from") is None:
        _propose_title_year(prose, notes)


def _propose_ends(prose: Prose, notes: Notes, signings: Sequence[Signed]) -> None:
    """”Från undertecknandet … till den 15 maj 2025”, ”gäller … till och med den 31 mars 2028”."""
    for sentence in prose.sentences:
        if not re.search(r"\b(?:gäller|löper|gälla|giltig)\b", sentence.text):
            continue
        start, end = sentence.span.start, sentence.span.end
        signed = _FROM_SIGNING.search(prose.flat, start, end)
        day = _day_of_signing(prose, signings) if signed else None
        if signed and day:
            notes.add("validity", "validity.from", day, Span(*signed.span()), confidence=0.8, rule="from_signing")  # fmt: skip
        for pattern, group, field in ((_EARLIEST, "start", "from"), (_UNTIL, "end", "to")):
            match = pattern.search(prose.flat, start, end)
            date = read_date(match[group]) if match else None
            if match and date and notes.at(f"validity.{field}") is None:
                notes.add("validity", f"validity.{field}", date, Span(*match.span(group)), confidence=0.85, rule="ends")  # fmt: skip


def _day_of_signing(prose: Prose, signings: Sequence[Signed]) -> str | None:
    for signing in signings:
        match = re.compile(DATE).search(prose.flat, signing.span.start, signing.span.end)
        if match:
            return read_date(match.group())
    return None


def _propose_title_year(prose: Prose, notes: Notes) -> None:
    """”Medborgarlöfte 2016” is for that year."""
    for block in prose.blocks[:4]:
        match = _TITLE_YEAR.search(prose.flat, block.span.start, block.span.end)
        if match and block.kind != "item" and re.search(r"löfte|överenskommelse|avtal", prose.words_of(block), re.IGNORECASE):  # fmt: skip
            for field in ("from", "to"):
                if notes.at(f"validity.{field}") is None:
                    notes.add("validity", f"validity.{field}", match["year"], Span(*match.span("year")), confidence=0.65, rule="year_of_title")  # fmt: skip
            return


def _stretches(prose: Prose) -> list[tuple[Span, str]]:
    """Sentences and headings, each with the heading it stands under."""
    found = [(s.span, prose.heading_of(prose.blocks[s.block])) for s in prose.sentences]
    found += [(block.span, "") for block in prose.blocks if block.kind == "heading"]
    return sorted(found, key=lambda pair: pair[0].start)


def _propose_terms(prose: Prose, notes: Notes) -> None:
    """Notice, and prolongation when nobody gives it."""
    for sentence in prose.sentences:
        start, end = sentence.span.start, sentence.span.end
        extends = _EXTENDS.search(prose.flat, start, end)
        if extends:
            notes.add("validity", "validity.extends_by_years", _count(extends["n"]), Span(*extends.span()), confidence=0.85, rule="extends_by_years")  # fmt: skip
        leaves = _LEAVES.search(prose.flat, start, end)
        notice = _NOTICE.search(prose.flat, start, extends.start() if extends and extends.start() > (leaves.start() if leaves else start) else end) if leaves else None  # fmt: skip
        if notice:
            months = 6 if notice["unit"] == "halvår" else _count(notice["n"]) * (1 if notice["unit"].casefold().startswith("mån") else 12)  # fmt: skip
            if 0 < months <= 36:
                notes.add("validity", "validity.notice_months", months, Span(*notice.span()), confidence=0.85, rule="notice_months")  # fmt: skip


def _count(word: str) -> int:
    return NUMBERS.get(word.casefold()) or int(word)


def _propose(
    prose: Prose, notes: Notes, match: re.Match[str], confidence: float, rule: str
) -> None:
    for group, field in (("start", "from"), ("end", "to")):
        if group not in match.groupdict():
            continue
        date = read_date(match[group])
        if date:
            notes.add(
                "validity", f"validity.{field}", date, Span(*match.span(group)),
                confidence=confidence, rule=rule,
            )  # fmt: skip


_REPLACES = re.compile(
    rf"\b(?P<verb>ersätter|förlänger|upphäver)\b(?P<rest>.*?)(?P<date>{DATE})?[.\s]*$",
    re.IGNORECASE,
)
_ENDED = re.compile(
    rf"\b(?P<title>tidigare\s+(?:samverkans)?(?:överenskommelse|avtal)\w*)\b[^.]*?(?P<date>{DATE})?[^.]*\bupphör\b",
    re.IGNORECASE,
)
_RENEW = re.compile(
    r"\b(?:ny|nästa|reviderad|förnyad)\s+(?:samverkans)?överenskommelse\b.*?(?:under|senast|hösten|våren|år)\s+(?:år\s+)?(?P<year>20\d\d)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    rf"\bsedan\s+(?P<date>(?:den\s+)?{DATE})\s+(?:råder|finns|gäller)\s+(?:ett|en)\s+(?P<title>[\wåäö ]*?avtal|[\wåäö ]*?överenskommelse)\b",
    re.IGNORECASE,
)
_UNDERLYING = re.compile(r"\b(?P<title>underliggande\s+avtal|lokala\s+överenskommelser)\b", re.IGNORECASE)  # fmt: skip
_ORIGINALS = re.compile(
    r"\b(?P<n>\d|ett|två|tre|fyra|fem|sex)\s+(?:\(\d\)\s+)?(?:\w+\s+)?(?:original)?(?:exemplar|original)\b",
    re.IGNORECASE,
)


def propose_chain(prose: Prose, notes: Notes) -> None:
    """What the agreement replaces or prolongs, when it is to be renewed, and what lies beside it."""
    for sentence in prose.sentences:
        match = _REPLACES.search(sentence.text)
        if match and re.search(r"överenskommelse|avtal", sentence.text, re.IGNORECASE):
            _propose_link(prose, notes, sentence, match)
        ended = _ENDED.search(prose.flat, sentence.span.start, sentence.span.end)
        if ended:
            value: dict[str, object] = {"relation": "replaces", "title": " ".join(ended["title"].split())}  # fmt: skip
            date = read_date(ended["date"]) if ended["date"] else None
            notes.add("chain", "chain.0", value | ({"date": date} if date else {}), Span(*ended.span("title")), confidence=0.75, rule="ends_with_this", sentence=sentence.span)  # fmt: skip
        renew = _RENEW.search(prose.flat, sentence.span.start, sentence.span.end)
        if renew:
            notes.add(
                "renewal", "validity.renew_in", renew["year"], Span(*renew.span("year")),
                confidence=0.85, rule="new_agreement_in",
            )  # fmt: skip
        for pattern in (_RELATED, _UNDERLYING):
            related = pattern.search(prose.flat, sentence.span.start, sentence.span.end)
            if related:
                title = " ".join(related["title"].split())
                beside: dict[str, object] = {"title": title}
                since = read_date(related["date"]) if "date" in related.groupdict() else None
                if since:
                    beside["since"] = since
                notes.add(
                    "related", f"related.{len(list(notes.under('related')))}", beside,
                    Span(*related.span("title")), confidence=0.7, rule="another_agreement",
                )  # fmt: skip


def _propose_link(prose: Prose, notes: Notes, sentence: Sentence, match: re.Match[str]) -> None:
    date = read_date(match["date"]) if match["date"] else None
    relation = "prolongs" if match["verb"].casefold() == "förlänger" else "replaces"
    title = re.sub(r"\s+från\s+(?:den\s+)?$", "", match["rest"]).strip(" ,.")
    title = re.split(r"\s+och\s+|,", title)[0]
    span = prose.find(title, sentence.span) if title else None
    if span is None or not re.search(r"överenskommelse|avtal|löfte", title) or re.search(r"\b(?:inte|ej)\b", sentence.text[: match.end()]):  # fmt: skip
        return
    value: dict[str, object] = {"relation": relation, "title": title[:300]}
    if date:
        value["date"] = date
    if re.search(r"\bförlängd\w*", match["rest"], re.IGNORECASE):
        value["was_prolonged"] = True
    notes.add("chain", "chain.0", value, span, confidence=0.85, rule="replaces", sentence=sentence.span)  # fmt: skip


def originals(prose: Prose) -> tuple[int, Span] | None:
    """The number of signed originals, where the text says it."""
    words = {"ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6}
    match = _ORIGINALS.search(prose.flat)
    if match is None:
        return None
    number = words.get(match["n"].casefold()) or int(match["n"])
    return (number, Span(*match.span())) if number else None
