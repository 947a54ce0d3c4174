"""Fetching the live events from polisen.se, politely: at most every ten minutes, only what is new."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

import samsyn
from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.errors import UserError
from samsyn.base.jobs.imports import import_now
from samsyn.base.jobs.models import Job

PAUSE = dt.timedelta(minutes=10)
MAX_BYTES = 20_000_000
TIMEOUT_SECONDS = 20
STATE = "police-events-fetch"


def fetch_police_events() -> Job | None:
    """Fetch and read in the latest events; None where nothing is new or it is too early to ask again.

    Raises UserError where fetching is switched off, or the police's service does not answer.
    """
    if not settings.POLICE_EVENTS_FETCH:
        raise UserError(
            _("Hämtning från polisen.se är avstängd. Sätt SAMSYN_FETCH_POLICE_EVENTS=1.")
        )
    state = cache.get(STATE, {})
    if state.get("asked") and clock.now() - state["asked"] < PAUSE:
        return None
    cache.set(STATE, {**state, "asked": clock.now()}, timeout=None)
    content, tag = ask(state.get("tag", ""))
    if content is None:
        return None
    job = import_now(actor=SYSTEM, kind="import.police-events", source=content)
    cache.set(STATE, {"asked": clock.now(), "tag": tag}, timeout=None)
    return job


def ask(tag: str) -> tuple[bytes | None, str]:
    """Ask the service once; returns the content and its tag, no content where nothing has changed."""
    import httpx

    headers = {"User-Agent": f"Samsyn/{samsyn.__version__} (+{settings.BASE_URL})"}
    if tag:
        headers["If-None-Match"] = tag
    try:
        with httpx.stream(
            "GET", settings.POLICE_EVENTS_URL, headers=headers, timeout=TIMEOUT_SECONDS
        ) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return None, tag
            response.raise_for_status()
            return read_limited(response), response.headers.get("ETag", "")
    except httpx.HTTPError as error:
        raise UserError(
            _("Polisens tjänst svarade inte (%(error)s). Försök igen om en stund.")
            % {"error": type(error).__name__}
        ) from error


def read_limited(response: object) -> bytes:
    """Return the body, at most `MAX_BYTES`: an answer without end must not fill the memory."""
    body = bytearray()
    for chunk in response.iter_bytes():  # type: ignore[attr-defined]
        body += chunk
        if len(body) > MAX_BYTES:
            raise UserError(_("Svaret från polisens tjänst är orimligt stort. Inget har lästs in."))
    return bytes(body)
