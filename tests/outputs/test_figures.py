"""Charts and maps tell what they show, fit a strict page and are drawn once."""

import re
import xml.etree.ElementTree as ET

import pytest

from samsyn.outputs import charts, maps, svg, theme, web
from samsyn.outputs.blocks import Figure


@pytest.fixture
def figures(document, joint_document):
    return [
        block
        for one in (document, joint_document)
        for block in one.blocks
        if isinstance(block, Figure)
    ]


def test_each_figure_is_one_image_with_title_and_description(figures):
    assert {figure.key for figure in figures} == {
        "weeks",
        "categories",
        "map",
        "hours",
        "municipalities",
    }
    for figure in figures:
        root = ET.fromstring(figure.svg)
        title, description = root[0], root[1]
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert (title.text, description.text) == (figure.title, figure.alt)


def test_no_figure_breaks_the_strict_policy_of_the_pages(figures):
    for figure in figures:
        drawing = svg.for_web(figure.svg)
        assert "<script" not in drawing
        assert "<style" not in drawing
        assert not re.search(r"\s(style|on\w+)=", drawing)
        assert "http" not in drawing.replace("http://www.w3.org/", "")


def test_the_figures_of_a_page_wear_its_inks(figures):
    for figure in figures:
        drawing = svg.for_web(figure.svg)
        assert theme.ACCENT not in drawing
        assert "var(--accent)" in drawing


def test_names_in_figures_are_escaped():
    told = svg.told('<svg width="1" height="1"></svg>', "x", "<b>&", '"><script>')
    assert "<script>" not in told
    assert "<b>" not in told
    assert "<script>" not in maps.text(0, 0, "<script>")


def test_the_same_figure_is_drawn_once(settings, tmp_path):
    settings.DATA = tmp_path
    drawings = []

    def draw():
        drawings.append(1)
        return "<svg/>"

    for _ in range(3):
        assert svg.drawn("test", [str(tmp_path)], draw) == "<svg/>"
    svg._drawn.cache_clear()
    svg.drawn("test", [str(tmp_path)], draw)
    assert len(drawings) == 1


def test_the_map_is_true_to_scale():
    view = maps.view_of([(22.0, 65.5), (22.4, 65.7)], 620, 360)
    left, _ = view.place(22.10, 65.6)
    right, _ = view.place(22.20, 65.6)
    _, top = view.place(22.1, 65.65)
    _, bottom = view.place(22.1, 65.60)
    east = 0.10 * 0.4131 * 111_320  # cos 65.6°
    assert (right - left) / (bottom - top) == pytest.approx(east / (0.05 * 111_320), rel=0.01)


def test_one_report_far_away_does_not_shrink_the_rest_to_a_dot():
    town = [(22.15 + n / 1000, 65.58) for n in range(20)]
    assert maps.central([*town, (21.0, 67.0)]) == town


def test_a_week_without_reports_has_no_figures_but_a_document(town, db):
    from samsyn.domains.situation.numbers import gather, scope_of
    from samsyn.domains.situation.selectors import unsaved_picture
    from samsyn.domains.situation.weeks import Week
    from samsyn.outputs import pdf, word
    from samsyn.outputs.picture_document import document_of

    document = document_of(unsaved_picture(gather(scope_of(town.lulea), Week(2026, 20))))
    assert not [block for block in document.blocks if isinstance(block, Figure)]
    assert pdf.render_pdf(document).startswith(b"%PDF")
    assert word.render_word(document).startswith(b"PK")
    assert web.page_data(document)


def test_charts_name_their_numbers(document):
    weeks = next(block for block in document.blocks if getattr(block, "key", "") == "weeks")
    assert ">35<" in weeks.svg
    assert "vanligt" in weeks.svg
    assert charts.label_of(1234, weeks_level("above")) == "1\u00a0234 fler än vanligt"


def weeks_level(verdict):
    from samsyn.domains.situation.result import Level

    return Level(1, 0, 2, verdict)


def test_the_figures_of_new_drafts_are_drawn_before_somebody_opens_them(
    drafted, settings, tmp_path
):
    from samsyn.outputs.registrations import draw_recent_pictures

    settings.DATA = tmp_path
    settings.DEMO, settings.DEMO_CLOCK = True, "2026-05-18T06:30:00+02:00"
    svg._drawn.cache_clear()
    assert draw_recent_pictures() == "1 pictures drawn"
    assert len(list((tmp_path / "cache" / "figures").glob("*.svg"))) == 4
