"""Typed readers of environment variables. A wrong value stops the program and says how to mend it."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}


def text(name: str, default: str | None = None) -> str:
    """Return the variable `name`; raise ImproperlyConfigured when it is missing without default."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"The environment variable {name} is missing. Set it and start again."
        )
    return value


def boolean(name: str, default: bool) -> bool:
    """Return the variable `name` as true or false; raise ImproperlyConfigured for any other word."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if value.lower() in TRUE_WORDS:
        return True
    if value.lower() in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false. Write 1 or 0.")


def integer(name: str, default: int, *, minimum: int = 0) -> int:
    """Return the variable `name` as a whole number of at least `minimum`."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None
    if number < minimum:
        raise ImproperlyConfigured(f"{name}={number} is too small: at least {minimum}.")
    return number


def words(name: str, default: str) -> list[str]:
    """Return the variable `name`, separated by commas, as a list without empty words."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, default: str) -> Path:
    """Return the variable `name` as an absolute folder path, created when it is missing."""
    path = Path(os.environ.get(name) or default).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}={path} cannot be made or written: {error}") from None
    return path
