"""Which evidence proves which occurrence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from samsyn.rhythm.model import EvidenceItem, Occurrence, Validity


def counted(evidence: Iterable[EvidenceItem], validity: Validity, at: date) -> list[EvidenceItem]:
    """Return the evidence that counts on `at`, by date: not withdrawn, not from another agreement."""
    last = at if validity.end is None else min(at, validity.end)
    kept = [each for each in evidence if not each.withdrawn and validity.start <= each.on <= last]
    return sorted(kept, key=lambda each: each.on)


def filled_by(
    expected: Sequence[Occurrence], evidence: Sequence[EvidenceItem]
) -> dict[str, EvidenceItem]:
    """Return occurrence key → the evidence that proves it.

    Evidence that names its occurrence goes there. The rest goes, by date, each to the earliest
    open occurrence whose days and place hold it: more evidence never empties an occurrence.
    `expected` is in order of deadline, `evidence` in order of date.
    """
    keys = {each.key for each in expected}
    filled: dict[str, EvidenceItem] = {}
    for item in evidence:
        if item.occurrence is not None and item.occurrence in keys:
            filled.setdefault(item.occurrence, item)
    for item in evidence:
        if item.occurrence is not None:
            continue
        for each in expected:
            if each.key not in filled and _holds(each, item):
                filled[each.key] = item
                break
    return filled


def _holds(occurrence: Occurrence, item: EvidenceItem) -> bool:
    if not occurrence.opens <= item.on <= occurrence.closes:
        return False
    return not occurrence.place or occurrence.place.casefold() == (item.place or "").casefold()
