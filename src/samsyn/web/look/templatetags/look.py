"""`{% load look %}`: the formats of Swedish text, icons, badges, and the parts that wrap content."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from samsyn.base import words

register = template.Library()

# The form of each state: what is drawn besides the colour.
STATES: dict[str, tuple[str, Any]] = {
    "done": ("filled", _("Uppfyllt")),
    "due": ("ring", _("Förfaller snart")),
    "late": ("mark", _("Försenat")),
    "active": ("half", _("Pågår")),
    "planned": ("dashed", _("Planerat")),
    "none": ("dash", _("Gäller inte")),
    "unknown": ("question", _("Okänt")),
    "draft": ("dashed", _("Utkast")),
    "released": ("filled", _("Släppt")),
    "missing": ("mark", _("Saknas")),
}
COLOUR_OF = {"released": "done", "missing": "late", "draft": "planned"}


def local(value: Any) -> Any:
    """Move an aware datetime to the time of the clock on the wall."""
    return (
        timezone.localtime(value)
        if isinstance(value, dt.datetime) and timezone.is_aware(value)
        else value
    )


@register.filter
def antal(value: Any) -> str:
    """`1 234`; an empty value is a dash."""
    return "–" if value is None or value == "" else words.number(value)


@register.filter
def tal(value: Any, decimals: int = 1) -> str:
    """`3,5` with the number of decimals one asks for."""
    return "–" if value is None or value == "" else words.number(value, int(decimals))


@register.filter
def skillnad(value: Any) -> str:
    """`+3`, `−2` or `0`."""
    return "–" if value is None or value == "" else words.signed(value)


@register.filter
def datum(value: Any) -> str:
    """`14 maj 2026`."""
    return words.date(local(value)) if value else "–"


@register.filter
def datum_text(value: str) -> str:
    """A date with the precision it was given: `2020`, `maj 2020` or `14 maj 2020`."""
    return words.partial_date(value) if value else "–"


@register.filter
def dag(value: Any) -> str:
    """`torsdag 14 maj 2026`."""
    return words.date(local(value), weekday=True) if value else "–"


@register.filter
def kort_datum(value: Any) -> str:
    """`14 maj`."""
    return words.short_date(local(value)) if value else "–"


@register.filter
def manad(value: Any) -> str:
    """`maj 2026`."""
    return words.month(local(value)) if value else "–"


@register.filter
def klockslag(value: Any) -> str:
    """`22.30`."""
    return words.clock(local(value)) if value is not None and value != "" else "–"


@register.filter
def tidpunkt(value: Any) -> str:
    """`14 maj 2026 kl. 22.30`."""
    return words.moment(local(value)) if value else "–"


@register.filter
def vecka(value: Any) -> str:
    """`vecka 20` from a date or a week number."""
    return words.week(local(value)) if value else "–"


@register.filter
def period(first: dt.date, last: dt.date) -> str:
    """`11–17 maj 2026`: `{{ first|period:last }}`."""
    return words.span(first, last)


@register.filter
def procent(part: Any, whole: Any) -> str:
    """`12 procent` of a whole of at least twenty, otherwise `3 av 14`: `{{ part|procent:whole }}`."""
    return words.share(part, whole)


@register.filter
def procent_kort(part: Any, whole: Any) -> str:
    """The same for tables: `12 %`, otherwise `3 av 14`."""
    return words.share(part, whole, table=True)


@cache
def sprite() -> str:
    """Return the address of the icons; looked up once."""
    return static("vendor/icons/sprite.svg")


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon from the sprite. It says nothing to a screen reader: a word stands beside it."""
    classes = f"icon {css}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        sprite(),
        name,
    )


@register.inclusion_tag("look/parts/badge.html")
def badge(state: str, label: Any = "", css: str = "") -> dict[str, Any]:
    """Show a state by form, word and colour. Unknown states are shown as such, never as an error."""
    sign, word = STATES.get(state, STATES["unknown"])
    return {"state": COLOUR_OF.get(state, state), "sign": sign, "label": label or word, "css": css}


@register.simple_block_tag
def card(
    content: str, heading: Any = "", level: int = 2, css: str = "", side: Any = "", id: str = ""
) -> SafeString:
    """A card: `{% card heading="…" side="…" css="accent" %} … {% endcard %}`."""
    context = {
        "content": content,
        "heading": heading,
        "tag": f"h{level}",
        "css": css,
        "side": side,
        "id": id,
    }
    return render_to_string("look/parts/card.html", context)


@register.simple_block_tag
def empty(content: str, heading: Any, icon_name: str = "info", level: int = 2) -> SafeString:
    """An empty state that teaches: `{% empty "Inga rapporter än" "rapporter" %}<p>…</p>{% endempty %}`."""
    context = {"content": content, "heading": heading, "icon_name": icon_name, "tag": f"h{level}"}
    return render_to_string("look/parts/empty.html", context)


@register.simple_block_tag
def dialog(content: str, id: str, heading: Any) -> SafeString:
    """A dialog, opened by `<button data-dialog="id">`; close with `<button data-close>` or Esc."""
    return render_to_string(
        "look/parts/dialog.html", {"content": content, "id": id, "heading": heading}
    )


@register.simple_block_tag
def more(content: str, label: Any = "", is_open: bool = False) -> SafeString:
    """Something to unfold, also without JavaScript."""
    return render_to_string(
        "look/parts/more.html",
        {"content": content, "label": label or _("Visa mer"), "is_open": is_open},
    )


@register.simple_block_tag
def note(content: str, kind: str = "info") -> SafeString:
    """A message in the page: kind info, success, warning or error."""
    return render_to_string("look/parts/message.html", {"content": content, "kind": kind})


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return `?…` with the present query and these changes; None takes a key away, and the page number starts over."""
    parameters = context["request"].GET.copy()
    if "sida" not in changes:
        parameters.pop("sida", None)
    for key, value in changes.items():
        if value is None or value == "":
            parameters.pop(key, None)
        else:
            parameters[key] = value
    return f"?{parameters.urlencode()}"


@register.inclusion_tag("look/parts/sort.html", takes_context=True)
def sort(context: template.Context, key: str, label: Any, css: str = "") -> dict[str, Any]:
    """A column header that sorts by `?ordning=key` (`-key` for falling). Draws the whole `<th>`."""
    present = context["request"].GET.get("ordning", "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(present, "")
    url = query(context, ordning=f"-{key}" if present == key else key)
    return {"label": label, "url": url, "direction": direction, "css": css}


@register.inclusion_tag("look/parts/pages.html", takes_context=True)
def pages(context: template.Context, page: Any) -> dict[str, Any]:
    """Links between the pages of a list; `page` is a django.core.paginator.Page, the parameter `sida`."""
    earlier = query(context, sida=page.previous_page_number()) if page.has_previous() else ""
    later = query(context, sida=page.next_page_number()) if page.has_next() else ""
    return {"page": page, "earlier": earlier, "later": later}
