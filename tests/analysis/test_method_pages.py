"""Every method page is whole, and its example runs and says what it prints."""

import doctest
import re
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "methods"
OWN = (
    "accuracy", "aoristic", "decompose", "displacement", "early_warning", "harm",
    "interrupted_series", "rate_change", "suppress", "survey", "verdict",
)  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_the_example_runs(name):
    result = doctest.testfile(
        str(PAGES / f"{name}.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("name", OWN)
def test_the_page_is_whole(name):
    text = (PAGES / f"{name}.md").read_text()
    assert "**Question:**" in text
    for heading in ("How to read the answer", "When it misleads", "Formula", "Source", "Example"):
        assert f"\n## {heading}\n" in text
    figures = re.findall(r"\]\((figures/\w+\.svg)\)", text)
    assert figures
    assert all((PAGES / figure).exists() for figure in figures)


def test_the_docstring_example_of_the_package_runs():
    import samsyn.analysis

    assert doctest.testmod(samsyn.analysis).failed == 0
