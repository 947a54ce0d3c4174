"""Reminders by e-mail: a digest per person, as often as she wants and never more, sent once, failures seen."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.jobs.models import Job
from samsyn.base.orgs.models import Membership
from samsyn.base.reminders import rules
from samsyn.base.reminders.models import Digest, Pace, Wish
from samsyn.base.reminders.services import digests
from samsyn.base.reminders.services.digests import send_digest
from samsyn.base.reminders.services.wishes import address_key, choose_wish, wish_of
from samsyn.base.reminders.slots import topics
from samsyn.domains.agreements.file import shipped_agreements
from samsyn.domains.agreements.services.loading import load_agreement
from samsyn.domains.agreements.services.running import start_agreement

# Monday 16 November 2026, the hour when the tick runs.
MONDAY = dt.datetime(2026, 11, 16, 8, 0, tzinfo=clock.SWEDEN)
DAY = dt.timedelta(days=1)
ALL = {"agreements.mine", "agreements.whole", "agreements.answers"}


@pytest.fixture
def at(monkeypatch, cast):
    """Set the clock; everyone has had her account for long."""
    from samsyn.base.accounts.models import User

    Membership.objects.update(since=dt.date(2024, 1, 1))
    User.objects.update(joined_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))

    def set_to(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(MONDAY)
    return set_to


@pytest.fixture
def remind(django_capture_on_commit_callbacks):
    """The tick, and the worker after it."""

    def tick():
        with django_capture_on_commit_callbacks(execute=True):
            digests.remind()

    return tick


@pytest.fixture
def lomma(cast, at):
    """Lomma's agreement is lived since a year, and nothing is proved: much is late. The stranger works there."""
    text = shipped_agreements()["lomma-2023"].read_text(encoding="utf-8")
    agreement = load_agreement(actor=SYSTEM, text=text).agreement
    start_agreement(actor=SYSTEM, agreement=agreement, in_use_from=dt.date(2025, 1, 1))
    return agreement


def letters_to(actor):
    return [one for one in mail.outbox if one.to == [actor.user.email]]


def wish(actor, pace, *, weekday=0, chosen=ALL, language="sv"):
    return choose_wish(
        actor=actor.viewer, pace=pace, weekday=weekday, chosen=chosen, language=language
    )


def test_on_monday_the_coordinator_gets_one_letter_with_what_is_late_and_where_it_stands(
    cast, lomma, remind
):
    remind()

    (letter,) = letters_to(cast.framlingen)
    assert letter.subject.startswith("Samsyn: ")
    assert "försenade" in letter.subject
    assert "Resten av avtalet" in letter.body
    assert "/avtal/atagande/" in letter.body
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert "/avtal/atagande/" in html


def test_ticking_all_week_sends_no_more(cast, lomma, at, remind):
    for number in range(6 * 8):
        at(MONDAY + number * dt.timedelta(hours=3))
        remind()

    assert len(letters_to(cast.framlingen)) == 1


def test_the_next_monday_brings_the_next_letter(cast, lomma, at, remind):
    remind()
    at(MONDAY + 7 * DAY)
    remind()

    assert len(letters_to(cast.framlingen)) == 2


def test_who_works_elsewhere_gets_nothing_of_it(cast, lomma, remind):
    remind()

    assert [one.to for one in mail.outbox] == [[cast.framlingen.user.email]]
    assert Digest.objects.get(person=cast.samordnaren.user).state == Digest.State.EMPTY


def test_she_who_wants_none_gets_none(cast, lomma, remind):
    wish(cast.framlingen, Pace.NEVER)
    remind()

    assert not mail.outbox
    assert not Digest.objects.filter(person=cast.framlingen.user).exists()


def test_a_topic_that_she_does_not_want_stays_out(cast, lomma, remind):
    wish(cast.framlingen, Pace.WEEKLY, chosen={"agreements.answers"})
    remind()

    assert not letters_to(cast.framlingen)


def test_changing_her_mind_on_the_day_of_a_letter_brings_no_second_one_that_day(
    cast, lomma, at, remind
):
    remind()
    wish(cast.framlingen, Pace.DAILY)
    at(MONDAY + dt.timedelta(hours=3))
    remind()

    assert len(letters_to(cast.framlingen)) == 1


def test_a_daily_letter_goes_on_weekdays_and_only_when_something_is_new(cast, lomma, at, remind):
    wish(cast.framlingen, Pace.DAILY)
    sent = []
    for number in range(7):
        at(MONDAY + number * DAY)
        before = len(letters_to(cast.framlingen))
        remind()
        if len(letters_to(cast.framlingen)) > before:
            sent.append(clock.today())

    assert sent[0] == MONDAY.date()
    assert all(day.weekday() < 5 for day in sent)
    told = Digest.objects.filter(person=cast.framlingen.user, state=Digest.State.SENT)
    prints = list(told.order_by("period").values_list("fingerprint", flat=True))
    assert all(earlier != later for earlier, later in pairwise(prints))


def test_before_six_in_the_morning_nothing_goes(cast, lomma, at, remind):
    at(MONDAY.replace(hour=5, minute=59))
    remind()

    assert not mail.outbox


def test_a_worker_killed_before_sending_loses_nothing_and_killed_after_sends_nothing_twice(
    cast, lomma, at, monkeypatch, remind
):
    monkeypatch.setattr(digests, "enqueue_job", lambda job: None)
    remind()
    digest = Digest.objects.get(person=cast.framlingen.user)
    assert digest.state == Digest.State.WAITING

    # Killed in the middle: the letter has left, the row still says that it is being sent.
    def send_and_die(one):
        mail.send_mail("Samsyn", "…", None, [one.person.email])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(digests, "write_and_send", send_and_die)
        with pytest.raises(KeyboardInterrupt):
            send_digest(digest.pk)

    for hours in range(1, 48):
        at(MONDAY + hours * dt.timedelta(hours=1))
        remind()
        send_digest(digest.pk)
    digest.refresh_from_db()

    assert len(letters_to(cast.framlingen)) == 1
    assert digest.state == Digest.State.CUT_OFF


def test_two_workers_with_the_same_letter_send_it_once(cast, lomma, monkeypatch, remind):
    monkeypatch.setattr(digests, "enqueue_job", lambda job: None)
    remind()
    digest = Digest.objects.get(person=cast.framlingen.user)

    assert [send_digest(digest.pk), send_digest(digest.pk)] == ["sent", "taken"]
    assert len(letters_to(cast.framlingen)) == 1


def test_a_post_that_is_down_is_tried_again_later_and_later_and_given_up_after_five(
    cast, lomma, at, monkeypatch, remind
):
    tried = []

    def down(message, *args):
        tried.append(clock.now())
        raise SMTPServerDisconnected("down")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", down)
    for minutes in range(0, 36 * 60, 5):
        at(MONDAY + dt.timedelta(minutes=minutes))
        remind()
    digest = Digest.objects.get(person=cast.framlingen.user)

    waits = [later - earlier for earlier, later in pairwise(tried)]
    assert len(tried) == 5
    assert waits == sorted(waits)
    assert digest.state == Digest.State.FAILED
    assert digest.failure == "SMTPServerDisconnected"


def test_what_failed_is_seen_by_who_administers_there_and_is_sent_again_on_her_word(
    cast, lomma, at, monkeypatch, remind, django_capture_on_commit_callbacks
):
    with monkeypatch.context() as patch:
        patch.setattr(
            "django.core.mail.EmailMultiAlternatives.send",
            lambda message: (_ for _ in ()).throw(OSError("no route")),
        )
        remind()
    page = reverse("paminnelser_utskick")

    assert "1 försök" in cast.framlingen.client.get(page + "?fel").content.decode()
    assert "OSError" not in cast.samordnaren.client.get(page).content.decode()
    assert cast.radsledamoten.client.get(page).status_code == 404

    with django_capture_on_commit_callbacks(execute=True):
        cast.framlingen.client.post(page)
    assert len(letters_to(cast.framlingen)) == 1


def test_the_page_of_letters_asks_the_same_number_of_questions_for_ten_and_a_thousand(
    cast, town, at
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    for number in (10, 1000):
        first = dt.date(2000, 1, 1) + dt.timedelta(days=len(counted))
        Digest.objects.bulk_create(
            Digest(
                person=cast.samordnaren.user,
                municipality=town.lulea,
                period=first + 3 * n * DAY,
                state=Digest.State.FAILED,
            )
            for n in range(number)
        )
        browser = cast.samordnaren.client
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(reverse("paminnelser_utskick")).status_code == 200
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_the_address_in_the_letter_stops_them_with_one_press_and_without_signing_in(
    cast, lomma, at, remind
):
    remind()
    (letter,) = letters_to(cast.framlingen)
    message = letter.message()
    address = message["List-Unsubscribe"].strip("<>")
    path = address.split("8000", 1)[1]
    someone = Client(enforce_csrf_checks=True)

    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in letter.body
    # A mail program that looks at the address in advance changes nothing.
    assert someone.get(path).status_code == 200
    assert wish_of(cast.framlingen.user).pace == Pace.WEEKLY

    answer = someone.post(path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert wish_of(cast.framlingen.user).pace == Pace.NEVER
    at(MONDAY + 7 * DAY)
    remind()
    assert len(letters_to(cast.framlingen)) == 1


def test_an_address_that_is_revoked_or_made_up_does_not_exist(cast, at):
    old = address_key(wish_of(cast.samordnaren.user))
    cast.samordnaren.client.post(reverse("paminnelser_adresser"))

    for key in (old, "1.0:made-up", "x", address_key(wish_of(cast.samordnaren.user))[:-1]):
        assert Client().post(reverse("paminnelser_av", args=[key])).status_code == 404
    assert wish_of(cast.samordnaren.user).pace == Pace.WEEKLY


def test_who_stops_while_the_letter_waits_gets_it_not(cast, lomma, monkeypatch, remind):
    monkeypatch.setattr(digests, "enqueue_job", lambda job: None)
    remind()
    wish(cast.framlingen, Pace.NEVER)
    digest = Digest.objects.get(person=cast.framlingen.user)

    assert send_digest(digest.pk) == "stopped"
    assert not mail.outbox


def test_who_loses_her_task_gets_nothing_more(cast, lomma, monkeypatch, remind):
    monkeypatch.setattr(digests, "enqueue_job", lambda job: None)
    remind()
    Membership.objects.filter(user=cast.framlingen.user).update(until=dt.date(2026, 11, 15))

    assert send_digest(Digest.objects.get(person=cast.framlingen.user).pk) == "empty"


def test_the_letter_is_in_her_language(cast, lomma, remind):
    from django.utils import translation

    wish(cast.framlingen, Pace.WEEKLY, language="en")
    remind()

    (letter,) = letters_to(cast.framlingen)
    with translation.override("en"):
        from samsyn.base import words

        assert words.date(dt.date(2026, 12, 31)) == "31\u00a0December 2026"
    assert "december 2026" not in letter.body


def test_her_page_saves_what_she_wants_and_shows_what_the_letter_would_say(cast, lomma):
    page = reverse("paminnelser")
    browser = cast.framlingen.client
    shown = browser.get(page).content.decode()
    answer = browser.post(
        page, {"pace": "monthly", "weekday": "2", "topics": ["agreements.mine"], "language": "en"}
    )
    saved = Wish.objects.get(person=cast.framlingen.user)

    assert "Så skulle brevet se ut i dag" in shown
    assert "/avtal/atagande/" in shown
    assert answer.status_code == 302
    assert (saved.pace, saved.weekday, saved.topics) == ("monthly", 2, ["agreements.mine"])


@pytest.mark.parametrize("wrong", [{"pace": "hourly"}, {"weekday": "9"}, {"topics": ["all"]}])
def test_a_choice_that_does_not_exist_saves_nothing(cast, at, wrong):
    fields = {"pace": "weekly", "weekday": "0", "language": "sv", **wrong}

    assert cast.samordnaren.client.post(reverse("paminnelser"), fields).status_code == 200
    assert not Wish.objects.exists()


def test_every_topic_says_what_it_is():
    assert all(str(one.label) and str(one.help) for one in topics())


def test_the_job_tells_how_many_went(cast, lomma, remind):
    remind()
    job = Job.objects.get(kind="reminders.send")

    assert job.state == "done"
    assert job.summary["sent"] == 1


@pytest.mark.parametrize(
    ("pace", "weekday", "today", "expected"),
    [
        ("weekly", 0, "2026-11-16T08:00", "2026-11-16"),
        ("weekly", 0, "2026-11-18T08:00", "2026-11-16"),
        # Three days late is too late: next Monday is enough.
        ("weekly", 0, "2026-11-19T08:00", None),
        ("weekly", 4, "2026-11-16T08:00", None),
        ("daily", 0, "2026-11-21T08:00", None),
        ("monthly", 0, "2027-01-01T08:00", "2027-01-01"),
        ("monthly", 0, "2027-01-05T08:00", "2027-01-01"),
        ("monthly", 0, "2027-01-06T08:00", None),
        ("never", 0, "2026-11-16T08:00", None),
    ],
)
def test_when_a_digest_is_due(pace, weekday, today, expected):
    moment = dt.datetime.fromisoformat(today).replace(tzinfo=clock.SWEDEN)
    found = rules.due_period(pace, weekday, dt.date(2024, 1, 1), None, moment)

    assert found == (dt.date.fromisoformat(expected) if expected else None)


def test_a_wish_made_in_the_middle_of_the_week_waits_for_its_day():
    chosen = dt.date(2026, 11, 17)
    wednesday = dt.datetime(2026, 11, 18, 8, tzinfo=clock.SWEDEN)

    assert rules.due_period("weekly", 0, chosen, None, wednesday) is None
