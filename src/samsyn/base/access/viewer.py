"""The viewer: who looks or acts, with what mandates. Every read and write takes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db.models import Q
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access.permissions import roles_with
from samsyn.base.errors import NotAllowed
from samsyn.base.orgs.models import PRIVATE_KINDS, ROLES_WITH_SECOND_STEP, Kind, Membership

if TYPE_CHECKING:
    from samsyn.base.accounts.models import User
    from samsyn.base.orgs.models import Organisation

NOBODY = Q(pk__in=())


@dataclass(frozen=True)
class Mandate:
    """One role for one organisation, and the municipalities it reaches."""

    organisation: int
    organisation_kind: str
    role: str
    municipalities: frozenset[int]

    @property
    def is_private(self) -> bool:
        return self.organisation_kind in PRIVATE_KINDS


@dataclass(frozen=True)
class Viewer:
    """Who looks. `system` sees all and is used by jobs and commands; `link` holds a report link only."""

    kind: Literal["person", "system", "link", "anonymous"]
    label: str
    user: int | None = None
    link: int | None = None
    mandates: tuple[Mandate, ...] = ()

    @property
    def is_system(self) -> bool:
        return self.kind == "system"

    @property
    def is_person(self) -> bool:
        return self.kind == "person"

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(mandate.role for mandate in self.mandates)

    @property
    def organisations(self) -> frozenset[int]:
        """The organisations she acts for."""
        return frozenset(mandate.organisation for mandate in self.mandates)

    @property
    def municipalities(self) -> frozenset[int]:
        """The municipalities that any of her mandates reaches."""
        return frozenset(code for mandate in self.mandates for code in mandate.municipalities)

    @property
    def needs_second_step(self) -> bool:
        return bool(self.roles & ROLES_WITH_SECOND_STEP)

    def municipalities_where(self, permission: str) -> frozenset[int]:
        """Return the municipalities in which she holds `permission`."""
        roles = roles_with(permission)
        return frozenset(
            place
            for mandate in self.mandates
            if mandate.role in roles
            for place in mandate.municipalities
        )

    def organisations_where(self, permission: str) -> frozenset[int]:
        """Return the organisations of her own for which she holds `permission` (her party rooms)."""
        roles = roles_with(permission)
        return frozenset(mandate.organisation for mandate in self.mandates if mandate.role in roles)

    def can(self, permission: str, organisation: Organisation | int) -> bool:
        """Tell whether she may do this in that municipality, or for that organisation of her own."""
        if self.is_system:
            return True
        key = organisation if isinstance(organisation, int) else organisation.pk
        return key in self.municipalities_where(permission) or key in self.organisations_where(
            permission
        )

    def within(self, permission: str, field: str = "municipality") -> Q:
        """Return the condition that `field` is a municipality where she holds `permission`."""
        if self.is_system:
            return Q()
        places = self.municipalities_where(permission)
        return Q(**{f"{field}__in": places}) if places else NOBODY

    def own(self, permission: str, field: str = "organisation") -> Q:
        """Return the condition that `field` is an organisation of her own where she holds `permission`."""
        if self.is_system:
            return Q()
        own = self.organisations_where(permission)
        return Q(**{f"{field}__in": own}) if own else NOBODY


SYSTEM = Viewer(kind="system", label="Systemet")


def anonymous() -> Viewer:
    """Return the viewer without account: a resident."""
    return Viewer(kind="anonymous", label="Ej inloggad")


def viewer_for(user: User) -> Viewer:
    """Return the viewer of a signed-in user with the mandates that hold today (three queries)."""
    memberships = (
        Membership.objects.filter(user=user)
        .select_related("organisation")
        .prefetch_related("organisation__municipalities")
    )
    today = clock.today()
    mandates = tuple(mandate_of(one) for one in memberships if one.holds_on(today))
    return Viewer(kind="person", label=str(user), user=user.pk, mandates=mandates)


def mandate_of(membership: Membership) -> Mandate:
    """Return what the membership reaches: its own municipality, or those its organisation works in."""
    organisation = membership.organisation
    if organisation.kind == Kind.MUNICIPALITY:
        reach = frozenset({organisation.pk})
    else:
        reach = frozenset(place.pk for place in organisation.municipalities.all())
        if membership.municipality_id is not None:
            reach &= {membership.municipality_id}
    return Mandate(organisation.pk, organisation.kind, membership.role, reach)


def require(viewer: Viewer, permission: str, organisation: Organisation | int) -> None:
    """Raise NotAllowed unless the viewer holds `permission` there."""
    if not viewer.can(permission, organisation):
        raise NotAllowed(_("Din roll får inte göra det här. Fråga samordnaren i din kommun."))
