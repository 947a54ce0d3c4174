"""A party's own text in its own room."""

import pytest

from samsyn.base.access import visible
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.orgs.models import Role
from samsyn.domains.situation.models import Contribution
from samsyn.domains.situation.selectors import shown_picture
from samsyn.domains.situation.services import EditConflict, release_part, write_contribution
from tests.cast import add_actor


@pytest.fixture
def fritidschefen(town, cast):
    return add_actor("Fritidschefen", town.youth, Role.CONTRIBUTOR)


def test_a_contribution_is_seen_by_its_party_alone_until_released(
    drafted, fritidschefen, cast, town
):
    written = write_contribution(
        actor=fritidschefen.viewer,
        picture=drafted,
        organisation=town.youth,
        text="Gården hade 60 besök.\n\nLugnt.",
    )
    assert visible(fritidschefen.viewer, Contribution).filter(pk=written.pk).exists()
    for actor in (cast.samordnaren, cast.kommunpolisen, cast.socialtjansten, cast.framlingen):
        assert not visible(actor.viewer, Contribution).filter(pk=written.pk).exists()
        if actor is not cast.framlingen:
            part = next(
                one for one in shown_picture(actor.viewer, drafted).parts if one.kind == "youth"
            )
            assert part.contribution is None
    release_part(actor=fritidschefen.viewer, part=written.part)
    part = next(
        one for one in shown_picture(cast.samordnaren.viewer, drafted).parts if one.kind == "youth"
    )
    assert part.contribution == "Gården hade 60 besök.\n\nLugnt."
    assert not visible(cast.framlingen.viewer, Contribution).exists()


def test_one_writes_for_ones_own_organisation_only(drafted, fritidschefen, cast, town):
    with pytest.raises(NotAllowed):
        write_contribution(
            actor=fritidschefen.viewer, picture=drafted, organisation=town.housing, text="Något."
        )
    with pytest.raises(NotAllowed):
        write_contribution(
            actor=cast.framlingen.viewer, picture=drafted, organisation=town.lomma, text="Något."
        )


def test_two_colleagues_do_not_overwrite_each_other(drafted, fritidschefen, town):
    write_contribution(
        actor=fritidschefen.viewer, picture=drafted, organisation=town.youth, text="Ett."
    )
    with pytest.raises(EditConflict):
        write_contribution(
            actor=fritidschefen.viewer, picture=drafted, organisation=town.youth, text="Två."
        )
    write_contribution(
        actor=fritidschefen.viewer, picture=drafted, organisation=town.youth, text="Två.", version=1
    )


def test_personal_data_is_refused(drafted, fritidschefen, town):
    with pytest.raises(UserError, match="Inget har sparats"):
        write_contribution(
            actor=fritidschefen.viewer,
            picture=drafted,
            organisation=town.youth,
            text="Nås på 070-174 06 35.",
        )
    assert not Contribution.objects.exists()
