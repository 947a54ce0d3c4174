"""Text can be read and frames seen, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samsyn.web import look

CSS = (Path(look.__file__).parent / "static/look/css/colors.css").read_text()
DECLARATION = re.compile(r"(--[\w-]+):\s*([^;]+);")
TONES = ("accent", "neutral", "info", "success", "warning", "danger")


def blocks() -> dict[str, dict[str, str]]:
    """The declarations of the three blocks."""
    light, dark, own_setting = re.findall(r"\{\s*color-scheme:[^{}]+\}", CSS)
    return {
        name: dict(DECLARATION.findall(text))
        for name, text in (("light", light), ("dark", dark), ("own setting", own_setting))
    }


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("tone", TONES)
def test_text_is_readable_on_every_ground(mode, tone):
    colours = blocks()[mode]
    neutral = "--ds-color-neutral-"
    grounds = [colours["--paper"], colours["--sheet"], colours[f"{neutral}surface-tinted"]]
    grounds.append(colours[f"--ds-color-{tone}-surface-tinted"])
    for text in ("text-subtle", "text-default"):
        for ground in grounds:
            assert contrast(colours[f"--ds-color-{tone}-{text}"], ground) >= 4.5, (text, ground)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("tone", TONES)
def test_a_filled_button_can_be_read_in_all_its_states(mode, tone):
    colours = blocks()[mode]
    for state in ("default", "hover", "active"):
        text, ground = (
            colours[f"--ds-color-{tone}-base-contrast-default"],
            colours[f"--ds-color-{tone}-base-{state}"],
        )
        assert contrast(text, ground) >= 4.5, state


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_frames_marks_and_lateness_are_seen(mode):
    colours = blocks()[mode]
    for ground in (colours["--paper"], colours["--sheet"]):
        assert contrast(colours["--late"], ground) >= 4.5
        assert contrast(colours["--data-past-text"], ground) >= 4.5
        for mark in ("--data-now", "--ds-color-neutral-border-default", "--ds-color-focus-outer"):
            assert contrast(colours[mark], ground) >= 3, mark


def test_dark_is_the_same_by_choice_and_by_the_computers_setting():
    assert blocks()["dark"] == blocks()["own setting"]


def test_dark_answers_every_colour_of_light():
    assert blocks()["dark"].keys() == blocks()["light"].keys()
