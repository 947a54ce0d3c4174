"""The PDF follows PDF/UA: tagged, Swedish, titled, every figure told in words."""

import io
import json

import pikepdf
import pytest

from samsyn.outputs import pdf
from samsyn.outputs.blocks import Figure


def opened(document):
    return pikepdf.open(io.BytesIO(pdf.render_pdf(document)))


def tags(node, found=None):
    """All structure elements under `node`."""
    found = [] if found is None else found
    kids = node.get("/K")
    children = list(kids) if isinstance(kids, pikepdf.Array) else [kids] if kids is not None else []
    for child in children:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            found.append(child)
            tags(child, found)
    return found


@pytest.mark.parametrize("which", ["document", "joint_document"])
def test_the_file_says_that_it_is_accessible(which, request):
    with opened(request.getfixturevalue(which)) as made:
        assert made.Root.MarkInfo.Marked
        assert str(made.Root.Lang).lower().startswith("sv")
        assert made.Root.ViewerPreferences.DisplayDocTitle
        meta = made.open_metadata()
        assert meta["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert meta["dc:title"].startswith("Lägesbild")


def test_the_tags_are_headings_tables_and_figures_with_words(document):
    with opened(document) as made:
        found = tags(made.Root.StructTreeRoot)
        kinds = [str(tag.S) for tag in found]
        assert kinds.count("/H1") == 1
        assert kinds.count("/H2") == len(document.sections)
        figures = [tag for tag in found if str(tag.S) == "/Figure"]
        wanted = [block.alt for block in document.blocks if isinstance(block, Figure)]
        assert [str(tag.Alt) for tag in figures] == wanted
        assert kinds.count("/TH") > 0
        assert kinds.count("/Table") >= len(wanted)


def test_words_of_people_are_never_read_as_commands(document):
    from dataclasses import replace

    from samsyn.outputs.blocks import Quote

    nasty = '#panic("x") $x$ *fet* [länk] @ref <etikett> \\ "citat" // kommentar'
    section = replace(document.sections[-1], blocks=(Quote("Part", nasty),))
    data = pdf.render_pdf(replace(document, sections=(section,)))
    import subprocess

    text = subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()
    assert '#panic("x") $x$ *fet* [länk] @ref <etikett> \\ "citat" // kommentar' in " ".join(
        text.split()
    )


def test_the_house_type_is_in_the_file(document):
    with opened(document) as made:
        fonts = {
            str(font.BaseFont)
            for page in made.pages
            for font in page.Resources.get("/Font", {}).values()
        }
    assert fonts
    assert all("SourceSans" in font for font in fonts)


def test_the_state_and_the_page_stand_at_the_foot(document):
    import subprocess

    data = pdf.render_pdf(document)
    text = subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()
    pages = len(pikepdf.open(io.BytesIO(data)).pages)
    assert f"Sida 1 av {pages}" in " ".join(text.split())
    assert " ".join(document.state_text.split()) in " ".join(text.split())


def test_the_same_document_gives_the_same_data(document):
    assert json.dumps(pdf.typst_data(document)) == json.dumps(pdf.typst_data(document))
