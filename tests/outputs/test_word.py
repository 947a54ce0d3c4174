"""The Word document has real styles, headings, tables and texts for its images."""

import io
import re
import zipfile

import docx

from samsyn.outputs import word
from samsyn.outputs.blocks import Figure, Table


def opened(document):
    return docx.Document(io.BytesIO(word.render_word(document)))


def test_headings_are_headings_in_order(document):
    made = opened(document)
    headings = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert headings == [section.title for section in document.sections]
    assert made.paragraphs[1].style.name == "Title"


def test_every_image_has_its_text_and_every_table_its_header_row(document):
    made = opened(document)
    figures = [block for block in document.blocks if isinstance(block, Figure)]
    assert [shape._inline.docPr.get("descr") for shape in made.inline_shapes] == [
        one.alt for one in figures
    ]
    tables = [
        block.table if isinstance(block, Figure) else block
        for block in document.blocks
        if isinstance(block, (Figure, Table))
    ]
    assert len(made.tables) == len(tables)
    for one in made.tables:
        assert one.rows[0]._tr.trPr.xpath("w:tblHeader")


def test_the_document_is_swedish_and_titled(document):
    data = word.render_word(document)
    made = docx.Document(io.BytesIO(data))
    assert made.core_properties.language == "sv-SE"
    assert made.core_properties.title == document.title
    styles = zipfile.ZipFile(io.BytesIO(data)).read("word/styles.xml").decode()
    assert set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', styles)) == {"sv-SE"}


def test_charts_in_word_have_their_letters(document):
    """The image programme draws nothing where it cannot find the type: a chart with text has more ink."""
    from samsyn.outputs.svg import png

    figure = next(block for block in document.blocks if isinstance(block, Figure))
    without = re.sub(r"<text.*?</text>", "", figure.svg)
    assert len(png(figure.svg)) > len(png(without)) + 500


def test_the_house_type_travels_with_the_document(document):
    """The first 32 bytes of an embedded font are hidden by its key; with the key it is the file again."""
    from samsyn.outputs import theme, word_fonts

    made = zipfile.ZipFile(io.BytesIO(word.render_word(document)))
    table = made.read("word/fontTable.xml").decode()
    key = re.search(r'embedRegular [^>]*w:fontKey="\{([^}]+)\}"', table)[1]
    content = bytearray(made.read("word/fonts/font1.odttf"))
    mask = bytes.fromhex(key.replace("-", ""))[::-1]
    for place in range(32):
        content[place] ^= mask[place % 16]
    assert bytes(content) == (theme.FONTS / word_fonts.FACES["embedRegular"]).read_bytes()
