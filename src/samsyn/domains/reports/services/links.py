"""Ways in without account: made, used and revoked."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer, require
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import ReporterIdentity, ReportLink

TOKEN_BYTES = 18


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


def open_link(token: str) -> ReportLink | None:
    """Return the link that the token opens, with its organisations; None for an unknown or revoked one."""
    if not 10 <= len(token) <= 100:
        return None
    links = ReportLink.objects.select_related("municipality", "organisation")
    return links.filter(token_hash=hash_of(token), revoked_at=None).first()


def viewer_of_link(link: ReportLink) -> Viewer:
    """Return the viewer that the link makes of its holder."""
    return Viewer(kind="link", label="Rapportör", link=link.pk)


class TooManyReports(NotAllowed):
    """The link has sent its share of the hour."""


def require_room(link: ReportLink) -> None:
    """Raise TooManyReports where the link has sent `per_hour` reports in the last hour."""
    since = clock.now() - dt.timedelta(hours=1)
    if ReporterIdentity.objects.filter(link=link, created_at__gt=since).count() >= link.per_hour:
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
