"""Agreements as a municipality has them: in force, expired, in a chain, with days left (L05, K28, U14)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from samsyn.base.access import Viewer, visible
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.file import Agreement as File
from samsyn.domains.agreements.models import Agreement

WARNINGS = (3, 6, 12)
MONTH = 30.44


@dataclass(frozen=True)
class Term:
    """An agreement's time as it stands on a day."""

    agreement: Agreement
    on: dt.date

    @property
    def expired(self) -> bool:
        return self.agreement.is_expired(self.on)

    @property
    def not_begun(self) -> bool:
        return self.agreement.starts_on > self.on

    @property
    def days_left(self) -> int | None:
        """Days to the last day, that day included; None until further notice or when it has passed."""
        if self.agreement.ends_on is None or self.expired:
            return None
        return (self.agreement.ends_on - self.on).days + 1

    @property
    def warning_months(self) -> int | None:
        """3, 6 or 12: the narrowest warning that has been reached before expiry."""
        if self.days_left is None:
            return None
        return next((one for one in WARNINGS if self.days_left <= one * MONTH), None)

    @property
    def signed_late(self) -> bool:
        """Signed after it began to hold: retroactive, accepted and shown (H14, K29)."""
        signed = self.agreement.signed_on
        return bool(signed) and signed[:10] > str(self.agreement.starts_on)[: len(signed)]

    @property
    def signed_early(self) -> bool:
        """Signed half a year or more before it began: accepted, and shown as doubtful (L13)."""
        signed = self.agreement.signed_on
        if len(signed) < 10:
            return False
        return (self.agreement.starts_on - dt.date.fromisoformat(signed)).days > 183


@dataclass(frozen=True)
class Gap:
    """Days without any agreement, between two."""

    first: dt.date
    last: dt.date


def agreements_in(municipality: Organisation, *, viewer: Viewer) -> list[Agreement]:
    """Return the municipality's agreements, newest first; the act apart."""
    return list(
        visible(viewer, Agreement)
        .filter(municipalities=municipality, kind=Agreement.Kind.AGREEMENT)
        .select_related("current_version")
        .order_by("-starts_on", "title")
    )


def gaps_between(agreements: list[Agreement]) -> list[Gap]:
    """Return the days between the first and the last agreement that none of them covers."""
    found: list[Gap] = []
    reached: dt.date | None = None
    for one in sorted(agreements, key=lambda each: each.starts_on):
        if reached is not None and one.starts_on > reached + dt.timedelta(days=1):
            found.append(Gap(reached + dt.timedelta(days=1), one.starts_on - dt.timedelta(days=1)))
        if one.ends_on is None:
            return found
        reached = max(reached or one.ends_on, one.ends_on)
    return found


def contents_of(agreement: Agreement) -> File | None:
    """Return what the agreement's file says, whole."""
    return read_text(agreement.current_version.text) if agreement.current_version else None
