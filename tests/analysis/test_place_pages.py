"""The method pages of place are whole, and every example in pages and docstrings runs."""

from __future__ import annotations

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "methods"
NAMES = (
    "near_repeat", "knox", "space_time_scan", "getis_ord", "moran", "density", "hot_spots",
    "points_in_areas", "batch",
)  # fmt: skip
HEADINGS = ("How to read the answer", "When it misleads", "Formula", "Source", "Example")


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_whole_and_its_example_runs(name):
    page = PAGES / f"{name}.md"
    text = page.read_text()

    assert "**Question:**" in text
    assert all(f"\n## {heading}\n" in text for heading in HEADINGS)
    for figure in re.findall(r"\]\((figures/\w+\.svg)\)", text):
        assert (PAGES / figure).exists()
    ran = doctest.testfile(str(page), module_relative=False)
    assert ran.attempted > 0
    assert ran.failed == 0


@pytest.mark.parametrize("name", ["near_repeat", "knox", "scan", "spatial", "density", "geo"])
def test_the_examples_in_docstrings_run(name):
    ran = doctest.testmod(import_module(f"samsyn.analysis.{name}"))

    assert ran.attempted > 0
    assert ran.failed == 0
