"""Thirty bad edits, in the form and in the text: each is said where it stands, and nothing is lost."""

from __future__ import annotations

import copy
import html
import re

import pytest
from django.urls import reverse

from samsyn.domains.agreements.file import shipped_agreements
from samsyn.domains.agreements.file.yaml_source import read_yaml
from samsyn.domains.agreements.models import SetUp
from tests.web.staff.form_boxes import boxes_of

TEXT = shipped_agreements()["laholm-2024"].read_text(encoding="utf-8")
DATA = read_yaml(TEXT).data


@pytest.fixture
def browser(cast):
    return cast.framlingen.client


@pytest.fixture
def made(cast):
    return SetUp.objects.create(municipality=cast.framlingen.organisation, name="Prov", text=TEXT)


def number_of(section, ref):
    return next(n for n, one in enumerate(DATA[section], 1) if one["id"] == ref)


COUNCIL = f"bodies/{number_of('bodies', 'strategiska-radet')}"
MEETS = f"commitments/{number_of('commitments', 'radet-mots')}"

# Page, box, what is written, what is said, what to write instead.
IN_THE_FORM = [
    ("om", "title", "", "saknas", "Fyll i"),
    ("om", "id", "Laholm 2024!", "fel form", "små bokstäver"),
    ("validity", "from", "2024-13", "finns inte i almanackan", "2024-05-14"),
    ("validity", "from", "", "saknas", "Fyll i"),
    ("validity", "to", "2020", "innan det börjar", "Byt plats"),
    ("validity", "to", "nästa år", "är inget datum", "2024-05-14"),
    ("validity", "notice_months", "tre", "ska vara ett helt tal", "helt tal"),
    ("validity", "extends_by_years", "200", "för stort", "högst 10"),
    ("parties/1", "organisation_number", "212000-1224", "kontrollsiffran stämmer inte", "tio siffror"),
    ("parties/1", "municipality", "138", "fel form", "fyra siffror"),
    ("parties/1", "address__postcode", "3122", "fel form", "312 23"),
    ("parties/1", "name", "", "saknas", "Fyll i"),
    ("parties/2", "id", "kommunen", "används redan", "eget id"),
    ("functions/1", "party", "borgmastaren", "finns inte i filen", "Välj bland"),
    ("functions/1", "clause", "L99", "finns inte under", "Menade du"),
    (COUNCIL, "name", "", "saknas", "Fyll i"),
    (COUNCIL, "chair", "laholmshem", "har ingen plats", "Lägg till en plats"),
    (COUNCIL, "decision__rule", "proposes", "lämnar förslag", "proposes_to"),
    (COUNCIL, "keeps", "trace", "stående punkter", "keeps: notes"),
    (f"{COUNCIL}/seats/1", "extended__meetings", "99", "för stort", "högst 52"),
    (f"{COUNCIL}/seats/2", "any_of", ["kommunpolis"], "hör till ”polisen”", "Rätta platsens"),
    (f"{COUNCIL}/seats/2", "any_of", [], "saknas", "Fyll i"),
    (MEETS, "rhythm__number", "400", "per_year ska vara", ""),
    (MEETS, "rhythm__places", "Laholm", "tar inte nyckeln places", "Den tar"),
    (MEETS, "responsible", [], "saknas", "Fyll i"),
    (MEETS, "evidence", [], "saknas", "Fyll i"),
    (MEETS, "ends", "2019", "innan avtalet börjar", "Rätta datumet"),
    (f"annexes/{number_of('annexes', 'bilaga-2')}", "number", "1", "finns två gånger", "eget nummer"),
    (f"annexes/{number_of('annexes', 'bilaga-2')}", "signature__rule", "some_sign", "inte vilka parter", "parties"),
    ("signatures", "date", "12 januari", "är inget datum", "2024-05-14"),
]  # fmt: skip


def said_on(page):
    return html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.mark.clause("C02")
@pytest.mark.parametrize(("address", "box", "written", "what", "instead"), IN_THE_FORM)
def test_a_bad_edit_in_the_form_is_kept_and_said_at_its_box(
    made, browser, address, box, written, what, instead
):
    url = reverse("upplaggning_del", args=[made.pk, address])
    boxes = boxes_of(browser.get(url).content.decode())
    page = browser.post(
        url, boxes | {box: written if isinstance(written, list) else [written]}, follow=True
    )

    said = said_on(page)
    assert what in said
    assert instead in said
    assert re.search(r"rad \d+, kolumn \d+", said)
    # What was written stands there, and nothing else is changed.
    made.refresh_from_db()
    now, before = read_yaml(made.text).data, copy.deepcopy(DATA)
    if isinstance(written, str) and written:
        assert written in made.text
    section = address.split("/")[0]
    for key in before:
        if key != section and not (section == "om" and key in ("id", "title")):
            assert now[key] == before[key], key


IN_THE_TEXT = [
    ("chair: kommunen", "chiar: kommunen", "”chiar” finns inte här", "”chair”"),
    ("rule: consensus", "rule: konsensus", "inget giltigt värde", "”consensus”"),
    ("place: Laholm", 'place: "Laholm', "citattecken", "Sätt ett likadant"),
    ("from: 2024-01-01", "from: [2024-01-01", "inte avslutad", "Skriv ]"),
    ("kind: municipality", "kind: kommun", "inget giltigt värde", "Välj bland"),
    ("  role: strategic_council", "\trole: strategic_council", "tabb", "mellanslag"),
    ("conveners: [samordnare]", "conveners: samordnare", "ska vara en lista", "- "),
    ("format: 1", "format: 1\nformat: 1", "två gånger", "Behåll den ena"),
    ("name: Laholms kommun", "name: &a Laholms kommun", "Ankare", "Skriv ut texten"),
    ("rhythm: {per_year: 4", "rhythm: {per_yaer: 4", "En rytm har", "per_year"),
    ("municipality: '1381'", "municipality: 1381", "ska vara text", "citattecken"),
    ("- id: polisen", "- id: kommunen", "används redan", "eget id"),
]


@pytest.mark.clause("C02")
@pytest.mark.parametrize(("before", "after", "what", "instead"), IN_THE_TEXT)
def test_a_bad_edit_in_the_text_is_kept_and_said_beside_its_line(
    made, browser, before, after, what, instead
):
    broken = TEXT.replace(before, after, 1)
    assert broken != TEXT
    url = reverse("upplaggning", args=[made.pk])
    page = browser.post(url, {"text": broken.replace("\n", "\r\n"), "granska": "1"})

    said = said_on(page)
    assert page.status_code == 200
    assert what in said
    assert instead in said
    assert re.search(r"kolumn \d+", said)
    made.refresh_from_db()
    assert made.text == broken
