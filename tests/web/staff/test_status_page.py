"""Läget i avtalet: chosen by clause, party, body and state, also in documents; and the calendars one fetches."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.domains.agreements.file import shipped_agreements
from samsyn.domains.agreements.services.feeds import make_feed, revoke_feed
from samsyn.domains.agreements.services.loading import load_agreement
from samsyn.domains.agreements.services.running import start_agreement


@pytest.fixture
def lomma(cast, monkeypatch):
    from samsyn.base.orgs.models import Membership

    Membership.objects.update(since=dt.date(2024, 1, 1))
    moment = dt.datetime(2026, 11, 20, 9, tzinfo=clock.SWEDEN)
    monkeypatch.setattr(clock, "now", lambda: moment)
    text = shipped_agreements()["lomma-2023"].read_text(encoding="utf-8")
    agreement = load_agreement(actor=SYSTEM, text=text).agreement
    start_agreement(actor=SYSTEM, agreement=agreement, in_use_from=dt.date(2025, 1, 1))
    return agreement


@pytest.mark.clause("C03")
def test_she_chooses_a_clause_and_the_word_document_holds_the_same_part(cast, lomma):
    import docx

    browser = cast.framlingen.client
    page = browser.get(reverse("avtal_laget", args=[lomma.code]) + "?klausul=K08").content.decode()
    word = browser.get(
        reverse("avtal_laget_dokument", args=[lomma.code, "docx"]) + "?klausul=K08&dag=2026-11-20"
    )
    document = docx.Document(io.BytesIO(word.content))
    told = "\n".join(
        [one.text for one in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )

    assert '<option value="K08" selected>' in page
    assert "laget.docx?klausul=K08&amp;dag=2026-11-20" in page
    assert "Urval: klausul" in told
    assert "K08" in told
    assert "K20" not in told


def test_the_page_asks_the_same_number_of_questions_however_much_evidence_there_is(cast, lomma):
    from samsyn.domains.agreements.models import Evidence

    browser, address = cast.framlingen.client, reverse("avtal_laget", args=[lomma.code])
    browser.get(address)
    counted = []
    for number in (10, 1000):
        one = lomma.commitments.first()
        Evidence.objects.bulk_create(
            Evidence(commitment=one, kind="note", occurred_on=dt.date(2025, 3, 1), note=str(n))
            for n in range(number)
        )
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_a_calendar_is_what_outlook_and_google_accept(cast, lomma):
    from icalendar import Calendar

    feed, secret = make_feed(actor=cast.framlingen.viewer, agreement=lomma)
    address = reverse("kalender_fil", args=[secret])
    answer = Client().get(address)
    lines = answer.content.split(b"\r\n")
    read = Calendar.from_ical(answer.content)
    events = list(read.walk("VEVENT"))
    uids = [str(one["uid"]) for one in events]

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert "method" not in read
    assert str(read["x-wr-calname"]).startswith("Samsyn: ")
    assert "refresh-interval" in read
    assert len(uids) == len(set(uids)) > 50
    assert all("dtstamp" in one and "dtstart" in one and "summary" in one for one in events)
    # A week's work lies on a workday, not on the Sunday when the week ends.
    assert all(
        one.decoded("dtstart").weekday() < 5 for one in events if "Möte" not in one["summary"]
    )

    again = Client().get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().head(address).status_code == 200

    revoke_feed(actor=cast.framlingen.viewer, feed=feed)
    assert Client().get(address).status_code == 404
