"""Ways in without account: made, used and revoked."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import time
from functools import lru_cache

from django.db import connection, transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer, require
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import ReportLink

TOKEN_BYTES = 18
HOUR = dt.timedelta(hours=1)


def hash_of(token: str) -> str:
    """Return what is kept of a token. It is random and long, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def create_link(
    *,
    actor: Viewer,
    municipality: Organisation,
    organisation: Organisation,
    label: str,
    is_personal: bool = False,
    per_hour: int = 60,
) -> tuple[ReportLink, str]:
    """Make a link and return it with its token, which is shown this once and kept nowhere.

    Raises NotAllowed, or UserError where the organisation does not work in the municipality.
    """
    require(actor, "reports.manage_links", municipality)
    label = " ".join(label.split())
    if not label:
        raise UserError(_("Skriv vem länken är för, till exempel Vaktmästare."))
    if (
        organisation != municipality
        and not organisation.municipalities.filter(pk=municipality.pk).exists()
    ):
        raise UserError(
            _("Organisationen arbetar inte i kommunen. Lägg till kommunen hos den först.")
        )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        link = ReportLink.objects.create(
            municipality=municipality,
            organisation=organisation,
            label=label[:120],
            is_personal=is_personal,
            per_hour=max(1, per_hour),
            token_hash=hash_of(token),
        )
        record(actor, "report_link.created", link, organisation=municipality, label=link.label)
    return link, token


def revoke_link(*, actor: Viewer, link: ReportLink) -> ReportLink:
    """Close the link for good; doing it twice changes nothing."""
    require(actor, "reports.manage_links", link.municipality_id)
    with transaction.atomic():
        now = clock.now()
        if ReportLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
            link.revoked_at = now
            record(actor, "report_link.revoked", link, organisation=link.municipality_id)
    return link


def open_link(token: str, *, remembered: bool = False) -> ReportLink | None:
    """Return the link that the token opens, with its organisations; None for an unknown or revoked one.

    With `remembered` an answer of the last minute will do: sending asks again whether the link is open.
    """
    if not 10 <= len(token) <= 100:
        return None
    if remembered:
        return _recently_found(hash_of(token), int(time.monotonic() // 60))
    return _find(hash_of(token))


def _find(token_hash: str) -> ReportLink | None:
    links = ReportLink.objects.select_related("municipality", "organisation").order_by()
    return next(iter(links.filter(token_hash=token_hash, revoked_at=None)), None)


@lru_cache(maxsize=4096)
def _recently_found(token_hash: str, _minute: int) -> ReportLink | None:
    return _find(token_hash)


def viewer_of_link(link: ReportLink) -> Viewer:
    """Return the viewer that the link makes of its holder."""
    return Viewer(kind="link", label="Rapportör", link=link.pk)


class TooManyReports(NotAllowed):
    """The link has sent its share of the hour."""


class LinkClosed(NotAllowed):
    """The link was revoked, or is not for that organisation and municipality."""


# Written out: this is asked for every report, and putting the same query together each time costs more
# than the database does.
_SHARE = """
    SELECT per_hour, (SELECT COUNT(*) FROM reports_reporteridentity
                      WHERE link_id = reports_reportlink.id AND created_at > %s)
    FROM reports_reportlink
    WHERE id = %s AND municipality_id = %s AND organisation_id = %s AND revoked_at IS NULL
"""


def require_open_link(key: int, municipality: Organisation, organisation: Organisation) -> None:
    """Raise LinkClosed or TooManyReports unless the link may send one more report now (one query)."""
    since = connection.ops.adapt_datetimefield_value(clock.now() - HOUR)
    with connection.cursor() as cursor:
        cursor.execute(_SHARE, [since, key, municipality.pk, organisation.pk])
        found = cursor.fetchone()
    if found is None:
        raise LinkClosed(_("Länken gäller inte längre. Be samordnaren i kommunen om en ny."))
    per_hour, sent = found
    if sent >= per_hour:
        raise TooManyReports(
            _(
                "Länken har skickat många rapporter den senaste timmen. Vänta en stund och försök igen."
            )
        )


def note_use(link: ReportLink) -> None:
    """Remember the day the link was last used; the hour would say more about a person than needed."""
    today = clock.today()
    if link.last_used_on != today:
        ReportLink.objects.filter(pk=link.pk).update(last_used_on=today)
        link.last_used_on = today
