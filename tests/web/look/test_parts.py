"""Tags, navigation and forms, as the rooms use them."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django import forms
from django.http import HttpRequest
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory

from samsyn.web.look import navigation
from samsyn.web.look.context import color_scheme
from samsyn.web.look.forms import BigButtons
from samsyn.web.look.navigation import NavItem, current_url
from samsyn.web.look.templatetags import look as tags

pytestmark = pytest.mark.urls("allauth.account.urls")


def draw(text: str, request: HttpRequest | None = None, **context: object) -> str:
    request = request or RequestFactory().get("/")
    return (
        engines["django"]
        .from_string("{% load look %}" + text)
        .render({"request": request, **context})
    )


@pytest.fixture
def empty_registry(monkeypatch):
    monkeypatch.setattr(navigation, "_items", {})


class Form(forms.Form):
    title = forms.CharField(label="Rubrik", help_text="Kort.")
    kind = forms.ChoiceField(
        label="Slag",
        choices=[("SKAD", "Skadegörelse")],
        widget=BigButtons(icons={"SKAD": "kat-skad"}),
    )
    note = forms.CharField(label="Anteckning", required=False)


def test_each_state_has_a_form_of_its_own_besides_the_colour():
    drawn = {
        state: draw("{% badge s %}", s=state)
        for state in ("done", "due", "late", "planned", "none", "unknown")
    }
    shapes = {html[html.index("<svg") : html.index("</svg>")] for html in drawn.values()}
    assert len(shapes) == len(drawn)


def test_a_state_nobody_has_heard_of_is_shown_as_unknown():
    assert "Okänt" in draw("{% badge 'sönder' %}")


def test_an_icon_says_nothing_to_the_ear():
    assert 'aria-hidden="true"' in draw("{% icon 'map-pin' %}")


def test_a_label_is_escaped_also_inside_a_part():
    html = draw(
        "{% badge 'done' x %}{% card heading=x %}{{ x }}{% endcard %}{% note %}{{ x }}{% endnote %}",
        x="<b>",
    )
    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 4


def test_numbers_and_dates_are_written_as_in_a_swedish_text():
    html = draw(
        "{{ n|antal }} {{ d|datum }} {{ n|tal:1 }} {{ none|antal }}",
        n=1234,
        d=dt.date(2026, 5, 14),
        none=None,
    )
    assert html == "1\xa0234 14\xa0maj 2026 1\xa0234,0 –"


def test_a_moment_is_told_by_the_clock_on_the_wall():
    assert draw("{{ t|klockslag }}", t=dt.datetime(2026, 5, 14, 20, 30, tzinfo=dt.UTC)) == "22.30"


def test_sorting_turns_round_keeps_the_filter_and_starts_over_from_the_first_page():
    request = RequestFactory().get("/", {"ordning": "namn", "part": "polisen", "sida": "3"})
    html = draw("{% sort 'namn' 'Namn' %}", request)
    assert 'aria-sort="ascending"' in html
    assert "?ordning=-namn&amp;part=polisen" in html


def test_the_longest_address_decides_which_word_is_current():
    urls = ["/", "/avtal/", "/avtal/lage/"]
    assert current_url("/avtal/lage/2026", urls) == "/avtal/lage/"
    assert current_url("/", urls) == "/"
    assert current_url("/moten/", urls) == ""


def test_a_word_without_address_or_for_somebody_else_is_left_out(empty_registry):
    navigation.register(NavItem("a", "Avtal", "account_login", "avtal", 2))
    navigation.register(NavItem("b", "Borta", "finns-inte", "avtal", 1))
    navigation.register(
        NavItem("c", "Hemligt", "account_login", "avtal", 3, allowed=lambda viewer: viewer.may)
    )
    request = RequestFactory().get("/")
    request.viewer = SimpleNamespace(may=False)
    assert [link.key for link in navigation.links(request, "main")] == ["a"]


@pytest.mark.parametrize(
    ("cookie", "scheme"), [("dark", "dark"), ("'><script>", "auto"), (None, "auto")]
)
def test_only_the_three_colour_choices_are_believed(cookie, scheme):
    request = RequestFactory().get("/")
    if cookie:
        request.COOKIES["samsyn_farg"] = cookie
    assert color_scheme(request) == scheme


def test_errors_are_gathered_above_with_links_to_the_fields():
    html = Form({}).render()
    assert "2 saker behöver rättas" in html
    assert 'href="#id_title"' in html
    assert 'href="#id_kind_0"' in html
    assert 'id="id_kind_0"' in html


def test_a_field_is_tied_to_its_help_and_its_error():
    html = Form({}).render()
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_what_is_voluntary_says_so():
    assert Form().render().count("frivilligt") == 1


def test_a_large_button_carries_its_icon():
    assert "#kat-skad" in Form().render()


def test_the_text_of_the_writer_never_becomes_markup():
    assert "<script>" not in Form({"title": "<script>", "kind": "<script>"}).render()


def test_every_state_of_the_badge_has_a_swedish_word():
    assert all(str(word) for _sign, word in tags.STATES.values())


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_an_error_page_needs_nothing_to_be_drawn_and_leads_on(name):
    html = get_template(f"{name}.html").render({})
    assert "<h1>" in html
    assert 'href="/"' in html
    assert 'lang="sv"' in html


def test_the_reason_for_a_refusal_is_told_in_its_own_words():
    html = get_template("403.html").render({"reason": "Bilden är <släppt>."})
    assert "Bilden är &lt;släppt&gt;." in html
