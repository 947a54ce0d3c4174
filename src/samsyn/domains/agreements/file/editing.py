"""Changes to a file's text that leave alone what they do not touch: comments, order, line breaks.

The text is read with the places of its parts, the new data is laid beside the old, and only the
lines of what differs are written anew.
"""

from __future__ import annotations

import difflib
import json
from typing import Any, NamedTuple

import yaml

from samsyn.domains.agreements.file.problems import AgreementFileError
from samsyn.domains.agreements.file.schema import Agreement
from samsyn.domains.agreements.file.writing import entry_text, section_text, write_data
from samsyn.domains.agreements.file.yaml_source import read_yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def change_text(text: str, data: dict[str, Any]) -> str:
    """The text changed so that it says ``data``; the rest of it stands as it stood.

    ``text`` is YAML that ``read_yaml`` can read (AgreementFileError otherwise), or empty. The
    result always reads back as ``data``: where that cannot be had by small changes, the whole
    file is written anew.
    """
    old = read_yaml(text).data if text.strip() else None
    if not isinstance(old, dict) or not old:
        return write_data(_in_order(data))
    if old == data:
        return text
    source = text.removeprefix("\ufeff")
    node = yaml.compose(source, Loader=_LOADER)
    changed = _applied(source, _mapping(source, node, old, data, 0, ()))
    try:
        return changed if read_yaml(changed).data == data else write_data(_in_order(data))
    except AgreementFileError:
        return write_data(_in_order(data))


def _in_order(data: dict[str, Any]) -> dict[str, Any]:
    known = [info.alias or name for name, info in Agreement.model_fields.items()]
    return {key: data[key] for key in sorted(data, key=_place_among(known))}


def _place_among(known: list[str]) -> Any:
    return lambda key: known.index(key) if key in known else len(known)


def _applied(source: str, edits: list[_Edit]) -> str:
    for edit in sorted(edits, reverse=True):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source


def _mapping(
    source: str,
    node: Any,
    old: dict[str, Any],
    new: dict[str, Any],
    column: int,
    path: tuple[str, ...],
) -> list[_Edit]:
    """The edits inside a block mapping whose keys stand at ``column``."""
    edits: list[_Edit] = []
    entries = [(key.value, key, value) for key, value in node.value]
    kept = [name for name, _key, _value in entries if name in new]
    added = [name for name in new if name not in old]
    for position, (name, key, value) in enumerate(entries):
        start, end = key.start_mark.index, _real_end(value)
        if name not in new:
            following = entries[position + 1][1].start_mark.index if position + 1 < len(entries) else None  # fmt: skip
            edits.append(_removal(source, start, end, following))
        elif old[name] != new[name]:
            edits += _entry(source, name, value, old[name], new[name], start, column, path)
    for name, values in _grouped(added, new, kept, path).items():
        if name is None:
            at = entries[0][1].start_mark.index
            written = "".join(_written(key, new[key], column, path) for key in values)
            edits.append(_Edit(at, at, written.lstrip("\n") + " " * column))
        else:
            value = next(value for known, _key, value in entries if known == name)
            at = _line_end(source, _real_end(value))
            written = "".join(_written(key, new[key], column, path, True) for key in values)
            edits.append(_Edit(at, at, written.rstrip("\n")))
    return edits


def _grouped(
    added: list[str], new: dict[str, Any], kept: list[str], path: tuple[str, ...]
) -> dict[str | None, list[str]]:
    """New keys under the key they are written after; None for those that come first."""
    order = list(_in_order(new)) if not path else list(new)
    groups: dict[str | None, list[str]] = {}
    for name in sorted(added, key=order.index):
        before = [key for key in order[: order.index(name)] if key in kept]
        # What stood last in the text is the place for what has nothing before it but the id.
        groups.setdefault(before[-1] if before else None, []).append(name)
    return groups


def _written(key: str, value: Any, column: int, path: tuple[str, ...], after: bool = False) -> str:
    """An entry on lines of its own; ``after`` where it follows the end of a line."""
    text = _indented(entry_text(key, value) if path else section_text(key, value), column)
    if after:
        air = "\n" if not path and "\n" in text.strip() else ""
        return f"{air}\n{' ' * column}{text}".rstrip("\n")
    return " " * column + text


def _indented(text: str, column: int) -> str:
    """The lines after the first moved in to ``column``; blank ones left blank."""
    first, *rest = text.splitlines()
    lines = [first, *(" " * column + line if line else "" for line in rest)]
    return "\n".join(lines) + "\n"


def _entry(
    source: str,
    name: str,
    node: Any,
    old: Any,
    new: Any,
    start: int,
    column: int,
    path: tuple[str, ...],
) -> list[_Edit]:
    """The edits for a field with another value: inside it where that can be, else all of it."""
    where = (*path, name)
    if not getattr(node, "flow_style", True):
        if isinstance(node, yaml.MappingNode) and isinstance(new, dict) and set(old) & set(new):
            return _mapping(source, node, old, new, _column(node.value[0][0]), where)
        if isinstance(node, yaml.SequenceNode) and isinstance(new, list) and new:
            return [_sequence(source, node, old, new, where)]
    text = _indented(entry_text(name, new), column).rstrip("\n")
    return [_Edit(start, _real_end(node), text)]


def _sequence(
    source: str, node: Any, old: list[Any], new: list[Any], path: tuple[str, ...]
) -> _Edit:
    """One edit for a block list: the parts' own texts, put together in the new order."""
    dash = source.rfind("-", 0, node.value[0].start_mark.index)
    column = dash - _line_start(source, dash)
    begin = _line_start(source, dash)
    while source[_line_start(source, begin - 1) : begin].lstrip().startswith("#"):
        begin = _line_start(source, begin - 1)
    ends = [_line_end(source, _real_end(part)) for part in node.value]
    starts = [begin, *(end + 1 for end in ends[:-1])]
    texts = [source[start:end] for start, end in zip(starts, ends, strict=True)]
    roomy = any(text.startswith("\n") for text in texts[1:])
    parts = []
    for position, (value, origin) in enumerate(_origins(old, new)):
        if origin is None:
            text = " " * column + _indented(entry_text(None, value), column).rstrip("\n")
            text = ("\n" if roomy and position else "") + text
        else:
            text = _part(source, node.value[origin], old[origin], value, starts[origin], ends[origin], path)  # fmt: skip
            if not position:
                text = text.lstrip("\n")
            elif roomy and origin == 0:
                text = "\n" + text
        parts.append(text)
    return _Edit(begin, ends[-1], "\n".join(parts))


def _origins(old: list[Any], new: list[Any]) -> list[tuple[Any, int | None]]:
    """Each new part with the old one it comes from: by id, else as the nearest alike."""
    if all(isinstance(part, dict) and "id" in part for part in (*old, *new)):
        places: dict[str, int] = {}
        for position, part in enumerate(old):
            places.setdefault(json.dumps(part["id"]), position)
        return [(part, places.pop(json.dumps(part["id"]), None)) for part in new]
    matcher = difflib.SequenceMatcher(None, [repr(p) for p in old], [repr(p) for p in new], False)
    origins: list[tuple[Any, int | None]] = []
    for _tag, first, last, start, end in matcher.get_opcodes():
        for step in range(end - start):
            origins.append((new[start + step], first + step if first + step < last else None))
    return origins


def _part(
    source: str, node: Any, old: Any, new: Any, start: int, end: int, path: tuple[str, ...]
) -> str:
    """The text of one part of a list, changed where it differs."""
    text = source[start:end]
    if old == new:
        return text
    inside = isinstance(node, yaml.MappingNode) and not node.flow_style
    if inside and isinstance(new, dict) and set(old) & set(new):
        edits = _mapping(source, node, old, new, _column(node.value[0][0]), path)
        return _applied(text, [_Edit(e.start - start, e.end - start, e.text) for e in edits])
    dash = source.rfind("-", 0, node.start_mark.index)
    column = dash - _line_start(source, dash)
    written = _indented(entry_text(None, new), column).rstrip("\n")
    return text[: dash - start] + written + text[_real_end(node) - start :]


def _removal(source: str, start: int, end: int, following: int | None) -> _Edit:
    """Takes an entry away with its line; the first entry after a dash gives its place to the next."""
    line = _line_start(source, start)
    if source[line:start].strip():
        return _Edit(start, following if following is not None else end, "")
    last = _line_end(source, end)
    while source[last + 1 : last + 2] == "\n" and source[line - 2 : line] in ("\n\n", ""):
        last += 1
    return _Edit(line, min(last + 1, len(source)), "")


def _real_end(node: Any) -> int:
    """Where the text of a value ends; a block's own mark lies after what follows it."""
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return int(node.end_mark.index) - 1
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _real_end(last[1] if isinstance(last, tuple) else last)


def _column(node: Any) -> int:
    return int(node.start_mark.column)


def _line_start(source: str, index: int) -> int:
    return source.rfind("\n", 0, index) + 1


def _line_end(source: str, index: int) -> int:
    end = source.find("\n", index)
    return len(source) if end < 0 else end
