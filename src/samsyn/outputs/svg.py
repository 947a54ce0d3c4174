"""SVG that tells what it shows, kept by its content so that the same figure is drawn once."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Callable
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings

from samsyn.outputs import theme

# Raise it when a drawing changes, so that no old figure is shown.
EDITION = 3
_NOISE = re.compile(r' (?:role="graphics-[a-z]+"|aria-(?:label|roledescription|hidden)="[^"]*")')


def drawn(kind: str, data: Any, draw: Callable[[], str]) -> str:
    """Return the SVG of `kind` for `data`, drawn only where the same has not been drawn before."""
    text = json.dumps([EDITION, kind, data], sort_keys=True, ensure_ascii=False, default=str)
    return _drawn(hashlib.sha256(text.encode()).hexdigest(), Lazy(draw))


class Lazy:
    """A drawing to do if needed. All are equal, so that the memory is keyed by content alone."""

    def __init__(self, draw: Callable[[], str]) -> None:
        self.draw = draw

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lazy)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=512)
def _drawn(key: str, lazy: Lazy) -> str:
    path = Path(settings.DATA) / "cache" / "figures" / f"{key}.svg"
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        svg = lazy.draw()
        keep(path, svg)
        return svg


def keep(path: Path, svg: str) -> None:
    """Put the figure away for other workers; a disk that refuses costs time only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, delete=False, encoding="utf-8"
        ) as out:
            out.write(svg)
        Path(out.name).replace(path)
    except OSError:
        return


def told(svg: str, key: str, title: str, description: str) -> str:
    """Return the SVG as one image with a title and a description, without the noise inside."""
    # A family name with a figure in it must be quoted, or no program finds it.
    svg = _NOISE.sub("", svg).replace(f'"{theme.FONT}"', f"\"'{theme.FONT}', sans-serif\"")
    head = f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(description)}</desc>'
    opening, rest = svg.split(">", 1)
    opening = opening.replace(' class="marks"', "")
    return f'{opening} role="img" aria-labelledby="{key}-t {key}-d">{head}{rest}'


def size_of(svg: str) -> tuple[int, int]:
    """Return width and height in px."""
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    if found is None:
        raise ValueError("The SVG has no size.")
    return round(float(found[1])), round(float(found[2]))


def for_web(svg: str) -> str:
    """Return the SVG with the inks of the page, so that it follows light and dark."""
    for ink, name in theme.WEB_INKS.items():
        svg = svg.replace(f'"{ink}"', f'"{name}"')
    return svg


def png(svg: str, scale: float = 2.0) -> bytes:
    """Return the SVG as PNG, for programs that draw no SVG."""
    import vl_convert

    theme.use_fonts()
    opening, rest = svg.split(">", 1)
    # Word shows a transparent ground as grey.
    image: bytes = vl_convert.svg_to_png(
        f'{opening}><rect width="100%" height="100%" fill="{theme.PAPER}"/>{rest}', scale=scale
    )
    return image
