"""The cast and the shared data that all tests use. The settings of the run are in tests/settings.py."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run of CI; a developer's run looks for new ones.
settings.register_profile("ci", derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "default")

ROOT = Path(__file__).resolve().parents[1]

pytest_plugins = ["tests.browser", "tests.cast", "tests.coverage_of_clauses"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real data; the test is skipped where it is absent, and fails in CI."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("The shared data must be present in CI.")
        pytest.skip("The real data lie beside the repository, and are not here.")
    return folder


@pytest.fixture(autouse=True)
def empty_cache():
    """Throttles and caches of one test must not reach the next."""
    from django.core.cache import cache

    cache.clear()
