"""Where a commitment stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from samsyn.rhythm.calendar import Calendar, Span
from samsyn.rhythm.kinds import AtEvent, EveryYears, Once, Ongoing, Rhythm, Weekly, WhenNeeded
from samsyn.rhythm.matching import counted, filled_by
from samsyn.rhythm.model import (
    EvidenceItem,
    Hardness,
    Occurrence,
    State,
    StateName,
    Validity,
    Wording,
)
from samsyn.rhythm.occurrences import around, is_paused, next_due, occurrences, pause_spans
from samsyn.rhythm.sentences import AIM, DOUBTED, Standing, explain
from samsyn.rhythm.wording import frequency
from samsyn.rhythm.words import day, numeral, sentence

# From worst to best among those that an interval can give.
ORDER = (StateName.LATE, StateName.DUE, StateName.UPCOMING, StateName.DONE)


def state(
    rhythm: Rhythm,
    calendar: Calendar,
    validity: Validity,
    evidence: Sequence[EvidenceItem],
    at: date,
    hardness: Hardness = Hardness.MUST,
    wording: Wording | str = "Åtagandet",
    planned: Sequence[date] = (),
) -> State:
    """Return the state of a commitment on `at`, and why.

    Parameters
    ----------
    evidence : what is known; only what is dated within the agreement and not after `at` counts.
    hardness : MUST can be late; SHOULD is soft where it would be late; WHEN_POSSIBLE is soft where
        it would be due or late.
    wording : a Wording, or just the name of the thing ("Lägesbilden").
    planned : days for which the next one is called or booked; only the sentence uses them.

    Returns
    -------
    State. A missed occurrence makes it late until a later one is done (or a weekly pause has come
    between). Never raises on valid values.
    """
    words = Wording.task(wording) if isinstance(wording, str) else wording
    outside = _outside_agreement(validity, at)
    if outside is not None:
        return outside
    known = counted(evidence, validity, at)
    if isinstance(rhythm, WhenNeeded | AtEvent | Ongoing):
        found = _without_interval(rhythm, known, words, at)
    elif isinstance(rhythm, EveryYears) and rhythm.by is None:
        found = _clock(rhythm, calendar, validity, known, words, at)
    elif isinstance(rhythm, Weekly) and (rest := _resting(rhythm, calendar, at)) is not None:
        found = _paused(rhythm, calendar, validity, known, rest, at)
    else:
        found = _with_interval(rhythm, calendar, validity, known, words, at, hardness, planned)
    if any(item.doubted for item in known):
        found = replace(found, doubted=True, why=f"{found.why} {DOUBTED}")
    return _soften(found, hardness)


def _outside_agreement(validity: Validity, at: date) -> State | None:
    if at < validity.start:
        why = f"Överenskommelsen börjar gälla {day(validity.start)}."
        return State(StateName.UPCOMING, why)
    if validity.end is not None and at > validity.end:
        return State(StateName.NOT_APPLICABLE, f"Överenskommelsen gick ut {day(validity.end)}.")
    if at < validity.active_from:
        why = f"Samsyn används från {day(validity.active_from)}. Inget förfaller dessförinnan."
        return State(StateName.UPCOMING, why)
    return None


def _without_interval(
    rhythm: Rhythm, known: Sequence[EvidenceItem], words: Wording, at: date
) -> State:
    asked = sentence(f"{words.subject} ska {words.duty} {frequency(rhythm)}")
    if not known:
        return State(StateName.SOFT, f"{asked} Inget är noterat än.")
    this_year = sum(item.on.year == at.year for item in known)
    count = (
        f"{numeral(this_year)} {'gång' if this_year == 1 else 'gånger'} i år, " if this_year else ""
    )
    why = f"{asked} {sentence(f'Noterat {count}senast {day(known[-1].on, at)}')}"
    return State(StateName.SOFT, why, done_count=this_year)


def _clock(
    rhythm: EveryYears,
    calendar: Calendar,
    validity: Validity,
    known: Sequence[EvidenceItem],
    words: Wording,
    at: date,
) -> State:
    """Judge what is to be done again at most so many years after it was last done."""
    asked = sentence(f"{words.subject} ska {words.duty} {frequency(rhythm)}")
    horizon = at + timedelta(days=366 * (rhythm.years + 1))
    turns = occurrences(rhythm, calendar, validity, date.min, horizon, known)
    last = known[-1].on if known else None
    current = next((each for each in turns if each.opens >= (last or validity.active_from)), None)
    done = f"Det gjordes {day(last)}." if last else "Inget underlag finns."
    count = 1 if last else 0
    if current is None:
        name = StateName.DONE if last else StateName.UPCOMING
        why = f"{asked} {done} Nästa gång infaller efter avtalets slut."
        return State(name, why, done_count=count, expected_count=count)
    if at > current.deadline:
        name, when = StateName.LATE, f"Sista dag var {day(current.deadline)}."
    else:
        waits = at >= current.window_start
        name = StateName.DUE if waits else StateName.DONE if last else StateName.UPCOMING
        when = f"Senast {day(current.deadline)}."
    return State(name, f"{asked} {done} {when}", current.deadline, current.due, count, 1, current)


def _resting(rhythm: Weekly, calendar: Calendar, at: date) -> Span | None:
    """Return the break that the week of `at` lies in, if the rhythm rests then."""
    monday = at - timedelta(days=at.weekday())
    week = Span(monday, monday + timedelta(days=6))
    if not is_paused(rhythm, calendar, week):
        return None
    spans = pause_spans(calendar, rhythm.pauses, monday.year)
    touching = [span for span in spans if span.start <= week.end and span.end >= week.start]
    return max(touching, key=lambda span: span.end)


def _paused(
    rhythm: Weekly,
    calendar: Calendar,
    validity: Validity,
    known: Sequence[EvidenceItem],
    rest: Span,
    at: date,
) -> State:
    following = next_due(rhythm, calendar, validity, known, at)
    why = f"Uppehåll till och med {day(rest.end, at)}."
    if following is None:
        return State(StateName.PAUSED, why)
    why += f" Nästa gång: {following.label}, senast {day(following.deadline, at)}."
    return State(StateName.PAUSED, why, following.deadline, following.due, occurrence=following)


def _with_interval(
    rhythm: Rhythm,
    calendar: Calendar,
    validity: Validity,
    known: Sequence[EvidenceItem],
    words: Wording,
    at: date,
    hardness: Hardness,
    planned: Sequence[date],
) -> State:
    expected = around(rhythm, calendar, validity, at)
    if not expected:
        return State(StateName.NOT_APPLICABLE, _why_nothing(rhythm, validity))
    done = frozenset(filled_by(expected, known))
    tracks: dict[str, list[Occurrence]] = {}
    for each in expected:
        tracks.setdefault(each.place, []).append(each)
    standings = [_stand(track, done, at, rhythm) for track in tracks.values()]
    worst = min(standings, key=lambda standing: ORDER.index(standing.name))
    if len(standings) > 1:
        group = worst.focus[0].group if worst.focus else ""
        worst = replace(worst, focus=tuple(each for each in expected if each.group == group))
    asked_for = worst.missed if worst.name is StateName.LATE else worst.next
    return State(
        state=worst.name,
        why=explain(rhythm, worst, words, at, hardness, planned),
        due=asked_for.deadline if asked_for else None,
        target=asked_for.due if asked_for else None,
        done_count=sum(each.key in done for each in worst.focus),
        expected_count=len(worst.focus),
        occurrence=asked_for,
        missing_places=tuple(
            dict.fromkeys(each.place for each in worst.focus if each.place and each.key not in done)
        ),
    )


def _why_nothing(rhythm: Rhythm, validity: Validity) -> str:
    if isinstance(rhythm, Once) and validity.start <= rhythm.by < validity.active_from:
        return f"Sista dag var {day(rhythm.by)}, innan Samsyn togs i bruk."
    return "Inget tillfälle ryms i avtalstiden."


def _stand(track: Sequence[Occurrence], done: frozenset[str], at: date, rhythm: Rhythm) -> Standing:
    """Judge one place (or the whole, where there are no places)."""
    ahead = [each for each in track if each.deadline >= at]
    waiting = next((each for each in ahead if each.key not in done), None)
    missed = _missed(track, done, at, rhythm)
    focus_of = missed or (ahead[0] if ahead else track[-1])
    focus = tuple(each for each in track if each.group == focus_of.group)
    if missed is not None:
        name = StateName.LATE
    elif all(each.key in done for each in focus):
        name = StateName.DONE
    elif waiting is not None and waiting.window_start <= at:
        name = StateName.DUE
    else:
        name = StateName.UPCOMING
    return Standing(name, focus, done, waiting, missed)


def _missed(
    track: Sequence[Occurrence], done: frozenset[str], at: date, rhythm: Rhythm
) -> Occurrence | None:
    """Return what was missed last, unless a later one has been done, or a pause has come, since."""
    passed = [each for each in track if each.deadline < at and each.key not in done]
    if not passed:
        return None
    last = passed[-1]
    if any(each.key in done and each.deadline > last.deadline for each in track):
        return None
    if isinstance(rhythm, Weekly) and _pause_after(track, last):
        return None
    # Of a year's four, which share one last day, the first that was missed is the one to show.
    return next(each for each in passed if each.deadline == last.deadline)


def _pause_after(track: Sequence[Occurrence], missed: Occurrence) -> bool:
    following = next((each for each in track if each.window_start > missed.deadline), missed)
    return (following.window_start - missed.deadline).days > 1


def _soften(found: State, hardness: Hardness) -> State:
    soft = {
        Hardness.MUST: (),
        Hardness.SHOULD: (StateName.LATE,),
        Hardness.WHEN_POSSIBLE: (StateName.LATE, StateName.DUE),
    }[hardness]
    if found.state not in soft:
        return found
    return replace(found, state=StateName.SOFT, why=f"{found.why} {AIM}")
