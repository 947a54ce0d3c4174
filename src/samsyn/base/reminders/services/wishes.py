"""What a person wants, chosen on her own page or by the address in the letter."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access.viewer import Viewer, viewer_for
from samsyn.base.accounts.models import User
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.reminders.models import Pace, Wish
from samsyn.base.reminders.slots import topics

SALT = "samsyn.reminders.stop"


def wish_of(person: User) -> Wish:
    """Return what she has chosen; the default, not saved, where she has not."""
    found = Wish.objects.filter(person=person).first()
    return found or Wish(person=person, chosen_on=person.joined_at.astimezone(clock.SWEDEN).date())


def wanted_topics(wish: Wish, viewer: Viewer) -> frozenset[str]:
    """Return the keys of the topics she gets: those she chose, else those meant for her permissions."""
    if wish.topics is not None:
        return frozenset(wish.topics)
    return frozenset(
        one.key
        for one in topics()
        if not one.default_for or viewer.municipalities_where(one.default_for)
    )


def choose_wish(
    *, actor: Viewer, pace: str, weekday: int, chosen: Collection[str], language: str
) -> Wish:
    """Save how often, on which weekday, about what and in which language the actor wants her letters.

    Raises NotAllowed for one without account, UserError for a choice that does not exist.
    """
    if actor.user is None:
        raise NotAllowed(_("Påminnelser kräver ett konto."))
    known = [one.key for one in topics()]
    if (
        pace not in Pace.values
        or not 0 <= weekday <= 6
        or not set(chosen) <= set(known)
        or language not in dict(settings.LANGUAGES)
    ):
        raise UserError(_("Det valet finns inte. Ladda om sidan och välj igen."))
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=actor.user)
        wish = wish_of(person)
        if (wish.pace, wish.weekday) != (pace, weekday):
            wish.chosen_on = clock.today()
        wish.pace, wish.weekday = pace, weekday
        wish.topics = [key for key in known if key in chosen]
        wish.save()
        User.objects.filter(pk=person.pk).update(language=language)
        record(actor, "reminders.chosen", wish, pace=pace, topics=wish.topics)
    return wish


def address_key(wish: Wish) -> str:
    """Return the part of the address that stops the letters of one person: signed, revoked by its serial."""
    return Signer(salt=SALT).sign(f"{wish.person_id}.{wish.serial}")


def wish_behind(key: str) -> Wish | None:
    """Return the wish whose letters the address stops; None for one that is wrong, revoked or of no one."""
    try:
        person, serial = Signer(salt=SALT).unsign(key).split(".")
    except (BadSignature, ValueError):
        return None
    found = User.objects.filter(pk=int(person), is_active=True).first()
    wish = wish_of(found) if found is not None else None
    return wish if wish is not None and wish.serial == int(serial) else None


def stop_letters(*, wish: Wish) -> None:
    """Send no more letters to the person, whose address in a letter was pressed. Twice changes nothing."""
    if wish.pace == Pace.NEVER:
        return
    with transaction.atomic():
        wish.pace, wish.chosen_on = Pace.NEVER, clock.today()
        wish.save()
        record(viewer_for(wish.person), "reminders.stopped", wish)


def revoke_addresses(*, actor: Viewer) -> None:
    """Make the stopping addresses in the actor's earlier letters invalid."""
    if actor.user is None:
        raise NotAllowed(_("Påminnelser kräver ett konto."))
    with transaction.atomic():
        wish = wish_of(User.objects.select_for_update().get(pk=actor.user))
        wish.serial += 1
        wish.save()
        record(actor, "reminders.addresses_revoked", wish)
