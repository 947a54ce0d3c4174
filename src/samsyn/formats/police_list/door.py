"""What is taken away at the door: street numbers, case numbers, ids and exact coordinates."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

CELL_METRES = 250

_ROAD_CODE = re.compile(r"(?:E|Rv|Lv)\d{1,3}(?:[./]\d{1,3})?$", re.IGNORECASE)
_ORDINAL = re.compile(r"\d{1,2}:(?:a|e|dje|de|ra|tra|dra)$", re.IGNORECASE)
_IDENTIFIER = re.compile(
    r"\b\d{4}[- ]?[KBA][- ]?\d+[- ]\d{2}\b"  # case number
    r"|\b(?:19|20)?\d{6}[-+ ]?\d{4}\b"  # personal identity or coordination number
    r"|\b\d{5,}\b"
    r"|\S+@\S+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?i)\s*(?:\bc/o\b|\blgh\b|\bläg(?:enhet)?\.?\b|\bvån\b|\bport\b|\bhos\b|\btel\b|\().*$"
)

# a number written together with the name: Storgatan12B
_GLUED = re.compile(r"([a-zåäö]{3})(\d)", re.IGNORECASE)


def clean_street(text: str) -> str:
    """A street or place without number, flat, care-of name or identifier; at most 80 characters.

    `Storgatan 12 B lgh 1101` → `Storgatan`; roads keep their number (`Väg 97`, `E4`), as do
    ordinals (`2:a Tvärgatan`).
    """
    value = _GLUED.sub(r"\1 \2", _TAIL.sub("", _IDENTIFIER.sub(" ", text)))
    kept: list[str] = []
    for word in value.replace(",", " , ").split():
        plain = not any(c.isdigit() for c in word)
        if (
            plain
            or _ORDINAL.match(word)
            or _ROAD_CODE.match(word)
            or (kept and word.isdigit() and len(word) <= 4 and _is_road(kept))
        ):
            kept.append(word)
        elif any(w != "," for w in kept):
            break
    cleaned = " ".join(kept).replace(" ,", ",").strip(" ,.-/")
    return cleaned[:80]


def _is_road(words: Sequence[str]) -> bool:
    """Whether a number after these words is a road's own: `Väg 97`, not `Skolväg 3`."""
    return words[-1].casefold().rstrip(".") in {
        "väg", "riksväg", "länsväg", "europaväg", "motorväg", "rv", "lv", "e", "trafikplats", "tpl"
    }  # fmt: skip


def clean_label(text: str) -> str:
    """An area, municipality or crime name without identifiers; at most 120 characters."""
    return " ".join(_IDENTIFIER.sub(" ", text).split())[:120]


def make_row_key(secret: bytes, parts: Sequence[str]) -> str:
    """HMAC-SHA256 in hex: serves only to see what changed between two deliveries."""
    message = "\x1f".join(" ".join(part.split()) for part in parts)
    return hmac.new(secret, message.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


@lru_cache(maxsize=2)
def _transformer(inverse: bool) -> Any:
    from pyproj import Transformer

    ends = ("EPSG:3006", "EPSG:4326") if inverse else ("EPSG:4326", "EPSG:3006")
    return Transformer.from_crs(*ends, always_xy=True)


def to_wgs84(northing: float, easting: float) -> tuple[float, float]:
    """(lat, lon) in WGS84 from SWEREF 99 TM metres."""
    lon, lat = _transformer(True).transform(easting, northing)
    return lat, lon


def coarsen_points(
    points: Sequence[tuple[float, float]],
) -> list[tuple[float, float, str]]:
    """Each (lat, lon) as the middle of its 250 m cell in SWEREF 99 TM: (lat, lon, cell id).

    The cell id is SCB's: six digits easting and seven northing of the lower left corner.
    """
    if not points:
        return []
    import numpy as np

    lat, lon = np.asarray(points, dtype=float).T
    east, north = _transformer(False).transform(lon, lat)
    left = np.floor(np.asarray(east) / CELL_METRES) * CELL_METRES
    low = np.floor(np.asarray(north) / CELL_METRES) * CELL_METRES
    lon_mid, lat_mid = _transformer(True).transform(left + CELL_METRES / 2, low + CELL_METRES / 2)
    return [
        (round(float(y), 6), round(float(x), 6), f"{int(e):06d}{int(n):07d}")
        for y, x, e, n in zip(lat_mid, lon_mid, left, low, strict=True)
    ]
