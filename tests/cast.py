"""The people of the tests. Each is a function, none is a person."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import pytest


@dataclass
class Actor:
    """One of the cast: the account, and shortcuts to her viewer and a signed-in browser."""

    user: object
    organisation: object

    @property
    def viewer(self):
        from samsyn.base.access import viewer_for

        return viewer_for(self.user)

    @property
    def client(self):
        """A test client that is signed in, with the second step done."""
        from django.test import Client

        client = Client()
        client.force_login(self.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


def add_actor(name, organisation, role, *, municipality=None):
    """Make a person with one membership and a second step; return her as an Actor."""
    from allauth.mfa.models import Authenticator

    from samsyn.base.accounts.models import User
    from samsyn.base.orgs.models import Membership

    slug = f"{name.lower().replace(' ', '.')}.{organisation.slug}"
    user = User.objects.create_user(f"{slug}@exempel.se", "ett-långt-lösenord", name=name)
    Membership.objects.create(
        user=user, organisation=organisation, role=role, municipality=municipality
    )
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return Actor(user, organisation)


@pytest.fixture
def town(db):
    """Luleå and Boden with their police area, a housing company, a youth centre, and a stranger's town."""
    from samsyn.base.orgs.models import Kind, Organisation

    def organisation(kind, name, slug, code="", municipalities=()):
        made = Organisation.objects.create(kind=kind, name=name, slug=slug, municipality_code=code)
        made.municipalities.set(municipalities)
        return made

    lulea = organisation(Kind.MUNICIPALITY, "Luleå kommun", "lulea", "2580")
    boden = organisation(Kind.MUNICIPALITY, "Bodens kommun", "boden", "2582")
    lomma = organisation(Kind.MUNICIPALITY, "Lomma kommun", "lomma", "1262")
    return SimpleNamespace(
        lulea=lulea,
        boden=boden,
        lomma=lomma,
        police=organisation(
            Kind.POLICE_AREA,
            "Lokalpolisområde Luleå-Boden",
            "lpo-lulea-boden",
            municipalities=[lulea, boden],
        ),
        police_elsewhere=organisation(
            Kind.POLICE_AREA, "Lokalpolisområde Kävlinge", "lpo-kavlinge", municipalities=[lomma]
        ),
        housing=organisation(
            Kind.HOUSING, "Fastighetsbolaget", "fastighetsbolaget", municipalities=[lulea]
        ),
        youth=organisation(Kind.YOUTH, "Fritidsgården Björken", "bjorken", municipalities=[lulea]),
    )


@pytest.fixture
def cast(town):
    """Samordnaren, Kommunpolisen, Fritidsledaren, Fastighetsbolaget, Främlingen and more, in their places."""
    from samsyn.base.orgs.models import Role

    return SimpleNamespace(
        samordnaren=add_actor("Samordnaren", town.lulea, Role.COORDINATOR),
        kommunpolisen=add_actor("Kommunpolisen", town.police, Role.KOMMUNPOLIS),
        sakerhetschefen=add_actor("Säkerhetschefen", town.lulea, Role.SECURITY_CHIEF),
        socialtjansten=add_actor("Socialtjänsten", town.lulea, Role.CONTRIBUTOR),
        fritidsledaren=add_actor("Fritidsledaren", town.youth, Role.REPORTER),
        fastighetsbolaget=add_actor("Fastighetsbolaget", town.housing, Role.REPORTER),
        radsledamoten=add_actor("Rådsledamoten", town.lulea, Role.COUNCIL_MEMBER),
        arkivarien=add_actor("Arkivarien", town.lulea, Role.RECORDS_OFFICER),
        lasaren=add_actor("Läsaren", town.lulea, Role.READER),
        administratoren=add_actor("Administratören", town.lulea, Role.ADMINISTRATOR),
        framlingen=add_actor("Främlingen", town.lomma, Role.COORDINATOR),
    )
