"""The settings of the test run: the program's own, in a data folder of their own.

A module and not an environment, because pytest-django reads the settings before any conftest.
"""

import os
import tempfile

os.environ["SAMSYN_DATA"] = tempfile.mkdtemp(prefix="samsyn-test-")
os.environ["SAMSYN_HTTPS"] = "0"
os.environ["SAMSYN_DEMO"] = "0"
os.environ["SAMSYN_SECRET_KEY"] = "only-for-tests"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs beside the tests

from samsyn.project.settings import *  # noqa: F403

DEBUG = False
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405 - WhiteNoise looks for it
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
