"""How much, against what is usual, and what is new since last week."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.domains.situation.draft.grammar import (
    between,
    capital,
    counted,
    in_scope,
    listed,
    number,
    reports,
)
from samsyn.domains.situation.draft.rows import report_rows
from samsyn.domains.situation.draft.running_words import running
from samsyn.domains.situation.result import (
    Level,
    PeriodCount,
    ReportNumbers,
    SentenceDraft,
    WeeklyNumbers,
)

AGAINST = {"above": "fler än vanligt", "below": "färre än vanligt", "within": "ungefär som vanligt"}
NEEDED_WEEKS = 8


def level(numbers: WeeklyNumbers) -> Iterator[SentenceDraft]:
    """The number of reports, whether it is many or few, and what they are."""
    mine = numbers.reports
    if mine is None:
        return
    rows = (report_rows(numbers),)
    if not numbers.scope.municipalities or numbers.scope.municipalities[0].key is None:
        # No reports would sound like calm.
        told = f"Ingen i {numbers.scope.name} rapporterar i Samsyn än."
        yield SentenceDraft("count", "level", told, rows)
        return
    where = f" {in_scope(numbers.scope)}" if numbers.scope.is_joint else ""
    came = f"Vecka {numbers.week.number} kom {reports(mine.count)}{where}."
    yield SentenceDraft("count", "level", came, rows)
    yield SentenceDraft("normal", "level", against_normal(mine.level), rows)
    outliers = [period for period in mine.level.history if period.alarm]
    if outliers and mine.level.high is not None:
        yield SentenceDraft("outliers", "level", left_out(outliers), rows)
    yield from side_by_side(numbers)
    yield from kinds(numbers, mine)


def against_normal(level: Level) -> str:
    """Return whether it is many or few, in words, with what is usual."""
    if level.low is None or level.high is None:
        return unknown(len(level.history))
    if level.verdict == "unknown":
        return "Veckan är inte slut än. Därför jämförs den inte med andra veckor."
    previous = level.history[-1].count if level.history else 0
    if level.verdict == "too_small":
        return f"Siffrorna är för små för att säga om det ökar eller minskar ({level.count} mot {previous})."
    return f"Det är {AGAINST[level.verdict]}: {usual(level)}."


def unknown(weeks: int) -> str:
    if weeks == 0:
        return "Det finns inga tidigare veckor att jämföra med än."
    have = counted(weeks, "vecka", "veckor")
    return (
        f"Det går inte att säga om det är mycket eller lite: det finns {have} att jämföra med, "
        f"och det behövs {number(NEEDED_WEEKS)}."
    )


def usual(level: Level) -> str:
    """Return what the weeks before had; the predicted range where that alone explains the verdict."""
    counts = [period.count for period in level.history if not period.alarm]
    low, high = min(counts, default=0), max(counts, default=0)
    explains = {
        "above": level.count > high,
        "below": level.count < low,
        "within": low <= level.count <= high,
    }
    if counts and explains[level.verdict]:
        return f"{weeks_before(level)} hade {between(low, high)}"
    return f"efter {weeks_before(level)} väntas {between(level.low or 0, level.high or 0)}"


def weeks_before(level: Level) -> str:
    """Return `de åtta veckorna före`; where some stood out and are left out, how many of them are meant."""
    counted_weeks = sum(not period.alarm for period in level.history)
    if counted_weeks < len(level.history):
        return f"{number(counted_weeks)} av de {number(len(level.history))} veckorna före"
    return "veckan före" if counted_weeks == 1 else f"de {number(counted_weeks)} veckorna före"


def left_out(outliers: list[PeriodCount]) -> str:
    """Return which weeks stood out and were not counted as usual."""
    weeks = listed([f"{period.week} ({period.count})" for period in outliers])
    return f"Vecka {weeks} stack ut och räknas inte till det vanliga."


def side_by_side(numbers: WeeklyNumbers) -> Iterator[SentenceDraft]:
    """Each municipality of a joint picture, which it answers for itself."""
    for place in numbers.municipalities:
        text = f"{place.name}: {reports(place.count)}"
        if place.level.verdict in AGAINST:
            text += (
                f", {AGAINST[place.level.verdict]} ({place.level.low}–{place.level.high} väntades)"
            )
        yield SentenceDraft(
            f"municipality-{place.code}",
            "level",
            f"{text}.",
            (report_rows(numbers, code=place.code),),
            owner=place.code,
        )


def kinds(numbers: WeeklyNumbers, mine: ReportNumbers) -> Iterator[SentenceDraft]:
    """What the reports are beside incidents: unsafe places, reported crime, nothing to report, duplicates."""
    if mine.unsafe_places:
        places = counted(mine.unsafe_places, "gäller en otrygg plats", "gäller otrygga platser")
        rows = (report_rows(numbers, kind="unsafe_place"),)
        yield SentenceDraft("unsafe", "level", f"{capital(places)}.", rows)
    if mine.reported_to_police:
        told = f"{capital(number(mine.reported_to_police))} av dem uppges vara polisanmälda."
        if mine.reported_to_police == 1:
            told = "En av dem uppges vara polisanmäld."
        reported = report_rows(numbers, to_police="yes")
        yield SentenceDraft("to_police", "level", told, (reported,))
    if mine.nothing:
        answers = counted(mine.nothing, "svar säger", "svar säger", neuter=True)
        told = f"{capital(answers)} att det inte fanns något att rapportera."
        yield SentenceDraft("nothing", "level", told, (report_rows(numbers, kind="nothing"),))
    if mine.merged:
        doubles = counted(mine.merged, "dubblett är sammanslagen", "dubbletter är sammanslagna")
        yield SentenceDraft(
            "merged", "level", f"{capital(doubles)} med andra rapporter och räknas inte."
        )


def new(numbers: WeeklyNumbers) -> Iterator[SentenceDraft]:
    """What was not there last week."""
    mine = numbers.reports
    if mine is None or not mine.level.history:
        return
    if all(gap.kind != "week_not_over" for gap in numbers.gaps):
        text = change(mine.count, mine.level.history[-1])
        yield SentenceDraft("change", "new", text, (report_rows(numbers),))
    fresh = [one for one in mine.categories if one.is_new]
    if fresh:
        words = capital(listed([running(one.key, one.name) for one in fresh]))
        told = f"{words} hade inte rapporterats på minst åtta veckor."
        rows = tuple(report_rows(numbers, category=one.key) for one in fresh)
        yield SentenceDraft("first", "new", told, rows)
    elif mine.count and len(mine.level.history) == NEEDED_WEEKS:
        told = "Inget slag av händelse är nytt: alla har rapporterats de senaste åtta veckorna."
        yield SentenceDraft("first", "new", told, (report_rows(numbers),))
    if mine.late:
        came = counted(mine.late, "rapport", "rapporter")
        told = f"{capital(came)} om tidigare veckor kom in i efterhand."
        yield SentenceDraft("late", "new", told, (report_rows(numbers, late="yes"),))


def change(count: int, previous: PeriodCount) -> str:
    """Return the difference to the week before, as a number and never a percent."""
    difference = count - previous.count
    if difference == 0:
        return f"Det är lika många som vecka {previous.week}."
    more = "fler" if difference > 0 else "färre"
    return f"Det är {number(abs(difference))} {more} än vecka {previous.week}, då det kom {came(previous.count)}."


def came(count: int) -> str:
    return number(count) if count else "ingen"
