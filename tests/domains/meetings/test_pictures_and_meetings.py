"""Pictures on the agenda, and meetings in the picture's two weeks ahead."""

from __future__ import annotations

import datetime as dt

import pytest


@pytest.fixture
def finished_picture(council):
    from samsyn.domains.situation.models import Picture, PictureVersion

    picture = Picture.objects.create(
        scope=council.municipality, iso_year=2026, iso_week=5, starts_on=dt.date(2026, 1, 26),
        numbers_checksum="0" * 64, drafted_by_label="Samordnaren", code_version="0",
    )  # fmt: skip
    PictureVersion.objects.create(
        picture=picture,
        number=1,
        numbers={},
        words={},
        checksum="0" * 64,
        frozen_by_label="Samordnaren",
        code_version="0",
    )
    return picture


@pytest.mark.clause("L06")
def test_finished_pictures_since_the_last_meeting_are_papers_on_the_agenda(
    finished_picture, council
):
    from samsyn.domains.meetings.services.planning import plan_meeting

    meeting = plan_meeting(
        actor=council.cast.samordnaren.viewer, body=council.council, day=dt.date(2026, 3, 12)
    )
    item = meeting.items.get(kind="picture")
    assert [(paper.link_kind, paper.link_key) for paper in item.papers.all()] == [
        ("picture", str(finished_picture.pk))
    ]


def test_what_is_no_longer_due_leaves_the_agenda_until_the_summons_goes(finished_picture, council):
    from samsyn.domains.meetings.services.agenda import rebuild_agenda
    from samsyn.domains.meetings.services.planning import plan_meeting
    from samsyn.domains.situation.models import PictureVersion

    actor = council.cast.samordnaren.viewer
    meeting = plan_meeting(actor=actor, body=council.council, day=dt.date(2026, 3, 12))
    PictureVersion.objects.all().delete()
    rebuild_agenda(actor=actor, meeting=meeting)
    assert not meeting.items.filter(kind="picture").exists()


def test_the_meeting_is_among_what_comes_in_the_weeks_after_the_picture(called, council):
    from samsyn.domains.situation.for_meetings import meetings_ahead
    from samsyn.domains.situation.result import MunicipalityRef, Scope
    from samsyn.domains.situation.weeks import Week

    place = council.municipality
    ref = MunicipalityRef(code="1381", name=place.name, key=place.pk)
    scope = Scope(
        kind="municipality", name=place.name, slug=place.slug, municipalities=(ref,), key=place.pk
    )
    ahead = meetings_ahead(scope, Week(2026, 10))

    assert [(one.title, one.starts_on, one.time) for one in ahead] == [
        ("Strategiska rådet", "2026-03-12", "09.00")
    ]
    assert meetings_ahead(scope, Week(2026, 12)) == []
