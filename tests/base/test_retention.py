"""What is past its time is disposed of, by the municipality's plan first, with a proof that says nothing else."""

import datetime as dt

import pytest

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.jobs.models import Job
from samsyn.base.retention.models import DisposalRecord, RetentionTerm
from samsyn.base.retention.rules import dispose_expired, months_before

pytestmark = pytest.mark.django_db


def job(organisation, days_old):
    return Job.objects.create(
        kind="import.bra",
        organisation=organisation,
        started_by_label="Samordnaren",
        created_at=clock.now() - dt.timedelta(days=days_old),
    )


@pytest.mark.clause("C05")
def test_rows_past_the_default_go_and_leave_a_proof(town):
    old, new = job(town.lulea, 800), job(town.lulea, 10)
    assert dispose_expired(actor=SYSTEM)["jobs"] == 1
    assert list(Job.objects.all()) == [new]
    proof = DisposalRecord.objects.get()
    assert (proof.thing, proof.thing_key, proof.rule) == ("jobs.job", str(old.pk), "jobs")


def test_the_municipalitys_own_plan_comes_first(town):
    job(town.lulea, 100)
    job(town.boden, 100)
    RetentionTerm.objects.create(
        municipality=town.lulea, rule="jobs", months=2, decision="Kommunstyrelsen § 1"
    )
    assert dispose_expired(actor=SYSTEM)["jobs"] == 1
    assert Job.objects.get().organisation == town.boden


def test_doing_it_twice_disposes_of_nothing_more(town):
    job(town.lulea, 800)
    dispose_expired(actor=SYSTEM)
    assert dispose_expired(actor=SYSTEM)["jobs"] == 0


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (dt.date(2026, 3, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 3, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2026, 1, 15), 1, dt.date(2025, 12, 15)),
        (dt.date(2026, 5, 14), 24, dt.date(2024, 5, 14)),
    ],
)
def test_months_are_counted_back_to_a_day_that_exists(day, months, before):
    assert months_before(day, months) == before
