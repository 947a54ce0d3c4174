"""Recall and precision of a draft, kind by kind, and whether its confidence means something."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.draft_facts import BodyFacts, Duty, Facts

COMMON = {
    "och", "eller", "som", "för", "att", "med", "till", "från", "samt", "ska", "skall", "inom",
    "kring", "efter", "under", "över", "genom", "där", "när", "den", "det", "detta", "denna",
    "dessa", "vid", "alla", "andra", "även", "också", "utifrån", "minst", "deras", "sina",
    "bland", "annat", "arbete", "arbetet", "arbeta", "kommun", "kommunen", "kommunens", "polis",
    "polisen", "parter", "parterna",
}  # fmt: skip
HIT = tuple[str, bool]  # the path of a drafted item, and whether it was right


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


def same_name(one: str, other: str) -> bool:
    return alike(one, other) >= 0.5


def compare(
    wanted: Iterable[Any], drafted: Iterable[Any], same: Callable[[Any, Any], bool]
) -> Count:
    """Every wanted item that some drafted one is the same as, and the other way round."""
    wanted, drafted = list(wanted), list(drafted)
    hits = [any(same(w, d) for d in drafted) for w in wanted]
    right = [any(same(w, d) for w in wanted) for d in drafted]
    return Count(
        len(wanted), sum(hits), len(drafted), sum(right),
        [str(w)[:150] for w, hit in zip(wanted, hits, strict=True) if not hit],
        [str(d)[:150] for d, hit in zip(drafted, right, strict=True) if not hit],
    )  # fmt: skip


def same_duty(wanted: Duty, drafted: Duty) -> bool:
    own, under = wanted.heading, drafted.heading
    named = not own or own in under or under in own or own[:8] == under[:8]
    where = named or wanted.clause == drafted.clause
    return alike(wanted.text, drafted.text) >= (0.4 if where else 0.6)


def body_pairs(hand: Facts, draft: Facts) -> dict[str, str]:
    """Drafted body's name → the expected body's name."""
    pairs: dict[str, str] = {}
    for body in draft.bodies:
        scores = [
            (alike(body.name, other.name) + 0.3 * (body.role == other.role), other.name)
            for other in hand.bodies
            if other.name not in pairs.values()
        ]
        score, name = max(scores, default=(0.0, ""))
        if score >= 0.6:
            pairs[body.name] = name
    return pairs


def matched(hand: Facts, draft: Facts) -> list[tuple[Duty, Duty]]:
    """Each expected duty with the drafted one most like it."""
    pairs = []
    for wanted in hand.duties:
        same = [d for d in draft.duties if same_duty(wanted, d)]
        if same:
            best = max(same, key=lambda d: (d.rhythm == wanted.rhythm, alike(wanted.text, d.text)))
            pairs.append((wanted, best))
    return pairs


def measure(hand: Facts, draft: Facts) -> dict[str, Count]:
    """Count per kind of item."""
    pairs = body_pairs(hand, draft)
    equal = lambda w, d: w == d  # noqa: E731
    named = lambda w, d: w[0] == d[0] and same_name(w[1], d[1])  # noqa: E731
    done = matched(hand, draft)

    def per(bodies: list[BodyFacts], of: Callable[[BodyFacts], Iterable[Any]], drafted: bool) -> list[Any]:  # fmt: skip
        name = lambda b: pairs.get(b.name, "?" + b.name) if drafted else b.name  # noqa: E731
        return [(name(b), value) for b in bodies for value in dict.fromkeys(of(b)) if value]

    def both(of: Callable[[BodyFacts], Iterable[Any]], same: Callable[[Any, Any], bool]) -> Count:
        return compare(per(hand.bodies, of, False), per(draft.bodies, of, True), same)

    def answers(w: Duty, d: Duty) -> bool:
        renamed = {pairs.get(name, name) for name in d.who}
        return bool(w.parties & d.parties) or bool(w.who & renamed)

    def exactly(w: Duty, d: Duty) -> bool:
        renamed = {pairs.get(name, name) for name in d.who}
        return any(a == b or same_name(a, b) for a in w.who for b in renamed)

    return {
        "Parties": compare(hand.parties, draft.parties, equal),
        "Organisation numbers": compare(hand.numbers, draft.numbers, equal),
        "Others, who take part without being parties": compare(hand.others, draft.others, same_name),
        "Validity and notice": compare(hand.validity, draft.validity, equal),
        "Bodies and forums": compare(
            [b.name for b in hand.bodies], [pairs.get(b.name, "?" + b.name) for b in draft.bodies], equal,
        ),
        "Meeting rhythms of bodies": both(lambda b: [b.meets], equal),
        "Seats": both(lambda b: [f for _p, f in b.seats], named),
        "– right party, of those found": _seat_parties(hand, draft, pairs),
        "Chairs and conveners": both(lambda b: b.leads, named),
        "Decision rules": both(lambda b: [b.decision], equal),
        "Functions": compare(hand.functions, draft.functions, same_name),
        "Documents (kind)": compare(hand.documents, draft.documents, equal),
        "Annexes": compare(hand.annexes, draft.annexes, same_name),
        "Commitments": compare(hand.duties, draft.duties, same_duty),
        "– right rhythm, of those found": _share(done, lambda w, d: w.rhythm == d.rhythm),
        "– right party or body responsible": _share(done, answers),
        "– the very function, body or party": _share(done, exactly),
        "– right hardness": _share(done, lambda w, d: w.hardness == d.hardness or w.own_pace),
        "Gates": compare(hand.gates, draft.gates, equal),
        "Focus areas and rules": compare(hand.focus, draft.focus, same_name),
        "Costs, exclusions, other agreements, chain": compare(hand.single, draft.single, equal),
        "Signatures": compare(hand.signed, draft.signed, lambda w, d: w == d or named(w, d)),
    }  # fmt: skip


def _seat_parties(hand: Facts, draft: Facts, pairs: dict[str, str]) -> Count:
    drafted = [(pairs.get(b.name), p, f) for b in draft.bodies for p, f in b.seats]
    good = total = 0
    for body in hand.bodies:
        for party, function in body.seats:
            same = [p for name, p, f in drafted if name == body.name and same_name(function, f)]
            total += bool(same)
            good += party in same
    return Count(total, good, total, good)


def _share(pairs: list[tuple[Duty, Duty]], right: Callable[[Duty, Duty], bool]) -> Count:
    wrong = [(w, d) for w, d in pairs if not right(w, d)]
    good = len(pairs) - len(wrong)
    said = [f"{w.text[:60]} [{w.rhythm} {set(w.who)} {w.hardness}] ← [{d.rhythm} {set(d.who)} {d.hardness}]" for w, d in wrong]  # fmt: skip
    return Count(len(pairs), good, len(pairs), good, said)


def verdicts(hand: Facts, draft: Facts) -> list[HIT]:
    """Of drafted bodies, seats, commitments …: which were right, by the path of the proposal."""
    pairs = body_pairs(hand, draft)
    hits = [(b.path, b.name in pairs) for b in draft.bodies]
    hits += [(d.path, any(same_duty(w, d) for w in hand.duties)) for d in draft.duties]
    return hits


def bands(hits: Iterable[tuple[float, bool]]) -> dict[str, tuple[int, int]]:
    """Confidence band → (proposals, of them right)."""
    edges = [(0.9, "0.9–1.0"), (0.8, "0.8–0.9"), (0.7, "0.7–0.8"), (0.6, "0.6–0.7"), (0.5, "0.5–0.6"), (0.0, "under 0.5")]  # fmt: skip
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for confidence, right in hits:
        name = next(label for edge, label in edges if confidence >= edge - 1e-9)
        found[name][0] += 1
        found[name][1] += right
    return {label: (found[label][0], found[label][1]) for _edge, label in edges if label in found}
