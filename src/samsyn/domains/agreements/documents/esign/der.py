"""The little of DER (X.690) that a detached CMS signature needs: definite lengths, read strictly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SEQUENCE, SET, OCTETS, OID, INTEGER = 0x30, 0x31, 0x04, 0x06, 0x02


class NotDer(ValueError):
    """The bytes are not DER."""


@dataclass(frozen=True)
class Node:
    """One value: its tag, its content, and the whole of it as encoded."""

    tag: int
    content: bytes
    encoded: bytes

    def children(self) -> list[Node]:
        return list(nodes_in(self.content))

    def expect(self, tag: int) -> Node:
        """Return itself; NotDer where the tag is another."""
        if self.tag != tag:
            raise NotDer(f"Tag {self.tag:#x} where {tag:#x} was expected.")
        return self


def read(data: bytes, start: int = 0) -> Node:
    """Read the value that begins at `start`; what follows it is left."""
    try:
        tag, first = data[start], data[start + 1]
    except IndexError:
        raise NotDer("The data end too early.") from None
    if tag & 0x1F == 0x1F:
        raise NotDer("Tags of several bytes are not used here.")
    at = start + 2
    length = first
    if first & 0x80:
        count = first & 0x7F
        if not 1 <= count <= 4 or at + count > len(data):
            raise NotDer("The length is indefinite or absurd.")
        length = int.from_bytes(data[at : at + count], "big")
        at += count
    if at + length > len(data):
        raise NotDer("The data end too early.")
    return Node(tag, data[at : at + length], data[start : at + length])


def nodes_in(data: bytes) -> Iterator[Node]:
    """Yield the values that follow each other in `data`."""
    at = 0
    while at < len(data):
        node = read(data, at)
        yield node
        at += len(node.encoded)


def dotted(node: Node) -> str:
    """Return an object identifier as `1.2.840…`."""
    numbers, value = [], 0
    for byte in node.expect(OID).content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    if not numbers:
        raise NotDer("An empty object identifier.")
    root = min(numbers[0] // 40, 2)
    return ".".join(str(one) for one in (root, numbers[0] - 40 * root, *numbers[1:]))
