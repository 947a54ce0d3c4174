"""An agreement drawn: its bodies as boxes by level, their seats by party, and what they leave each other."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape

from samsyn.domains.agreements.file import WORDS, Agreement
from samsyn.domains.agreements.file.schema import Body, Seat
from samsyn.rhythm import Ongoing, describe

WIDTH, COLUMNS, AIR, GAP = 1000, 3, 20, 64
BOX = (WIDTH - (COLUMNS - 1) * AIR) / COLUMNS
LINE, PAD, MARK = 21, 14, 10
NAME_LETTERS, SEAT_LETTERS = 32, 36
# Role → the level it is drawn on: who decides stands above who carries out.
LEVELS = (
    ("strategic_council", "steering"),
    ("operational", "preparatory", "coordination"),
    ("weekly", "working_group"),
    ("forum",),
)


@dataclass
class Box:
    """A body with its lines of text and its place on the paper."""

    body: Body
    name: list[str]
    words: list[str]
    seats: list[tuple[str, list[str]]]
    x: float = 0
    y: float = 0
    height: float = 0

    @property
    def middle(self) -> float:
        return self.x + BOX / 2


@dataclass
class Tie:
    """What goes between two bodies: an arrow at the one that receives it."""

    lower: Box
    upper: Box
    words: list[str] = field(default_factory=list)
    up: bool = False
    down: bool = False


def initials_of(agreement: Agreement) -> dict[str, str]:
    """A short mark for each party and organisation, alone of its kind: K, P, Kr."""
    marks: dict[str, str] = {}
    for one in (*agreement.parties, *agreement.others):
        name = agreement.name_of(one.id)
        marks[one.id] = next(
            (
                mark
                for length in range(1, len(name) + 1)
                if (mark := name[:length].strip()) not in marks.values()
            ),
            f"{name[:1]}{len(marks)}",
        )
    return marks


def rhythm_of_body(agreement: Agreement, body: Body) -> str:
    """How often the body meets, from the commitment that says so; empty where none does."""
    meets = [
        one.rhythm
        for one in agreement.commitments
        if one.body == body.id and {"meeting_minuted", "meeting_held"} & set(one.evidence)
    ]
    if not meets:
        return ""
    return "utan bestämd takt" if isinstance(meets[0], Ongoing) else describe(meets[0])


def draw_bodies(agreement: Agreement, url: Callable[[Body], str]) -> str:
    """Return the bodies as SVG in the colours of the page; ``url`` gives the address behind a body.

    The same stands as a table beside it: the drawing is for those who see it.
    """
    rows = placed(agreement)
    boxes = {box.body.id: box for row in rows for box in row}
    height = max((box.y + box.height for box in boxes.values()), default=0) + 4
    return (
        f'<svg class="bodies-drawing" viewBox="-2 -2 {WIDTH + 4} {height:.0f}" role="group" '
        'aria-label="Avtalets organ och platser" xmlns="http://www.w3.org/2000/svg">'
        '<defs><marker id="pil" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="var(--ink-quiet)"/></marker></defs>'
        + "".join(tie(one, number) for number, one in enumerate(ties(agreement, boxes)))
        + "".join(drawn(box, url(box.body)) for box in boxes.values())
        + "</svg>"
    )


def placed(agreement: Agreement) -> list[list[Box]]:
    """The boxes in rows, by level, at most three beside each other."""
    rows: list[list[Box]] = []
    for roles in LEVELS:
        level = [box_of(agreement, body) for body in agreement.bodies if body.role in roles]
        rows += [level[start : start + COLUMNS] for start in range(0, len(level), COLUMNS)]
    y = 0.0
    for row in rows:
        left = (WIDTH - len(row) * BOX - (len(row) - 1) * AIR) / 2
        for position, box in enumerate(row):
            box.x, box.y = left + position * (BOX + AIR), y
        y += max(box.height for box in row) + GAP
    return rows


def box_of(agreement: Agreement, body: Body) -> Box:
    marks = initials_of(agreement)
    words = [WORDS["body.role"][body.role].capitalize()]
    often = rhythm_of_body(agreement, body)
    if often:
        words += textwrap.wrap(f"Möts {often}", SEAT_LETTERS + 2)
    if body.one_in_each:
        words.append(f"Ett i var och en av {len(body.one_in_each)} kommuner")
    if body.keeps == "trace":
        words.append("Bara att det möttes sparas")
    if body.planned:
        words.append("Ska inrättas")
    if body.template:
        words.append("Mall för arbetsgrupper")
    seats = [
        (marks.get(seat.party, "?"), textwrap.wrap(seat_words(agreement, seat), SEAT_LETTERS))
        for seat in body.seats
    ]
    name = textwrap.wrap(body.name, NAME_LETTERS)
    rows = len(name) + len(words) + sum(max(1, len(lines)) for _mark, lines in seats)
    return Box(body, name, words, seats, height=2 * PAD + rows * LINE + len(seats) * 5 + 6)


def seat_words(agreement: Agreement, seat: Seat) -> str:
    """The functions of a seat, and how it is filled."""
    words = " eller ".join(agreement.name_of(ref) for ref in seat.any_of)
    return f"{words} (vid behov)" if seat.at_need else words


def ties(agreement: Agreement, boxes: dict[str, Box]) -> list[Tie]:
    """What the bodies leave each other: proposals up, assignments down, parts of a whole."""
    found: dict[tuple[str, str], Tie] = {}

    def between(one: str, other: str) -> Tie | None:
        first, second = boxes.get(one), boxes.get(other)
        if first is None or second is None or first is second:
            return None
        upper, lower = sorted((first, second), key=lambda box: (box.y, box.x))
        return found.setdefault((upper.body.id, lower.body.id), Tie(lower, upper))

    for body in agreement.bodies:
        for sort, targets in sent_by(body):
            for target in targets:
                one = between(body.id, target)
                if one is None:
                    continue
                one.words.append(sort)
                if sort == "ingår":
                    continue
                one.up |= one.upper.body.id == target
                one.down |= one.lower.body.id == target
    return list(found.values())


def sent_by(body: Body) -> Sequence[tuple[str, Sequence[str]]]:
    """What a body sends to others: word and targets."""
    proposes = (body.decision.proposes_to,) if body.decision and body.decision.proposes_to else ()
    given = (body.mandate.mandate_from,) if body.mandate else ()
    return (("förslag", proposes), ("uppdrag", body.assigns_to), ("ingår", body.consists_of), ("mandat", given))  # fmt: skip


def tie(one: Tie, number: int) -> str:
    """A line from the lower box to the upper; beside each other, between their sides."""
    marks = (' marker-end="url(#pil)"' if one.up else "") + (
        ' marker-start="url(#pil)"' if one.down else ""
    )
    dashed = "" if one.up or one.down else ' stroke-dasharray="5 5"'
    stroke = f'fill="none" stroke="var(--ink-quiet)" stroke-width="2"{dashed}{marks}'
    words = escape(" och ".join(dict.fromkeys(one.words)))
    if one.lower.y == one.upper.y:
        y = one.lower.y + 26
        left, right = sorted((one.lower, one.upper), key=lambda box: box.x)
        start, end = (right.x, left.x + BOX) if one.lower is right else (left.x + BOX, right.x)
        return f'<path d="M{start:.0f} {y:.0f}H{end:.0f}" {stroke}><title>{words}</title></path>'
    # Lines that leave the same box part from each other.
    shift = (number % 3 - 1) * 26
    x1, y1 = one.lower.middle + shift, one.lower.y
    x2, y2 = one.upper.middle + shift, one.upper.y + one.upper.height
    bend = y1 - GAP / 2
    return (
        f'<path d="M{x1:.0f} {y1:.0f}V{bend:.0f}H{x2:.0f}V{y2:.0f}" {stroke}/>'
        f'<text x="{x1 + 8:.0f}" y="{y1 - 9:.0f}" class="drawing-tie">{words}</text>'
    )


def drawn(box: Box, url: str) -> str:
    """A body: a framed box, dashed where it does not exist yet, with one line per seat."""
    dashed = ' stroke-dasharray="6 5"' if box.body.planned or box.body.template else ""
    heavy = 3 if box.body.role in LEVELS[0] else 1.5
    x, y = box.x + PAD, box.y + PAD + 15
    parts = [
        f'<rect x="{box.x:.0f}" y="{box.y:.0f}" width="{BOX:.0f}" height="{box.height:.0f}" rx="6" '
        f'fill="var(--sheet)" stroke="var(--accent)" stroke-width="{heavy}"{dashed}/>'
    ]
    for line in box.name:
        parts.append(text(x, y, line, "drawing-name"))
        y += LINE
    for line in box.words:
        parts.append(text(x, y, line, "drawing-words"))
        y += LINE
    y += 6
    for mark, lines in box.seats:
        wide = max(24, 10 + 8 * len(mark))
        parts.append(
            f'<rect x="{x:.0f}" y="{y - 15:.0f}" width="{wide}" height="20" rx="{MARK}" fill="var(--accent-quiet)"/>'
            f'<text x="{x + wide / 2:.0f}" y="{y:.0f}" class="drawing-mark" text-anchor="middle">{escape(mark)}</text>'
        )
        for line in lines or [""]:
            parts.append(text(x + 44, y, line, "drawing-seat"))
            y += LINE
        y += 5
    label = escape(
        f"{box.body.name}, {WORDS['body.role'][box.body.role]}, {len(box.seats)} platser"
    )
    inner = "".join(parts)
    if not url:
        return f"<g>{inner}</g>"
    return f'<a href="{escape(url)}" aria-label="{label}" class="drawing-body">{inner}</a>'


def text(x: float, y: float, words: str, css: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" class="{css}">{escape(words)}</text>'
