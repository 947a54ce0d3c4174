"""The form says everything that the file can say, and leaves alone what one does not touch."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.domains.agreements.file import (
    Agreement,
    diff_agreements,
    read_agreement,
    shipped_agreements,
)
from samsyn.domains.agreements.file.editing import change_text
from samsyn.domains.agreements.file.yaml_source import read_yaml
from samsyn.domains.agreements.models import SetUp
from samsyn.web.staff.agreements.form.options import Options
from samsyn.web.staff.agreements.form.pages import Page
from samsyn.web.staff.agreements.form.places import find_place, put
from samsyn.web.staff.agreements.form.shapes import NOT_ENTERED, about, sections, shapes_of
from tests.web.staff.form_boxes import boxes_of, ticks_of

THE_FOUR = ["hallsberg-2024", "laholm-2024", "lomma-2023", "lulea-2020"]


def text_of(code):
    return shipped_agreements()[code].read_text(encoding="utf-8")


@pytest.fixture
def browser(cast):
    return cast.framlingen.client


@pytest.fixture
def set_up(cast):
    """Begin setting up an agreement with a text."""

    def make(text):
        return SetUp.objects.create(
            municipality=cast.framlingen.organisation, name="Prov", text=text
        )

    return make


def posted(html):
    query = QueryDict(mutable=True)
    for name, values in boxes_of(html).items():
        query.setlist(name, values)
    return query


def addresses(data, shapes=None, value=None, above=""):
    """The address of every part of a file that has a page of its own."""
    if shapes is None:
        yield "om"
        shapes, value = list(sections().values()), data
    for shape in shapes:
        here = value.get(shape.key) if isinstance(value, dict) else None
        address = f"{above}/{shape.key}".strip("/")
        if shape.kind == "list":
            inner = shapes_of(shape.model, shape.names)
            lists = [one for one in inner if one.kind == "list"]
            for number, part in enumerate(here or (), 1):
                yield f"{address}/{number}"
                yield from addresses(data, lists, part, f"{address}/{number}")
        elif shape.kind == "group" and not above:
            yield address
            lists = [one for one in shapes_of(shape.model, shape.names) if one.kind == "list"]
            yield from addresses(data, lists, here, address)


@pytest.mark.clause("C02")
@pytest.mark.parametrize("code", THE_FOUR)
def test_every_part_of_the_four_opened_and_saved_untouched_leaves_the_file_as_it_was(code):
    text = text_of(code)
    data = read_yaml(text).data
    options, pages = Options(data), 0
    for address in addresses(data):
        place = find_place(data, address)
        value = place.value or {}
        shown = Page(place.shapes, value, options)
        html = "".join(str(field) for field in shown.form)
        saved = Page(place.shapes, value, options, data=posted(html)).read()
        assert change_text(text, put(data, place.path, saved or None)) == text, address
        pages += 1
    assert pages > 60


def test_the_form_has_a_box_for_everything_that_the_schema_can_say():
    """Each field of the schema is on a page, but the format's number and the kind (an act is no agreement)."""
    reached = {one.names for one in about()}
    waiting = list(sections().values())
    while waiting:
        shape = waiting.pop()
        reached.add(shape.names)
        if shape.model is not None:
            waiting += shapes_of(shape.model, shape.names)
    fields = {(info.alias or name,) for name, info in Agreement.model_fields.items()}
    assert fields - reached == {(one,) for one in NOT_ENTERED}
    for names in reached:
        if len(names) == 1:
            continue
        assert names[:-1] in reached


def like(value):
    """A value of the file as one types or chooses it."""
    if value is True:
        return ["ja"]
    if value is False:
        return ["nej"]
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value).replace(".", ",") if isinstance(value, float) else str(value)]


def rhythm_boxes(data):
    """How a person fills in a rhythm."""
    if isinstance(data, str):
        data = {"monthly": {"every_months": 1}, "yearly": {"yearly_by": "12-31"}}.get(data, data)
    if isinstance(data, str):
        return {"form": [data]}
    boxes = {"also": like(data.get("also", []))}
    for key, value in data.items():
        if key in ("per_year", "every_months", "every_weeks", "per_term", "every_years"):
            boxes |= {"form": [key], "number": [str(value)]}
        elif key == "weekly":
            boxes |= {"form": [key], "pauses": like((value or {}).get("pauses", []))}
        elif key == "before":
            boxes |= {"form": [key], "before": like(value)}
        elif key in ("yearly_by", "once_by"):
            boxes |= {"form": [key], "by": [str(value)]}
        elif key in ("by", "by_day"):
            boxes["by"] = ["årsskiftet" if value == "turn_of_year" else str(value)]
        elif key == "places":
            boxes["places"] = ["\n".join(value)]
        elif key in ("first", "days"):
            boxes[key] = [str(value)]
    return boxes


def fill_in(boxes, value, shapes, prefix=""):
    """Fill in a page's boxes with what a part of the file says."""
    for shape in shapes:
        name, said = f"{prefix}{shape.key}", value.get(shape.key)
        if shape.kind == "list" or said is None:
            continue
        if shape.kind == "group":
            if f"{name}___finns" in boxes:
                boxes[f"{name}___finns"] = ["on"]
            fill_in(boxes, said, shapes_of(shape.model, shape.names), f"{name}__")
        elif shape.kind == "rhythm":
            boxes |= {f"{name}__{key}": values for key, values in rhythm_boxes(said).items()}
        elif shape.kind == "lines":
            boxes[name] = ["\n".join(said)]
        elif shape.kind == "also":
            boxes[name] = [", ".join(said)]
        elif shape.kind == "flag" and shape.default is not None:
            boxes[name] = ["on"] if said else []
        else:
            boxes[name] = like(said)


def enter(browser, made, address, value):
    """Open a page, fill it in, press Spara."""
    url = reverse("upplaggning_del", args=[made.pk, address])
    opened = browser.get(url)
    assert opened.status_code == 200, address
    boxes = boxes_of(opened.content.decode())
    boxes.pop("q", None)
    made.refresh_from_db()
    fill_in(boxes, value, find_place(read_yaml(made.text).data, address).shapes)
    for name, order in ticks_of(opened.content.decode()).items():
        boxes[name].sort(key=order.index)
    assert browser.post(url, boxes).status_code == 302


def enter_lists(browser, made, value, shapes, above=""):
    """Add every part of every list, and what is within it."""
    for shape in shapes:
        address, parts = f"{above}/{shape.key}".strip("/"), value.get(shape.key)
        if shape.kind == "list":
            inner = shapes_of(shape.model, shape.names)
            for number, part in enumerate(parts or (), 1):
                made.refresh_from_db()
                there = find_place(read_yaml(made.text).data, address).parts
                enter(browser, made, f"{address}/{number if number <= len(there) else 'ny'}", part)
                enter_lists(
                    browser, made, part, [one for one in inner if one.kind == "list"],
                    f"{address}/{number}",
                )  # fmt: skip
        elif shape.kind == "group" and not above and parts:
            enter(browser, made, address, parts)
            inner = [one for one in shapes_of(shape.model, shape.names) if one.kind == "list"]
            enter_lists(browser, made, parts, inner, address)


@pytest.mark.clause("C02")
@pytest.mark.parametrize("code", ["laholm-2024", "lomma-2023"])
def test_an_agreement_is_built_in_the_browser_alone_until_nothing_differs(browser, set_up, code):
    """First everything once; then what pointed at something that did not stand there yet."""
    wanted = text_of(code)
    data = read_yaml(wanted).data
    made = set_up("")
    enter(browser, made, "om", data)
    order = sorted(
        sections().values(), key=lambda one: one.key not in ("parties", "others", "functions")
    )
    enter_lists(browser, made, data, order)
    made.refresh_from_db()
    for address in list(addresses(data)):
        place = find_place(data, address)
        there = find_place(read_yaml(made.text).data, address)
        if place.value and there.value != place.value:
            enter(browser, made, address, place.value)
            made.refresh_from_db()

    assert diff_agreements(read_agreement(made.text), read_agreement(wanted)) == []


@pytest.mark.clause("C02")
def test_what_the_form_does_not_touch_stands_as_it_stood(browser, set_up):
    text = text_of("lomma-2023").replace("bodies:\n", "# Så här möts vi.\nbodies:\n", 1)
    made = set_up(text)
    data = read_yaml(text).data
    number = next(n for n, one in enumerate(data["bodies"], 1) if one["id"] == "sspf")
    url = reverse("upplaggning_del", args=[made.pk, f"bodies/{number}"])
    boxes = boxes_of(browser.get(url).content.decode())
    boxes["name"] = ["SSPF-gruppen"]
    browser.post(url, boxes)

    made.refresh_from_db()
    changed = [
        (was, now)
        for was, now in zip(text.splitlines(), made.text.splitlines(), strict=True)
        if was != now
    ]
    assert changed == [("  name: SSPF", "  name: SSPF-gruppen")]


def test_a_part_is_added_moved_and_taken_away_without_a_script(browser, set_up):
    made = set_up(text_of("lulea-2020"))
    before = [one["id"] for one in read_yaml(made.text).data["functions"]]
    url = reverse("upplaggning_del", args=[made.pk, "functions"])
    sett = boxes_of(browser.get(url).content.decode())["sett"]

    browser.post(url, {"sett": sett, "upp": "2"})
    made.refresh_from_db()
    moved = [one["id"] for one in read_yaml(made.text).data["functions"]]
    assert moved == [before[1], before[0], *before[2:]]

    sett = boxes_of(browser.get(url).content.decode())["sett"]
    browser.post(url, {"sett": sett, "bort": "1"})
    made.refresh_from_db()
    assert [one["id"] for one in read_yaml(made.text).data["functions"]] == [before[0], *before[2:]]


def test_two_who_write_at_once_do_not_write_over_each_other(browser, set_up):
    made = set_up(text_of("lulea-2020"))
    url = reverse("upplaggning_del", args=[made.pk, "parties/1"])
    boxes = boxes_of(browser.get(url).content.decode())
    SetUp.objects.filter(pk=made.pk).update(text=made.text.replace("Luleå", "Lulea", 1))

    page = browser.post(url, boxes | {"name": ["Det jag skrev"]}).content.decode()

    made.refresh_from_db()
    assert "Det jag skrev" in page
    assert "Någon har ändrat filen" in page
    assert "Det jag skrev" not in made.text


def test_a_new_id_follows_to_everything_that_points_at_it(browser, set_up):
    made = set_up(text_of("lulea-2020"))
    data = read_yaml(made.text).data
    number, old = next(
        (n, one["id"]) for n, one in enumerate(data["functions"], 1)
        if any(one["id"] in each["responsible"] for each in data["commitments"])
    )  # fmt: skip
    url = reverse("upplaggning_del", args=[made.pk, f"functions/{number}"])
    browser.post(url, boxes_of(browser.get(url).content.decode()) | {"id": ["nytt-namn"]})

    made.refresh_from_db()
    agreement = read_agreement(made.text)
    assert any("nytt-namn" in one.responsible for one in agreement.commitments)
    assert not re.search(rf"\b{old}\b(?!-)", " ".join(str(one.responsible) for one in agreement.commitments))  # fmt: skip


def test_more_boxes_are_given_without_losing_what_was_written(browser, set_up):
    made = set_up(text_of("lulea-2020"))
    url = reverse("upplaggning_del", args=[made.pk, "commitments/ny"])
    boxes = boxes_of(browser.get(url).content.decode())
    page = browser.post(url, boxes | {"text": ["Halvskrivet"], "fler": ["1"]}).content.decode()

    assert "Halvskrivet" in page
    assert len(boxes_of(page)["responsible"]) > len(boxes["responsible"])
    made.refresh_from_db()
    assert "Halvskrivet" not in made.text


def test_an_address_that_leads_nowhere_does_not_exist(browser, set_up):
    made = set_up(text_of("lulea-2020"))
    for where in (
        "hittepa",
        "bodies/99",
        "bodies/0",
        "bodies/1/decision",
        "bodies/ny/seats",
        "om/1",
    ):
        url = reverse("upplaggning_del", args=[made.pk, where])
        assert browser.get(url).status_code == 404, where


def test_the_form_stands_back_where_the_text_cannot_be_read(browser, set_up):
    made = set_up("format: 1\ntitle: 'Prov\n")
    for name, arguments in (("upplaggning_form", []), ("upplaggning_del", ["parties"])):
        page = browser.get(reverse(name, args=[made.pk, *arguments]), follow=True).content.decode()
        assert "citattecken" in page
    made.refresh_from_db()
    assert made.text == "format: 1\ntitle: 'Prov\n"


@pytest.mark.parametrize("where", ["", "functions/", "functions/3/"])
def test_a_page_asks_as_little_of_the_database_for_a_thousand_functions_as_for_ten(
    browser, set_up, where
):
    asked = []
    for count in (10, 1000):
        data = read_yaml(text_of("lulea-2020")).data
        data["functions"] += [
            {"id": f"funktion-{n}", "name": f"Funktion {n}", "party": data["parties"][0]["id"]}
            for n in range(count)
        ]
        made = set_up(change_text("", data))
        address = reverse("upplaggning_form", args=[made.pk]) + where
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
