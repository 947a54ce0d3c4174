"""An agreement's bodies drawn from its file: every body and seat, and nothing that the file could sneak in."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from samsyn.domains.agreements.file import read_agreement, shipped_agreements
from samsyn.outputs.agreement_drawing import draw_bodies, initials_of, rhythm_of_body

THE_FOUR = ["hallsberg-2024", "laholm-2024", "lomma-2023", "lulea-2020"]


def agreement(code, change=lambda text: text):
    return read_agreement(change(shipped_agreements()[code].read_text(encoding="utf-8")))


def texts(svg):
    return " ".join(" ".join(one.itertext()) for one in ElementTree.fromstring(svg).iter())


@pytest.mark.clause("C02")
@pytest.mark.parametrize("code", THE_FOUR)
def test_every_body_and_seat_is_in_the_drawing(code):
    file = agreement(code)
    svg = draw_bodies(file, lambda body: f"/{body.id}/")
    said = re.sub(r"\s+", " ", texts(svg))
    for body in file.bodies:
        assert f'href="/{body.id}/"' in svg
        assert body.name.split()[0] in said
    lines = svg.count('class="drawing-mark"')
    assert lines == sum(len(body.seats) for body in file.bodies)


def test_each_party_has_a_mark_of_its_own():
    for code in THE_FOUR:
        marks = initials_of(agreement(code))
        assert len(set(marks.values())) == len(marks)


def test_boxes_do_not_lie_on_each_other():
    for code in THE_FOUR:
        root = ElementTree.fromstring(draw_bodies(agreement(code), lambda body: ""))
        boxes = [
            tuple(float(one.get(key)) for key in ("x", "y", "width", "height"))
            for one in root.iter("{http://www.w3.org/2000/svg}rect")
            if one.get("stroke")
        ]
        for number, (x, y, wide, tall) in enumerate(boxes):
            for x2, y2, wide2, tall2 in boxes[number + 1 :]:
                apart = x + wide <= x2 or x2 + wide2 <= x or y + tall <= y2 or y2 + tall2 <= y
                assert apart, code


def test_what_a_file_calls_a_body_is_text_and_nothing_else():
    file = agreement(
        "lomma-2023", lambda text: text.replace("name: SSPF", "name: '<script>alert(1)</script>'")
    )
    svg = draw_bodies(file, lambda body: '/"onload="x')
    assert "<script" not in svg
    assert 'onload="x' not in svg


@pytest.mark.clause("K18")
def test_it_is_said_how_often_and_what_is_kept():
    lomma = agreement("lomma-2023")
    by_id = {body.id: body for body in lomma.bodies}
    assert rhythm_of_body(lomma, by_id["sspf"]) == "vid behov"
    assert "Bara att det möttes sparas" in texts(draw_bodies(lomma, lambda body: ""))
