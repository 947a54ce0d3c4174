"""A page's form as a browser has it: each box with what stands in it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Boxes(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[str]] = {}
        self.ticks: dict[str, list[str]] = {}
        self._area: str | None = None
        self._select: str | None = None
        self._chosen: str | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name:
            kind = given.get("type", "text")
            self.found.setdefault(name, [])
            if kind in ("checkbox", "radio"):
                self.ticks.setdefault(name, []).append(given.get("value", "on"))
                if "checked" in given:
                    self.found[name].append(given.get("value", "on"))
            else:
                self.found[name].append(given.get("value") or "")
        elif tag == "textarea" and name:
            self._area = name
            self.found.setdefault(name, []).append("")
        elif tag == "select" and name:
            self._select, self._chosen = name, None
        elif tag == "option" and self._select and (self._chosen is None or "selected" in given):
            self._chosen = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select" and self._select:
            self.found.setdefault(self._select, []).append(self._chosen or "")
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area][-1] += data


def ticks_of(html: str) -> dict[str, list[str]]:
    """Each name that is ticked in boxes, with the values in the page's order."""
    reader = _Boxes()
    reader.feed(html)
    return {name: values for name, values in reader.ticks.items() if len(values) > 1}


def boxes_of(html: str) -> dict[str, list[str]]:
    """Each name with the values that a browser would send if one pressed the button at once."""
    reader = _Boxes()
    reader.feed(html)
    found = {name: values for name, values in reader.found.items() if name != "csrfmiddlewaretoken"}
    # A browser leaves out the line break right after <textarea>.
    return {name: [value.removeprefix("\n") for value in values] for name, values in found.items()}
