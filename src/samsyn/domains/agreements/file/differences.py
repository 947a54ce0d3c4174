"""What changed from one version of an agreement file to the next, in Swedish sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from samsyn.domains.agreements.file.schema import Agreement, Item, Strict
from samsyn.domains.agreements.file.words import FIELDS, SECTIONS
from samsyn.domains.agreements.file.writing import plain_value
from samsyn.rhythm.wording import describe

# Lists of which any part counts as much as another: their order says nothing.
UNORDERED = frozenset(
    {"evidence", "always_include", "weekdays", "parties", "covers", "in_each", "one_in_each",
     "issued_by", "signed_by"}
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One difference. ``path`` names things by id: ``bodies.styrgruppen.seats.ordforande.party``."""

    kind: Literal["added", "removed", "changed"]
    path: str
    sentence: str
    clauses: tuple[str, ...] = ()
    before: Any = None
    after: Any = None


def diff_agreements(old: Agreement, new: Agreement) -> list[Change]:
    """Every difference between two versions of an agreement, in the file's order.

    Things with an id are followed by it, so that a change of order or of a name is no removal.
    """
    return _differences(old, new, "", "Avtalet", ())


def _differences(
    old: Strict, new: Strict, path: str, subject: str, clauses: tuple[str, ...]
) -> list[Change]:
    changes: list[Change] = []
    for name, info in type(new).model_fields.items():
        before, after = getattr(old, name), getattr(new, name)
        key = info.alias or name
        if before == after or (key in UNORDERED and set(before) == set(after)):
            continue
        where = f"{path}.{key}" if path else key
        if _have_ids(before) and _have_ids(after):
            changes += _list_differences(before, after, key, where, subject, bool(path))
        elif isinstance(before, Strict) and isinstance(after, Strict):
            inner = SECTIONS[key][0] if key in SECTIONS else subject
            changes += _differences(before, after, where, inner, _clauses(after) or clauses)
        else:
            changes.append(_field_change(before, after, key, where, subject, clauses))
    return changes


def _list_differences(
    before: Any, after: Any, key: str, where: str, owner: str, nested: bool
) -> list[Change]:
    noun, inside = SECTIONS.get(key, (key.capitalize(), key))
    tail = f" för {owner[:1].lower()}{owner[1:]}" if nested else ""
    old = {part.id: part for part in before}
    new = {part.id: part for part in after}
    changes = [
        Change(
            "removed",
            f"{where}.{name}",
            f"{noun} {_title(part)}{tail} finns inte längre.",
            _clauses(part),
            before=plain_value(part),
        )
        for name, part in old.items()
        if name not in new
    ]
    for name, part in new.items():
        here = f"{where}.{name}"
        if name not in old:
            changes.append(
                Change(
                    "added",
                    here,
                    f"Nytt i filen: {inside} {_title(part)}{tail}.",
                    _clauses(part),
                    after=plain_value(part),
                )
            )
        elif part != old[name]:
            subject = f"{noun} {_title(part)}{tail}"
            changes += _differences(old[name], part, here, subject, _clauses(part))
    return changes


def _field_change(
    before: Any, after: Any, key: str, where: str, subject: str, clauses: tuple[str, ...]
) -> Change:
    field = FIELDS.get(key) or SECTIONS.get(key, ("", f"”{key}”"))[1]
    kind: Literal["added", "removed", "changed"]
    if _empty(before):
        kind, sentence = "added", f"{subject}: {field} är nu {_shown(after)}."
    elif _empty(after):
        kind, sentence = "removed", f"{subject}: {field} finns inte längre (var {_shown(before)})."
    else:
        kind = "changed"
        sentence = f"{subject}: {field} ändras från {_shown(before)} till {_shown(after)}."
    return Change(kind, where, sentence, clauses, plain_value(before), plain_value(after))


def _have_ids(value: Any) -> bool:
    return isinstance(value, tuple) and all(hasattr(part, "id") for part in value)


def _empty(value: Any) -> bool:
    return value is None or value == ()


def _clauses(part: Any) -> tuple[str, ...]:
    return part.clauses if isinstance(part, Item) else ()


def _title(part: Any) -> str:
    for name in ("subject", "name", "title", "matter"):
        value = getattr(part, name, None)
        if isinstance(value, str) and not (name == "subject" and not hasattr(part, "rhythm")):
            return f"”{value}”"
    return f"”{part.id}”"


def _shown(value: Any) -> str:
    if hasattr(value, "to_data"):
        return describe(value)
    if value is True:
        return "ja"
    if value is False:
        return "nej"
    if isinstance(value, Strict):
        return _title(value) if hasattr(value, "id") else _listed(plain_value(value))
    if isinstance(value, tuple):
        return ", ".join(_shown(part) for part in value) or "tom"
    return f"”{value}”"


def _listed(data: dict[str, Any]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in data.items())
