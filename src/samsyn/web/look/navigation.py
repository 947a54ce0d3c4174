"""The registry of what stands in the navigation.

Rooms register their words at start-up; a word whose address is not in this installation, or which the
viewer may not use, is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

Placement = Literal["main", "menu"]


def everybody(viewer: object) -> bool:
    """Allow every viewer."""
    return True


@dataclass(frozen=True)
class NavItem:
    """One word of the navigation.

    Args:
        key: unique; a page marks itself as current with the context variable `room = key`.
        label: the word, lazily translated.
        url_name: name to reverse, without arguments.
        icon: name in the sprite.
        order: lower stands first.
        placement: "main" for the seven words, "menu" for what lies behind the name.
        allowed: is given `request.viewer` and says whether the word is shown.
    """

    key: str
    label: Any
    url_name: str
    icon: str
    order: int
    placement: Placement = "main"
    allowed: Callable[[Any], bool] = everybody


@dataclass(frozen=True)
class NavLink:
    """A word as the templates show it."""

    key: str
    label: Any
    url: str
    icon: str
    current: bool


_items: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Put a word in the navigation; the same key again replaces it."""
    _items[item.key] = item


def links(request: HttpRequest, placement: Placement) -> list[NavLink]:
    """Return the words of one placement that this request's viewer may use, in order."""
    viewer = getattr(request, "viewer", None)
    found: list[tuple[NavItem, str]] = []
    for item in sorted(_items.values(), key=lambda item: (item.order, item.key)):
        if item.placement != placement or not item.allowed(viewer):
            continue
        try:
            found.append((item, reverse(item.url_name)))
        except NoReverseMatch:
            continue
    here = current_url(request.path, [url for _item, url in found])
    return [NavLink(i.key, i.label, url, i.icon, url == here) for i, url in found]


def current_url(path: str, urls: list[str]) -> str:
    """Return the longest of `urls` that `path` lies under; the front page only matches itself."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default="")
