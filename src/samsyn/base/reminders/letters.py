"""A digest in words: what waits, each with its address, and how to get fewer letters. No free text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.base import words
from samsyn.base.links import Link, address_of
from samsyn.base.reminders.gathering import Group
from samsyn.base.reminders.models import Digest, Wish
from samsyn.base.reminders.services.wishes import address_key
from samsyn.base.reminders.slots import Reminder


@dataclass(frozen=True)
class Letter:
    """What is sent: subject, plain text and the same as simple HTML."""

    subject: str
    text: str
    html: str


def write_letter(groups: Sequence[Group], wish: Wish) -> Letter:
    """Return the letter in the language that is active."""
    found = [one for group in groups for one in group.reminders]
    late = sum(one.is_late for one in found)
    counted = ngettext("%(n)s sak väntar", "%(n)s saker väntar", len(found)) % {"n": len(found)}
    subject = f"Samsyn: {counted}"
    if late:
        subject += ", " + ngettext("%(n)s är försenad", "%(n)s är försenade", late) % {"n": late}
    why = _("Du får brevet för att du har ett konto i Samsyn. Du väljer själv hur ofta det kommer.")
    change, stop = _("Ändra hur ofta och om vad"), _("Sluta få de här breven")
    places = (settings_address(), stop_address(wish))
    text = [
        *(part for group in groups for part in (group.heading, *map(line, group.reminders), "")),
        why,
        f"{change}: {places[0]}",
        f"{stop}: {places[1]}",
    ]
    html = format_html(
        '<html><body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">'
        "{}<hr><p>{}<br>{} · {}</p></body></html>",
        format_html_join(
            "",
            "<h2>{}</h2><ul>{}</ul>",
            (
                (
                    group.heading,
                    format_html_join("", "<li>{}</li>", ((item(one),) for one in group.reminders)),
                )
                for group in groups
            ),
        ),
        why,
        link_to(places[0], change),
        link_to(places[1], stop),
    )
    return Letter(subject, "\n".join(text), str(html))


def line(one: Reminder) -> str:
    return f"– {one.title}{when(one)}\n  {address_of(one.link)}".rstrip()


def item(one: Reminder) -> SafeString:
    address = address_of(one.link)
    title = link_to(address, one.title) if address else format_html("{}", one.title)
    return format_html("{}{}", title, when(one))


def link_to(address: str, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, text)


def when(one: Reminder) -> str:
    """Return what stands after the title: late, and the day where there is one."""
    said = [_("försenat")] if one.is_late else []
    if one.due is not None:
        said.append(_("senast %(day)s") % {"day": words.date(one.due)})
    if one.on is not None:
        said.append(words.date(one.on, weekday=True))
    return f" ({', '.join(said)})" if said else ""


def settings_address() -> str:
    return address_of(Link("reminders"))


def stop_address(wish: Wish) -> str:
    return address_of(Link("reminders_stop", address_key(wish)))


def message_of(letter: Letter, digest: Digest, wish: Wish) -> EmailMultiAlternatives:
    """Return the message: one address stops the letters with one press (RFC 8058).

    The Message-ID is the digest's own, so that a copy is known as one.
    """
    host = urlsplit(settings.BASE_URL).hostname or "samsyn"
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[digest.person.email],
        headers={
            "Message-ID": f"<reminders-{digest.pk}-{digest.period:%Y%m%d}@{host}>",
            "List-Unsubscribe": f"<{stop_address(wish)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(letter.html, "text/html")
    return message
