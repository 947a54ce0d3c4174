"""Why a commitment stands where it stands, in Swedish sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samsyn.rhythm.kinds import PerTerm, PerYear, Rhythm
from samsyn.rhythm.model import Hardness, Occurrence, StateName, Wording
from samsyn.rhythm.wording import frequency
from samsyn.rhythm.words import day, listed, numeral, ordinal, sentence, times

AIM = "Det är ett mål och räknas aldrig som försenat."
DOUBTED = "Ett underlag är ifrågasatt."


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known when the sentence is written.

    `focus` is the group judged (the year, the term, the week), `done_keys` what of it is proved,
    `next` the occurrence asked for now, `missed` the one that makes it late.
    """

    name: StateName
    focus: tuple[Occurrence, ...]
    done_keys: frozenset[str]
    next: Occurrence | None
    missed: Occurrence | None


def explain(
    rhythm: Rhythm,
    standing: Standing,
    wording: Wording,
    at: date,
    hardness: Hardness,
    planned: Sequence[date],
) -> str:
    """Return one to four short sentences: what is asked, how far it is, by when."""
    parts = [
        _asked(rhythm, standing, wording, at, hardness),
        *_progress(standing, rhythm, wording, at, planned),
    ]
    return " ".join(sentence(part) for part in parts if part)


def _asked(
    rhythm: Rhythm, standing: Standing, wording: Wording, at: date, hardness: Hardness
) -> str:
    late = standing.missed is not None and standing.name is StateName.LATE
    must = hardness is Hardness.MUST
    verb = ("skulle" if late else "ska") if must else "bör"
    how_often = frequency(rhythm)
    if isinstance(rhythm, PerYear) and standing.focus:
        year = int(standing.focus[0].group)
        expected = len(standing.focus)
        when = "i år" if year == at.year else f"{'' if year < at.year else 'under '}{year}"
        how_often = f"{times(rhythm.times)} {when}"
        if expected < rhythm.times:
            how_often = f"{times(rhythm.times)} per år, {when} {times(expected)}"
    aside = " när det är möjligt" if hardness is Hardness.WHEN_POSSIBLE else ""
    return f"{wording.subject} {verb} {wording.duty} {how_often}{aside}"


def _progress(
    standing: Standing, rhythm: Rhythm, wording: Wording, at: date, planned: Sequence[date]
) -> list[str]:
    if isinstance(rhythm, PerTerm):
        return _by_place(standing, wording, at)
    if isinstance(rhythm, PerYear):
        return _by_count(standing, wording, at, planned)
    return _by_label(standing, at, planned, wording)


def _by_count(standing: Standing, wording: Wording, at: date, planned: Sequence[date]) -> list[str]:
    expected = len(standing.focus)
    done = sum(each.key in standing.done_keys for each in standing.focus)
    if not expected:
        return ["Inget tillfälle ryms i avtalstiden"]
    if done == expected:
        return [
            f"{_have_been(done, wording)}, det är alla" if done > 1 else _have_been(done, wording)
        ]
    deadline = standing.focus[-1].deadline
    if deadline < at:
        return [_have_been(done, wording), f"Sista dag var {day(deadline)}"]
    text = _have_been(done, wording)
    if done or wording.booked:
        text += f", {_the_next(done + 1, expected, wording, at, planned)}"
    return [text, f"Senast {day(deadline, at)}"]


def _the_next(
    number: int, expected: int, wording: Wording, at: date, planned: Sequence[date]
) -> str:
    coming = min((each for each in planned if each >= at), default=None)
    this = f"{'det' if wording.neuter else 'den'} {ordinal(number)}"
    if wording.booked and coming is not None:
        return f"{this} är {wording.booked} till {day(coming, at)}"
    if wording.booked:
        return f"{this} är inte {wording.booked}"
    left = expected - number + 1
    return f"{this} återstår" if left == 1 else f"{numeral(left)} återstår"


def _have_been(number: int, wording: Wording) -> str:
    if number == 0:
        return f"{_some(0, wording.neuter)} {wording.one} {wording.did}"
    if number == 1:
        return f"{numeral(1, wording.neuter)} {wording.one} {wording.did}"
    return f"{numeral(number)} {wording.many} {wording.did}"


def _by_place(standing: Standing, wording: Wording, at: date) -> list[str]:
    if not standing.focus:
        return ["Inget tillfälle ryms i avtalstiden"]
    counts: dict[str, list[bool]] = {}
    for each in standing.focus:
        counts.setdefault(each.place, []).append(each.key in standing.done_keys)
    shown = [
        f"{f'i {place} ' if place else ''}{_some(sum(done), wording.neuter)} av {numeral(len(done), wording.neuter)}"
        for place, done in counts.items()
    ]
    term, year = standing.focus[0].label.split(" ")[:2]
    deadline = standing.focus[-1].deadline
    last = f"Sista dag var {day(deadline)}" if deadline < at else f"Senast {day(deadline, at)}"
    finished = all(all(done) for done in counts.values())
    return [
        f"{term} {year}: {listed(shown)} {wording.many} {wording.did}",
        "" if finished else last,
    ]


def _some(number: int, neuter: bool) -> str:
    return numeral(number, neuter) if number else "inget" if neuter else "ingen"


def _by_label(standing: Standing, at: date, planned: Sequence[date], wording: Wording) -> list[str]:
    if standing.missed is not None and standing.name is StateName.LATE:
        return [
            f"Underlag saknas {_for(standing.missed)}",
            f"Sista dag var {day(standing.missed.deadline)}",
        ]
    if standing.name is StateName.DONE:
        text = f"Det är klart {_for(standing.focus[-1])}" if standing.focus else "Det är klart"
        return [text, _next_time(standing.next, at)]
    if standing.next is None:
        return ["Inget mer tillfälle ryms i avtalstiden"]
    if standing.name is not StateName.DUE:
        return [_next_time(standing.next, at)]
    coming = min((each for each in planned if each >= at), default=None)
    booked = (
        f"{sentence(wording.one)[:-1]} är {wording.booked} till {day(coming, at)}"
        if coming and wording.booked
        else ""
    )
    return [
        f"Det är inte klart {_for(standing.next)} än",
        booked,
        f"Senast {day(standing.next.deadline, at)}",
    ]


def _next_time(following: Occurrence | None, at: date) -> str:
    if following is None:
        return ""
    return f"Nästa gång: {following.label}, senast {day(following.deadline, at)}"


def _for(occurrence: Occurrence) -> str:
    return occurrence.label if occurrence.label.startswith("inför") else f"för {occurrence.label}"
