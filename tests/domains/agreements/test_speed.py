"""The status of one agreement, and the years of many, stay fast and ask few questions."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samsyn.domains.agreements.models import Agreement, Commitment
from samsyn.domains.agreements.selectors.status import status_of
from samsyn.domains.agreements.selectors.wheel import years_of

AT = dt.date(2026, 11, 20)


def quickest(work):
    """The best of five, in processor time: what the work itself costs."""
    found = []
    for _run in range(5):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


@pytest.mark.clause("C03")
def test_the_status_of_one_agreement_takes_under_fifty_milliseconds(loaded):
    lomma = loaded("lomma-2023")

    assert quickest(lambda: status_of(lomma, AT)) < 0.05


@pytest.mark.clause("C02")
def test_the_years_of_a_hundred_agreements_of_sixty_commitments_take_under_a_second(loaded):
    lomma = loaded("lomma-2023")
    patterns = list(lomma.commitments.all())
    agreements = Agreement.objects.bulk_create(
        Agreement(code=f"a-{n}", title="A", starts_on=lomma.starts_on, ends_on=lomma.ends_on)
        for n in range(100)
    )
    rows = []
    for agreement in agreements:
        for number in range(60):
            one = patterns[number % len(patterns)]
            fields = {
                field.attname: getattr(one, field.attname)
                for field in Commitment._meta.concrete_fields
                if field.attname not in {"id", "agreement_id", "ref", "body_id"}
            }
            rows.append(Commitment(agreement=agreement, ref=f"r-{number}", **fields))
    Commitment.objects.bulk_create(rows)

    assert quickest(lambda: years_of(agreements, 2026, AT)) < 1.0
    with CaptureQueriesContext(connection) as many:
        years_of(agreements, 2026, AT)
    with CaptureQueriesContext(connection) as few:
        years_of(agreements[:2], 2026, AT)
    assert len(many) == len(few)
