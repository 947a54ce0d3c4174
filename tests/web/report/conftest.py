"""A link in the caretaker's hand, and a form filled in."""

import json
import uuid
from types import SimpleNamespace

import pytest
from django.test import Client

from samsyn.base.geo.models import Place
from samsyn.domains.reports.services import create_link


@pytest.fixture
def beach(town):
    return Place.objects.create(
        municipality=town.lulea, name="Badplatsen", longitude=22.15, latitude=65.58
    )


@pytest.fixture
def phone(cast, town, beach):
    """A phone without account: the link's address, and ways to post to it."""
    link, token = create_link(
        actor=cast.samordnaren.viewer,
        municipality=town.lulea,
        organisation=town.youth,
        label="Vaktmästare",
    )
    client = Client(enforce_csrf_checks=True)

    def post(end, body):
        return client.post(f"/r/{token}/{end}", json.dumps(body), content_type="application/json")

    return SimpleNamespace(link=link, token=token, address=f"/r/{token}", client=client, post=post)


@pytest.fixture
def filled(beach):
    def fill(**changes):
        fields = {
            "nyckel": str(uuid.uuid4()),
            "kategori": "TRAF",
            "plats": str(beach.pk),
            "nar": "nu",
            "text": "Mopeder",
        }
        return {**fields, **changes}

    return fill
