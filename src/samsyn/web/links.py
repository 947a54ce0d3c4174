"""Where a thing is shown: turns the links of the lower floors into addresses."""

from __future__ import annotations

import logging

from django.conf import settings
from django.urls import get_resolver, reverse

from samsyn.base.links import Link

log = logging.getLogger(__name__)

_url_names: dict[str, str] = {}


def show(kind: str, url_name: str) -> None:
    """Say that things of `kind` are shown by the page `url_name`, which takes the key where there is one."""
    _url_names[kind] = url_name


def known_url_names() -> dict[str, str]:
    """Return kind → page. The rooms say what they show when their addresses are read, which a worker has not done."""
    get_resolver().url_patterns  # noqa: B018 - reading is the point
    return _url_names


def is_shown(link: Link) -> bool:
    """Tell whether some page shows it; what none shows is logged, and must not break the page that lists it."""
    if link.kind not in known_url_names():
        log.error("No page shows things of the kind %s.", link.kind)
    return link.kind in _url_names


def url_of(link: Link) -> str:
    """Return the address of the thing; LookupError for a kind that no page shows."""
    if link.kind not in known_url_names():
        raise LookupError(f"No page shows things of the kind {link.kind}.")
    return reverse(_url_names[link.kind], args=[link.key] if link.key else [])


def whole_address(link: Link) -> str:
    """Return the address with host, for letters; an empty string for a kind that no page shows."""
    try:
        return f"{settings.BASE_URL}{url_of(link)}"
    except LookupError:
        return ""
