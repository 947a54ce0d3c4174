"""The log is written with the change, and can only be added to."""

import pytest
from django.db import transaction

from samsyn.base.access import SYSTEM, visible
from samsyn.base.audit.log import record
from samsyn.base.audit.models import AuditEntry, CannotChangeLog

pytestmark = pytest.mark.django_db


def log_something(organisation=None):
    with transaction.atomic():
        return record(
            SYSTEM, "organisation.changed", organisation, organisation=organisation, field="name"
        )


def test_a_row_tells_who_did_what_to_which_thing(town):
    entry = log_something(town.lulea)
    assert (entry.actor_label, entry.thing, entry.thing_key) == (
        "Systemet",
        "orgs.organisation",
        str(town.lulea.pk),
    )


@pytest.mark.clause("C05")
def test_no_row_can_be_changed_or_deleted(town):
    entry = log_something(town.lulea)
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(verb="x"),
    ):
        with pytest.raises(CannotChangeLog):
            attempt()
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_logged():
    with pytest.raises(RuntimeError):
        record(SYSTEM, "organisation.changed")


def test_the_change_and_its_row_go_together(town):
    def change_and_fail():
        with transaction.atomic():
            log_something(town.lulea)
            raise ValueError

    with pytest.raises(ValueError):
        change_and_fail()
    assert not AuditEntry.objects.exists()


def test_an_unknown_verb_is_a_mistake_in_the_code():
    with transaction.atomic(), pytest.raises(LookupError):
        record(SYSTEM, "nothing.known")


def test_each_reads_the_log_of_her_own_organisation(town, cast):
    log_something(town.lulea)
    assert visible(cast.arkivarien.viewer, AuditEntry).exists()
    assert not visible(cast.framlingen.viewer, AuditEntry).exists()
    assert not visible(cast.kommunpolisen.viewer, AuditEntry).exists()
