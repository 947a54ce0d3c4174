"""How much of an agreement the draft reader finds, and how much of what it finds is right.

Three measures: four real agreements against their hand-made files; invented agreements that the
rules were tried on; and invented agreements that no rule was changed for. Recall is the share of
the expected items that were found, precision the share of the drafted items that were expected.
Run: python -m benchmarks.draft FOLDER [--write docs/agreement-file.md] [--misses NAME …]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.draft_facts import Facts, facts_in, facts_of
from benchmarks.draft_measure import Count, bands, measure, verdicts
from samsyn.domains.agreements.file import read_agreement, shipped_agreements
from samsyn.domains.agreements.file.draft import Draft, draft_from_file

TEXTS = {
    "laholm-2024-2026.txt": "laholm-2024",
    "hallsberg-2024-2026.txt": "hallsberg-2024",
    "lomma-2023-2027.txt": "lomma-2023",
    "lulea-2020-2023.txt": "lulea-2020",
}
INVENTED = Path(__file__).resolve().parents[1] / "tests/domains/agreements/file/drafts"
SETS = ("The four real ones", "Invented, tried on", "Invented, not tried on")
BEGIN, END = "<!-- benchmark: draft -->", "<!-- /benchmark -->"


def cases(folder: Path) -> Iterator[tuple[str, str, Path, Facts]]:
    """(set, name, text, what is expected)."""
    shipped = shipped_agreements()
    for text, name in TEXTS.items():
        yield SETS[0], name, folder / text, facts_of(read_agreement(shipped[name]))
    for label, sub in ((SETS[1], "dev"), (SETS[2], "unseen")):
        for listed in sorted((INVENTED / sub).glob("*.yaml")):
            texts = [listed.with_suffix(s) for s in (".txt", ".docx")]
            yield label, listed.stem, next(t for t in texts if t.exists()), facts_in(listed)


def facts_drafted(drafted: Draft, at_least: float) -> Facts:
    """What the drafted file says; a file needs a first day, so where none was read one is put in."""
    text = drafted.to_yaml(at_least=at_least)
    if "\nvalidity:" not in text:
        text += "validity: {from: 1900}\n"
    elif "validity.from" in text:
        text = text.replace("\nvalidity: {", "\nvalidity: {from: 1900, ", 1)
    facts = facts_of(read_agreement(text))
    facts.validity = [pair for pair in facts.validity if pair != ("from", "1900")]
    return facts


def table(sets: dict[str, dict[str, Count]]) -> str:
    head = " | ".join(f"{name}: expected | recall | precision" for name in sets)
    lines = [f"| Kind of item | {head} |", "|---|" + "---:|---:|---:|" * len(sets)]
    for kind in next(iter(sets.values())):
        cells = []
        for counts in sets.values():
            count = counts[kind]
            recall = f"{100 * count.found / count.wanted:.0f} %" if count.wanted else "–"
            precision = f"{100 * count.right / count.drafted:.0f} %" if count.drafted else "–"
            cells += [str(count.wanted), recall, precision]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def calibration(hits: dict[str, list[tuple[float, bool]]]) -> str:
    """The share right in each band of confidence, set by set."""
    head = " | ".join(f"{name}: proposed | right" for name in hits)
    lines = [f"| Confidence of a body or commitment | {head} |", "|---|" + "---:|---:|" * len(hits)]
    banded = {name: bands(found) for name, found in hits.items()}
    for label in bands([one for found in hits.values() for one in found]):
        cells = []
        for found in banded.values():
            total, right = found.get(label, (0, 0))
            cells += [str(total), f"{100 * right / total:.0f} %" if total else "–"]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder with the real agreements' texts")
    parser.add_argument("--write", type=Path, help="a Markdown file with the markers of this table")
    parser.add_argument("--misses", nargs="*", help="show what was missed and wrong in these")
    options = parser.parse_args()
    sets: dict[str, dict[str, Count]] = {name: defaultdict(Count) for name in SETS}
    hits: dict[str, list[tuple[float, bool]]] = {name: [] for name in SETS}
    slowest = 0.0
    for label, name, text, hand in cases(options.folder):
        started = time.process_time()
        drafted = draft_from_file(text)
        slowest = max(slowest, time.process_time() - started)
        draft = facts_drafted(drafted, 0.5)
        for kind, count in measure(hand, draft).items():
            sets[label][kind].add(count)
            if name in (options.misses or ()):
                print(*(f"{name} {kind}: missed {m}" for m in count.missed), sep="\n")
                print(*(f"{name} {kind}: extra {e}" for e in count.extra), sep="\n")
        sure = {p.path: p.confidence for p in drafted.proposals}
        everything = facts_drafted(drafted, 0.31)
        hits[label] += [
            (sure[path], right) for path, right in verdicts(hand, everything) if path in sure
        ]
    page = f"{table(sets)}\n\n{calibration(hits)}\n\nSlowest agreement: {slowest:.2f} s.\n"
    print(page)
    if options.write:
        old = options.write.read_text()
        before, _, rest = old.partition(BEGIN)
        _, _, after = rest.partition(END)
        options.write.write_text(f"{before}{BEGIN}\n{page}{END}{after}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
