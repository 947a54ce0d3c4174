"""A role for an organisation reaches municipalities, from one day to another."""

import datetime as dt

import pytest

from samsyn.base import clock
from samsyn.base.access import SYSTEM, anonymous, require, visible
from samsyn.base.errors import NotAllowed
from samsyn.base.orgs.models import Organisation, Role
from tests.cast import add_actor

pytestmark = pytest.mark.django_db


@pytest.mark.clause("H01")
def test_the_police_area_sees_all_its_municipalities(cast, town):
    assert cast.kommunpolisen.viewer.municipalities == {town.lulea.pk, town.boden.pk}


def test_a_kommunpolis_of_one_municipality_reaches_that_one(town):
    narrow = add_actor(
        "Kommunpolisen i Boden", town.police, Role.KOMMUNPOLIS, municipality=town.boden
    )
    assert narrow.viewer.municipalities == {town.boden.pk}


def test_a_role_counts_from_its_first_day_to_its_last(cast, town):
    member = cast.samordnaren.user.memberships.get()
    member.until = clock.today() - dt.timedelta(days=1)
    member.save()
    assert cast.samordnaren.viewer.municipalities == frozenset()
    member.since, member.until = clock.today() + dt.timedelta(days=1), None
    member.save()
    assert not cast.samordnaren.viewer.can("orgs.administer", town.lulea)


def test_what_a_role_may_not_do_is_refused(cast, town):
    require(cast.samordnaren.viewer, "orgs.administer", town.lulea)
    for who, where in (
        (cast.lasaren, town.lulea),
        (cast.samordnaren, town.lomma),
        (cast.fritidsledaren, town.lulea),
    ):
        with pytest.raises(NotAllowed):
            require(who.viewer, "orgs.administer", where)


def test_the_system_sees_everything_and_a_resident_the_municipalities(town):
    assert visible(SYSTEM, Organisation).count() == Organisation.objects.count()
    assert {o.kind for o in visible(anonymous(), Organisation)} == {"municipality"}


def test_a_model_without_a_rule_has_no_door():
    from django.contrib.sessions.models import Session

    with pytest.raises(LookupError):
        visible(SYSTEM, Session)


def test_only_an_administrator_makes_an_administrator(cast, town):
    from samsyn.base.orgs.services import give_membership

    wanted = {
        "municipality": town.lulea, "email": "ny@exempel.se", "name": "Ny", "organisation": town.lulea,
        "role": Role.ADMINISTRATOR,
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        give_membership(actor=cast.samordnaren.viewer, **wanted)
    assert give_membership(actor=cast.administratoren.viewer, **wanted).role == Role.ADMINISTRATOR


def test_a_coordinator_gives_no_role_in_another_municipality(cast, town):
    from samsyn.base.orgs.services import give_membership

    with pytest.raises(NotAllowed):
        give_membership(
            actor=cast.samordnaren.viewer, municipality=town.lulea, email="x@exempel.se", name="X",
            organisation=town.police_elsewhere, role=Role.KOMMUNPOLIS,
        )  # fmt: skip


@pytest.mark.clause("L03")
@pytest.mark.parametrize("number", ["212000-1223", "2120001223", "202100-0076"])
def test_a_right_organisation_number_is_written_with_its_dash(number):
    from samsyn.base.orgs.models import checked_org_number

    assert checked_org_number(number)[6] == "-"


@pytest.mark.clause("L03")
@pytest.mark.parametrize("number", ["212000-1224", "12", "abc", "212000-122"])
def test_a_wrong_organisation_number_is_refused(number):
    from django.core.exceptions import ValidationError

    from samsyn.base.orgs.models import checked_org_number

    with pytest.raises(ValidationError):
        checked_org_number(number)
