"""`{% load report %}`: the buttons of the form."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samsyn.domains.reports.rules import CategoryChoice
from samsyn.web.look.templatetags.look import icon

register = template.Library()


@register.simple_tag
def category_button(category: CategoryChoice, name: str, chosen: str = "") -> SafeString:
    """A large button for one category: a radio button, so that it works without script."""
    checked = " checked" if chosen == category.key else ""
    return format_html(
        '<label class="choice"><input type="radio" name="kategori" value="{}" data-name="{}"{}>{}<span>{}</span></label>',
        category.key,
        category.name,
        checked,
        icon(category.icon or "flag"),
        name,
    )


@register.filter
def among(key: str, group: list[tuple[CategoryChoice, str]]) -> bool:
    """Tell whether the key is that of a category in the group."""
    return any(category.key == key for category, _name in group)
