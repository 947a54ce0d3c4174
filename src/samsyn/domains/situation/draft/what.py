"""What was reported: the commonest, and what stands out from what is usual."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.domains.situation.draft.grammar import capital, listed, number, stretches
from samsyn.domains.situation.draft.level import weeks_before
from samsyn.domains.situation.draft.rows import report_rows
from samsyn.domains.situation.draft.running_words import running
from samsyn.domains.situation.result import CategoryNumbers, SentenceDraft, WeeklyNumbers

FOLLOWING = 4


def what(numbers: WeeklyNumbers) -> Iterator[SentenceDraft]:
    """The commonest category with its time and place, those that follow, and what is not as usual."""
    if numbers.reports is None:
        return
    categories = [one for one in numbers.reports.categories if one.count]
    if not categories:
        return
    yield from commonest(numbers, categories)
    for one in numbers.reports.categories:
        if one.level.verdict in {"above", "below"}:
            yield unusual(numbers, one)
    judged = sum(
        one.level.verdict in {"above", "below", "within"} for one in numbers.reports.categories
    )
    above = sum(one.level.verdict == "above" for one in numbers.reports.categories)
    if above and judged >= 5:
        told = f"{capital(number(judged))} slag är bedömda, och då kan något avvika av en slump."
        yield SentenceDraft("chance", "what", told)
    few = [one for one in categories if one.level.verdict == "too_small"]
    if few:
        yield too_few(few, len(categories))


def commonest(numbers: WeeklyNumbers, categories: list[CategoryNumbers]) -> Iterator[SentenceDraft]:
    assert numbers.reports is not None
    first, rest = categories[0], categories[1:]
    top = [one for one in categories if one.count == first.count]
    if first.count == 1 and len(top) > 1:
        told = f"Inget slag har fler än en rapport: {listed([words(one) for one in top])}."
        yield SentenceDraft("commonest", "what", told, rows_of(numbers, top))
        return
    text = f"{capital(words(first))} står för {number(first.count)} av {len_of(numbers)}"
    yield SentenceDraft("commonest", "what", f"{text}{mostly(first)}.", rows_of(numbers, [first]))
    if rest:
        following = [one for one in rest if one.count >= 2][:FOLLOWING] or rest[:FOLLOWING]
        told = listed([f"{words(one)} ({number(one.count)})" for one in following])
        yield SentenceDraft(
            "following", "what", f"Sedan följer {told}.", rows_of(numbers, following)
        )


def mostly(one: CategoryNumbers) -> str:
    """Return `, de flesta fredag och lördag kväll vid badplatsen` where half or more were then or there."""
    parts = []
    if one.busy and sum(part.count for part in one.busy) > one.count / 2:
        parts.append(stretches(one.busy))
    if one.places and one.places[0].count > one.count / 2 and one.count >= 3:
        parts.append(f"vid {one.places[0].name}")
    return f", de flesta {' '.join(parts)}" if parts else ""


def unusual(numbers: WeeklyNumbers, one: CategoryNumbers) -> SentenceDraft:
    """Return that a category is more or fewer than usual, with both numbers."""
    counts = [period.count for period in one.level.history if not period.alarm]
    above = one.level.verdict == "above"
    more = "fler" if above else "färre"
    edge = max(counts, default=0) if above else min(counts, default=0)
    clear = one.count > edge if above else one.count < edge
    if clear:
        against = f"mot {'som mest' if above else 'som minst'} {number(edge)} under {weeks_before(one.level)}"
    else:
        against = f"mot väntade {number(one.level.low or 0)} till {number(one.level.high or 0)}"
    if above and edge == 0:
        against = f"mot ingen under {weeks_before(one.level)}"
    count = number(one.count) if one.count else "ingen"
    text = f"Rapporterna om {words(one)} är {more} än vanligt: {count}, {against}."
    return SentenceDraft(f"{one.level.verdict}-{one.key}", "what", text, rows_of(numbers, [one]))


def too_few(few: list[CategoryNumbers], total: int) -> SentenceDraft:
    """Return that the numbers of the small categories cannot tell."""
    if len(few) == total:
        text = "Varje slag för sig är för få för att säga om det ökar eller minskar."
    elif len(few) == 1:
        text = f"Rapporterna om {words(few[0])} är för få för att säga om de ökar eller minskar."
    else:
        text = f"{capital(number(len(few)))} andra slag är för få för att säga om de ökar eller minskar."
    return SentenceDraft("too_few", "what", text)


def words(one: CategoryNumbers) -> str:
    return running(one.key, one.name)


def len_of(numbers: WeeklyNumbers) -> str:
    assert numbers.reports is not None
    return f"{number(numbers.reports.count)} rapporter"


def rows_of(numbers: WeeklyNumbers, categories: list[CategoryNumbers]) -> tuple:  # type: ignore[type-arg]
    return tuple(report_rows(numbers, category=one.key) for one in categories)
