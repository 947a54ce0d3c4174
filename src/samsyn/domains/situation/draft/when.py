"""When over the week it happened."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.domains.situation.draft.grammar import number, stretches
from samsyn.domains.situation.draft.rows import report_rows
from samsyn.domains.situation.result import SentenceDraft, WeeklyNumbers

FEWEST = 10


def when(numbers: WeeklyNumbers) -> Iterator[SentenceDraft]:
    """The parts of days that hold most; where there are none, that there are none."""
    mine = numbers.reports
    if mine is None or mine.count == 0:
        return
    held = round(sum(part.count for part in mine.busy))
    if mine.count < FEWEST:
        text = "Rapporterna är för få för att visa ett mönster över veckan."
    elif mine.busy:
        text = f"De flesta hände {stretches(mine.busy)}: ungefär {number(held)} av {number(mine.count)}."
    else:
        text = "Händelserna spred sig över veckan utan tydlig topp."
    yield SentenceDraft("pattern", "when", text, (report_rows(numbers),))
