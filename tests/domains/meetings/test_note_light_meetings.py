"""A weekly meeting that nobody noted stays as not noted, and the rhythm tells the truth."""

# ruff: noqa: F811 - the fixture is brought by name from the story of planning

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from tests.domains.meetings.test_plan_by_rhythm import lomma, plan_in_lomma  # noqa: F401

pytestmark = pytest.mark.clause("K08")


@pytest.fixture
def spring(lomma):
    """The weekly meetings of February and March."""
    return plan_in_lomma(lomma, "veckolagesbild", dt.date(2026, 2, 2), dt.date(2026, 3, 29))


def test_after_two_weeks_it_is_no_longer_to_come_but_stands_as_not_noted(lomma, spring, set_clock):
    from samsyn.domains.meetings.selectors.meetings import over, unnoted_since, upcoming
    from samsyn.domains.meetings.services.minutes import end_meeting

    viewer, place = lomma.actor.viewer, lomma.place.pk
    set_clock(dt.datetime.combine(spring[0].day, dt.time(10)))
    end_meeting(actor=viewer, meeting=spring[0])
    set_clock(dt.datetime(2026, 3, 30, 9))

    past = [one for one in spring if one.day < dt.date(2026, 3, 15)]
    assert not set(past) & set(upcoming(viewer, place))
    assert set(past) <= set(over(viewer, place))
    (row,) = unnoted_since(viewer, place, dt.date(2026, 1, 1))
    assert (row.held, row.unnoted) == (1, len(past) - 1)

    page = lomma.actor.client.get(reverse("moten"), {"visa": "genomforda"}).content.decode()
    assert f"{len(past) - 1} möten i år är inte noterade" in page
    assert "Inte noterat" in page


def test_it_proves_nothing_until_somebody_notes_it_and_then_it_does(lomma, spring, set_clock):
    from samsyn.domains.agreements.models import Evidence
    from samsyn.domains.meetings.models import Meeting
    from samsyn.domains.meetings.services.planning import note_that_met

    first = spring[0]
    set_clock(dt.datetime(2026, 3, 30, 9))
    assert not Evidence.objects.filter(commitment__ref="veckolagesbild").exists()

    made = note_that_met(actor=lomma.actor.viewer, body=first.body, day=first.day)
    assert made.pk == first.pk, "the one that was planned for the day, not another beside it"
    assert Meeting.objects.filter(body=first.body, starts_at__date=first.day).count() == 1
    evidence = Evidence.objects.get(commitment__ref="veckolagesbild")
    assert evidence.occurred_on == first.day
    again = note_that_met(actor=lomma.actor.viewer, body=first.body, day=first.day)
    assert again == made
    assert Evidence.objects.filter(commitment__ref="veckolagesbild").count() == 1
