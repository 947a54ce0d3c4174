"""How much of the four agreements the draft reader finds, and how much of what it finds is right.

Each text in a folder is drafted and compared with the hand-made file of the same agreement. Recall
is the share of the hand-made items that were found, precision the share of the drafted items that
stand in the hand-made file. Run: python benchmarks/draft.py FOLDER [--write docs/agreement-file.md]
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samsyn.domains.agreements.file import Agreement, read_agreement, shipped_agreements
from samsyn.domains.agreements.file.draft import draft_from_file

TEXTS = {
    "laholm-2024-2026.txt": "laholm-2024",
    "hallsberg-2024-2026.txt": "hallsberg-2024",
    "lomma-2023-2027.txt": "lomma-2023",
    "lulea-2020-2023.txt": "lulea-2020",
}
COMMON = {
    "och", "eller", "som", "för", "att", "med", "till", "från", "samt", "ska", "skall", "inom",
    "kring", "efter", "under", "över", "genom", "där", "när", "den", "det", "detta", "denna",
    "dessa", "vid", "alla", "andra", "även", "också", "utifrån", "minst", "deras", "sina",
    "bland", "annat", "arbete", "arbetet", "arbeta", "kommun", "kommunen", "kommunens", "polis",
    "polisen", "parter", "parterna",
}  # fmt: skip
BEGIN, END = "<!-- benchmark: draft -->", "<!-- /benchmark -->"


@dataclass
class Count:
    wanted: int = 0
    found: int = 0
    drafted: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def add(self, other: Count) -> None:
        for name in ("wanted", "found", "drafted", "right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def stems(text: str) -> set[str]:
    words = re.findall(r"[A-Za-zÅÄÖåäöé]+", text)
    kept = [w for w in words if (len(w) > 3 or w.isupper()) and w.casefold() not in COMMON]
    return {word.casefold()[:5] for word in kept}


def alike(one: str, other: str) -> float:
    """Shared stems over the shorter of two texts."""
    a, b = stems(one), stems(other)
    return (
        len(a & b) / min(len(a), len(b)) if a and b else float(one.casefold() == other.casefold())
    )


def place(name: str) -> str:
    words = re.findall(r"[A-ZÅÄÖ][a-zåäö]+", name)
    return re.sub(r"s$", "", words[-1 if "olis" in name else 0].casefold()) if words else ""


def compare(
    wanted: Iterable[Any], drafted: Iterable[Any], same: Callable[[Any, Any], bool]
) -> Count:
    """Every wanted item that some drafted one is the same as, and the other way round."""
    wanted, drafted = list(wanted), list(drafted)
    hits = [any(same(w, d) for d in drafted) for w in wanted]
    right = [any(same(w, d) for w in wanted) for d in drafted]
    return Count(
        len(wanted), sum(hits), len(drafted), sum(right),
        [str(w)[:110] for w, hit in zip(wanted, hits, strict=True) if not hit],
        [str(d)[:110] for d, hit in zip(drafted, right, strict=True) if not hit],
    )  # fmt: skip


def same_name(one: str, other: str) -> bool:
    return alike(one, other) >= 0.5


def body_pairs(hand: Agreement, draft: Agreement) -> dict[str, str]:
    """Drafted body id → hand-made body id."""
    pairs: dict[str, str] = {}
    for body in draft.bodies:
        scores = [
            (alike(body.name, other.name) + 0.3 * (body.role == other.role), other.id)
            for other in hand.bodies
            if other.id not in pairs.values()
        ]
        score, name = max(scores, default=(0.0, ""))
        if score >= 0.6:
            pairs[body.id] = name
    return pairs


def parties(a: Agreement) -> list[tuple[str, str]]:
    return [(p.kind, place(p.name)) for p in a.parties]


def validity(a: Agreement) -> list[tuple[str, str]]:
    v = a.validity
    return [(name, str(value)) for name, value in (("from", v.start), ("to", v.to)) if value]


def bodies_of(a: Agreement, pairs: dict[str, str] | None) -> list[tuple[str, str]]:
    return [(pairs.get(b.id, "?") if pairs is not None else b.id, b.role) for b in a.bodies]


def per_body(
    a: Agreement, pairs: dict[str, str] | None, of: Callable[[Any], list[Any]]
) -> list[Any]:
    return [
        (pairs.get(b.id, "?" + b.id) if pairs is not None else b.id, value)
        for b in a.bodies
        for value in dict.fromkeys(of(b))
    ]


def meetings(a: Agreement, pairs: dict[str, str] | None) -> list[Any]:
    return [
        (pairs.get(c.body, "?") if pairs is not None else c.body, str(c.rhythm.to_data()))
        for c in a.commitments
        if c.body
        and {"meeting_minuted", "meeting_held"} & set(c.evidence)
        and c.rhythm.to_data() != "ongoing"
    ]


def seat_names(a: Agreement) -> Callable[[Any], list[str]]:
    """What is filled once in each municipality counts once."""
    return lambda body: [
        re.sub(r" i [A-ZÅÄÖ]\w+$", "", a.name_of(ref)) for seat in body.seats for ref in seat.any_of
    ]


def heading(item: Any) -> str:
    text = re.split(r"[,;]", item.source or "")[0].casefold()
    return {"inledningen": "", "ingressen": "", "rubriken": ""}.get(text, text)


def same_duty(wanted: Any, drafted: Any) -> bool:
    own = heading(wanted)
    under = heading(drafted)
    where = not own or own in under or under in own or own[:8] == under[:8]
    score = alike(wanted.text, drafted.text)
    return score >= (0.4 if where else 0.6)


def matched(hand: Agreement, draft: Agreement) -> list[tuple[Any, Any]]:
    """Each hand-made commitment with the drafted one most like it."""
    pairs = []
    for wanted in hand.commitments:
        same = [d for d in draft.commitments if same_duty(wanted, d)]
        if same:
            pairs.append(
                (
                    wanted,
                    max(
                        same, key=lambda d: (d.rhythm == wanted.rhythm, alike(wanted.text, d.text))
                    ),
                )
            )
    return pairs


def measure(hand: Agreement, draft: Agreement) -> dict[str, Count]:
    """Count per kind of item."""
    pairs = body_pairs(hand, draft)
    equal = lambda w, d: w == d  # noqa: E731
    named = lambda w, d: w[0] == d[0] and same_name(w[1], d[1])  # noqa: E731
    done = matched(hand, draft)
    party_names = lambda a, refs: {a.party_of(r) or r for r in refs}  # noqa: E731
    return {
        "Parties": compare(parties(hand), parties(draft), equal),
        "Organisation numbers": compare(
            [p.organisation_number for p in hand.parties if p.organisation_number],
            [p.organisation_number for p in draft.parties if p.organisation_number], equal,
        ),
        "Validity": compare(validity(hand), validity(draft), equal),
        "Bodies and forums": compare(bodies_of(hand, None), bodies_of(draft, pairs), lambda w, d: w[0] == d[0]),
        "Meeting rhythms of bodies": compare(meetings(hand, None), meetings(draft, pairs), equal),
        "Seats": compare(per_body(hand, None, seat_names(hand)), per_body(draft, pairs, seat_names(draft)), named),
        "Chairs and conveners": compare(
            per_body(hand, None, lambda b: [hand.name_of(r) for r in (b.chair, *b.conveners) if r]),
            per_body(draft, pairs, lambda b: [draft.name_of(r) for r in (b.chair, *b.conveners) if r]), named,
        ),
        "Decision rules": compare(
            per_body(hand, None, lambda b: [b.decision.rule] if b.decision and b.decision.rule != "informs" else []),
            per_body(draft, pairs, lambda b: [b.decision.rule] if b.decision else []), equal,
        ),
        "Functions": compare({re.sub(r" i [A-ZÅÄÖ]\w+$", "", f.name) for f in hand.functions}, [f.name for f in draft.functions if f.id != "att-fylla-i"], same_name),
        "Documents (kind)": compare({d.kind for d in hand.documents}, {d.kind for d in draft.documents}, equal),
        "Annexes": compare([a.title for a in hand.annexes], [a.title for a in draft.annexes], same_name),
        "Commitments": compare(hand.commitments, draft.commitments, same_duty),
        "– right rhythm, of those found": _share(done, lambda w, d: w.rhythm == d.rhythm),
        "– right party responsible, of those found": _share(
            done, lambda w, d: bool(party_names(hand, w.responsible) & party_names(draft, d.responsible))
            or bool({pairs.get(r, r) for r in d.responsible} & set(w.responsible)),
        ),
        "– right hardness, of those found": _share(done, lambda w, d: w.hardness == d.hardness or w.rhythm_set_by == "program"),
        "Gates": compare([(g.before, g.requires) for g in hand.gates], [(g.before, g.requires) for g in draft.gates], equal),
        "Focus areas and rules": compare(_focus(hand), _focus(draft), lambda w, d: w == d or same_name(w, d)),
        "Costs, exclusions, other agreements, chain": compare(_single(hand), _single(draft), equal),
        "Signatures": compare(_signed(hand), _signed(draft), lambda w, d: w == d or (w[0] == d[0] and same_name(w[1], d[1]))),
    }  # fmt: skip


def _share(pairs: list[tuple[Any, Any]], right: Callable[[Any, Any], bool]) -> Count:
    good = sum(right(w, d) for w, d in pairs)
    return Count(len(pairs), good, len(pairs), good)


def _focus(a: Agreement) -> list[str]:
    if a.focus is None:
        return []
    rules = list(a.focus.rules.always_include) if a.focus.rules else []
    return [area.name for area in a.focus.areas] + rules


def _single(a: Agreement) -> list[tuple[str, str]]:
    return (
        [("chain", str(link.date)) for link in a.chain]
        + [("renew", str(a.validity.renew_in))] * bool(a.validity.renew_in)
        + [("cost", str(share.percent)) for share in a.cost_shares]
        + [("exclusion", e.matter) for e in a.exclusions]
        + [("related", str(r.since)) for r in a.related]
    )


def _signed(a: Agreement) -> list[tuple[str, str]]:
    s = a.signatures
    if s is None:
        return []
    dated = [("date", str(s.date))] * bool(s.date) + [("place", str(s.place))] * bool(s.place)
    copies = [("originals", str(s.originals))] * bool(s.originals)
    return (
        dated
        + copies
        + [("party " + place(a.actor(x.party).name), x.function) for x in s.signatories]
    )


def table(rows: dict[str, Count]) -> str:
    lines = [
        "| Kind of item | In the hand-made files | Found | Recall | Proposed | Right | Precision |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, count in rows.items():
        recall = f"{100 * count.found / count.wanted:.0f} %" if count.wanted else "–"
        precision = f"{100 * count.right / count.drafted:.0f} %" if count.drafted else "–"
        lines.append(
            f"| {name} | {count.wanted} | {count.found} | {recall} | {count.drafted} | {count.right} | {precision} |"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder with the agreements' texts")
    parser.add_argument("--write", type=Path, help="a Markdown file with the markers of this table")
    parser.add_argument(
        "--misses", action="store_true", help="show what was missed and what was wrong"
    )
    options = parser.parse_args()
    total: dict[str, Count] = defaultdict(Count)
    paths = shipped_agreements()
    for text, name in TEXTS.items():
        hand = read_agreement(paths[name])
        draft = read_agreement(draft_from_file(options.folder / text).to_yaml())
        for kind, count in measure(hand, draft).items():
            total[kind].add(count)
            if options.misses:
                for missed in count.missed:
                    print(f"{name} {kind}: missed {missed}")
                for extra in count.extra:
                    print(f"{name} {kind}: extra {extra}")
    print(table(total))
    if options.write:
        page = options.write.read_text()
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        options.write.write_text(f"{before}{BEGIN}\n{table(total)}\n{END}{after}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
