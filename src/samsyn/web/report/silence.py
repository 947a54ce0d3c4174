"""Keeps the secret addresses of links out of the logs."""

from __future__ import annotations

import logging
import re
from typing import Any

SECRET = re.compile(r"/(r|slapp|godkann|kalender)/(?!sw\.js)[^/\s?'\"]+")
LOGGERS = (
    "django.request",
    "django.server",
    "django.security.csrf",
    "django.security.DisallowedHost",
)


class HideTokens(logging.Filter):
    """Replaces the token in every logged address by an ellipsis."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(hidden(one) for one in record.args)
        return True


def hidden(value: Any) -> Any:
    """Return a text without tokens; anything else as it is."""
    return SECRET.sub(r"/\1/…", value) if isinstance(value, str) else value


def hide_tokens() -> None:
    """Put the filter on every logger that writes addresses."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(HideTokens())
