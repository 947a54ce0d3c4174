"""The cast, the clock and the shared data that all tests use."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# A data folder of its own for every test process: nothing of the developer's is touched.
os.environ["SAMSYN_DATA"] = tempfile.mkdtemp(prefix="samsyn-test-")
os.environ.setdefault("SAMSYN_HTTPS", "0")
os.environ.setdefault("SAMSYN_DEMO", "0")
os.environ.setdefault("SAMSYN_SECRET_KEY", "only-for-tests")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs beside the tests

import pytest  # noqa: E402

pytest_plugins = ["tests.cast", "tests.coverage_of_clauses"]


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
def fast_and_quiet(settings):
    """Cheap password hashing, jobs run at once, mail kept in memory, plain static files."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
