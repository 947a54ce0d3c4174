"""The look of charts, maps and documents: the same inks as the pages, one hue for this period."""

from __future__ import annotations

from pathlib import Path
from typing import Any

FONT = "Source Sans 3"
FONTS = Path(__file__).parent / "fonts"

PAPER = "#ffffff"
INK = "#162325"
QUIET = "#4a5555"
ACCENT = "#00535b"
PAST = "#9a958b"
BAND = "#dcd8cf"
RULE = "#d4d0c8"
LAND = "#f3f0ea"
SHORE = "#7e7a72"

# What each ink is called in the style of the pages, so that figures follow light and dark there.
WEB_INKS = {
    PAPER: "var(--sheet)",
    INK: "var(--ink)",
    QUIET: "var(--ink-quiet)",
    ACCENT: "var(--accent)",
    PAST: "var(--figure-past)",
    BAND: "var(--figure-band)",
    RULE: "var(--rule)",
    LAND: "var(--quiet)",
    SHORE: "var(--frame)",
}
WIDTH = 620


def chart_config() -> dict[str, Any]:
    """Return the Vega-Lite configuration: no frame, faint rules, small labels in the house type."""
    text = {"font": FONT, "fontSize": 13, "color": INK}
    axis = {
        "labelFont": FONT, "labelFontSize": 13, "labelColor": INK, "titleFont": FONT, "titleFontSize": 13,
        "titleColor": QUIET, "titleFontWeight": "normal", "domainColor": SHORE, "tickColor": SHORE,
        "gridColor": RULE, "labelPadding": 6, "labelLimit": 0,
    }  # fmt: skip
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "text": text,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 4,
    }


def use_fonts() -> None:
    """Let the chart program find the house type, where its files are here."""
    import vl_convert

    if FONTS.is_dir():
        vl_convert.register_font_directory(str(FONTS))
