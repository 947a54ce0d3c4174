"""Digests: written once per person and period, sent by a job, never twice.

A digest is claimed in a transaction of its own before anything is sent. Killed before that, it waits and
goes later; killed after, nobody can know whether the letter left: it is not sent again by itself, since
a reminder too few is better than one too many, and the page of failures shows it.
"""

from __future__ import annotations

import datetime as dt
import logging
from smtplib import SMTPException
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import translation

from samsyn.base import clock
from samsyn.base.access.viewer import SYSTEM, Viewer, viewer_for
from samsyn.base.accounts.models import User
from samsyn.base.audit.log import record
from samsyn.base.jobs.models import Job, JobState
from samsyn.base.jobs.work import Progress, create_job, enqueue_job
from samsyn.base.orgs.models import Kind, Membership
from samsyn.base.reminders.gathering import fingerprint, gather, span_for
from samsyn.base.reminders.letters import message_of, write_letter
from samsyn.base.reminders.models import Digest, Pace, Wish
from samsyn.base.reminders.rules import CUT_OFF, due_period, next_try
from samsyn.base.reminders.services.wishes import wanted_topics, wish_of

KIND = "reminders.send"
State = Digest.State
log = logging.getLogger(__name__)


def remind() -> str:
    """Write the digests that are due and hand them to a job. Safe to run at any time, and twice."""
    cut = mark_cut_off()
    written = write_due()
    waiting = to_send().count()
    if waiting and not Job.objects.filter(kind=KIND, state=JobState.WAITING).exists():
        with transaction.atomic():
            enqueue_job(create_job(actor=SYSTEM, kind=KIND))
    return f"{written} written, {waiting} to send, {cut} cut off"


def write_due() -> int:
    """Make a row for each person whose digest is due; the unique period keeps two ticks from making two."""
    now = clock.now().astimezone(clock.SWEDEN)
    places = places_of_people(now.date())
    wishes = {one.person_id: one for one in Wish.objects.filter(person__in=places)}
    latest = last_days()
    rows = []
    for person in User.objects.filter(pk__in=places, is_active=True):
        wish = wishes.get(person.pk) or Wish(
            person=person, chosen_on=person.joined_at.astimezone(clock.SWEDEN).date()
        )
        period = due_period(wish.pace, wish.weekday, wish.chosen_on, latest.get(person.pk), now)
        if period is not None:
            rows.append(
                Digest(
                    person=person,
                    municipality_id=places[person.pk],
                    period=period,
                    written_at=now,
                    next_try_at=now,
                )
            )
    Digest.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def places_of_people(today: dt.date) -> dict[int, int | None]:
    """Return person → the municipality whose page shows her letters, for those with a task today."""
    members = (
        Membership.objects.filter(since__lte=today)
        .filter(Q(until__isnull=True) | Q(until__gte=today))
        .select_related("organisation")
        .prefetch_related("organisation__municipalities")
    )
    places: dict[int, int | None] = {}
    for one in members:
        own = one.organisation
        reached = [place.pk for place in own.municipalities.all()]
        here = own.pk if own.kind == Kind.MUNICIPALITY else next(iter(reached), None)
        places[one.user_id] = places.get(one.user_id) or one.municipality_id or here
    return places


def last_days() -> dict[int, dt.date]:
    """Return person → the latest day her digests take up: a period, or the day one went."""
    rows = Digest.objects.values("person").annotate(period=Max("period"), sent=Max("sent_at"))
    return {
        row["person"]: max(row["period"], row["sent"].astimezone(clock.SWEDEN).date())
        if row["sent"]
        else row["period"]
        for row in rows
    }


def to_send() -> QuerySet[Digest]:
    """Return the digests whose time has come."""
    return Digest.objects.filter(state=State.WAITING, next_try_at__lte=clock.now())


def mark_cut_off() -> int:
    """Mark what was cut off in the middle of sending: it may have left, so it waits for a person."""
    with transaction.atomic():
        rows = list(
            Digest.objects.select_for_update().filter(
                state=State.SENDING, claimed_at__lt=clock.now() - CUT_OFF
            )
        )
        for one in rows:
            end(one, State.CUT_OFF, failure="interrupted")
    return len(rows)


def send_digests(job: Job, progress: Progress) -> dict[str, Any]:
    """Send all that wait; what the job's page shows is how many of each outcome."""
    keys = list(to_send().order_by("written_at", "pk").values_list("pk", flat=True))
    told: dict[str, int] = {}
    for number, key in enumerate(keys, start=1):
        outcome = send_digest(key)
        told[outcome] = told.get(outcome, 0) + 1
        progress.tell(number, len(keys))
    return told


def send_digest(key: int) -> str:
    """Send one digest, if nobody else has taken it; returns how it ended."""
    claimed = to_send().filter(pk=key).update(state=State.SENDING, claimed_at=clock.now())
    if not claimed:
        return "taken"
    digest = Digest.objects.select_related("person").get(pk=key)
    try:
        return write_and_send(digest)
    except (OSError, SMTPException) as error:
        return try_later(digest, type(error).__name__)
    except Exception as error:
        # A fault in one letter must not keep the others from going.
        log.exception("The reminder %s was not sent.", key)
        return try_later(digest, type(error).__name__)


def write_and_send(digest: Digest) -> str:
    wish = wish_of(digest.person)
    if not digest.person.is_active or wish.pace == Pace.NEVER:
        return end(digest, State.STOPPED)
    viewer, last = viewer_for(digest.person), last_sent(digest)
    with translation.override(digest.person.language):
        groups = gather(viewer, wanted_topics(wish, viewer), span_for_digest(digest, wish, last))
        digest.count = sum(len(group.reminders) for group in groups)
        digest.fingerprint = fingerprint(groups)
        says_the_same = last is not None and last.fingerprint == digest.fingerprint
        if not groups or (wish.pace == Pace.DAILY and says_the_same):
            return end(digest, State.EMPTY)
        message_of(write_letter(groups, wish), digest, wish).send()
    digest.sent_at = clock.now()
    return end(digest, State.SENT)


def span_for_digest(digest: Digest, wish: Wish, last: Digest | None) -> Any:
    return span_for(wish.pace, clock.today(), last.period if last is not None else None)


def last_sent(digest: Digest) -> Digest | None:
    """Return the letter she got before this one."""
    earlier = Digest.objects.filter(person=digest.person_id, state=State.SENT)
    return earlier.exclude(pk=digest.pk).order_by("-period").first()


def try_later(digest: Digest, failure: str) -> str:
    """Let it wait longer each time; give it up after the last."""
    digest.tries += 1
    following = next_try(digest.tries, clock.now())
    if following is None:
        return end(digest, State.FAILED, failure=failure)
    digest.next_try_at = following
    return end(digest, State.WAITING, failure=failure)


def end(digest: Digest, state: str, *, failure: str = "") -> str:
    """Write down how it went, with its line in the log where something went or failed."""
    digest.state, digest.failure, digest.claimed_at = state, failure[:200], None
    with transaction.atomic():
        digest.save()
        if state == State.SENT:
            record(SYSTEM, "reminders.sent", digest, organisation=digest.municipality_id)
        elif failure:
            record(
                SYSTEM,
                "reminders.failed",
                digest,
                organisation=digest.municipality_id,
                tries=digest.tries,
            )
    return str(state)


def send_again(*, actor: Viewer, rows: QuerySet[Digest]) -> int:
    """Let the letters among `rows` that failed or were cut off be tried anew; returns how many."""
    with transaction.atomic():
        chosen = list(
            rows.filter(
                Q(state__in=(State.FAILED, State.CUT_OFF)) | Q(state=State.WAITING, tries__gt=0)
            )
        )
        for one in chosen:
            one.state, one.tries, one.next_try_at = State.WAITING, 0, clock.now()
            one.save(update_fields=["state", "tries", "next_try_at"])
            record(actor, "reminders.tried_again", one, organisation=one.municipality_id)
        if chosen:
            enqueue_job(create_job(actor=actor, kind=KIND))
    return len(chosen)
