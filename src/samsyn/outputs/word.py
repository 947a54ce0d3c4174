"""The document as Word: real styles, headings, tables with header rows, images with their text."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from samsyn.outputs import theme
from samsyn.outputs.blocks import Block, Figure, Note, Paragraph, PictureDocument, Quote, Table
from samsyn.outputs.svg import png
from samsyn.outputs.word_fonts import embed_fonts

TEXT_WIDTH_CM = 16.0
SHORT_TABLE = 12
INK, QUIET, ACCENT = theme.INK[1:], theme.QUIET[1:], theme.ACCENT[1:]


def render_word(document: PictureDocument) -> bytes:
    """Return the document as .docx, in Swedish, with the same texts as every other rendering."""
    from docx import Document

    word = Document()
    set_up(word, document)
    embed_fonts(word)
    if document.banner:
        word.add_paragraph(document.banner, style="Intense Quote")
    word.add_paragraph(document.title, style="Title")
    word.add_paragraph(f"{document.subtitle} · {document.state_text}", style="Subtitle")
    facts = word.add_paragraph()
    for place, (label, value) in enumerate(document.facts):
        facts.add_run(f"{'    ' if place else ''}{label} ")
        facts.add_run(value).bold = True
    for section in document.sections:
        word.add_heading(section.title, level=1)
        for block in section.blocks:
            add_block(word, block)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def set_up(word: Any, document: PictureDocument) -> None:
    """Set page, language, properties, styles, header and footer."""
    from docx.shared import Cm

    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.3)
    properties = word.core_properties
    properties.title, properties.subject = document.title, document.subtitle
    properties.author, properties.language = "Samsyn", document.language
    properties.keywords, properties.comments = document.kind, document.state_text
    set_styles(word, document.language)
    section.header.paragraphs[0].text = f"{document.title} · {document.subtitle}"
    section.header.paragraphs[0].style = word.styles["Header"]
    footer = section.footer.paragraphs[0]
    mark = f" · {document.checksum[:16]}" if document.checksum else ""
    footer.add_run(f"{document.state_text}{mark} · Sida ")
    add_field(footer, "PAGE")
    footer.add_run(" av ")
    add_field(footer, "NUMPAGES")


def set_styles(word: Any, language: str) -> None:
    """Give the styles of Word the house look; nothing is formatted by hand beside them."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    look = {
        "Normal": (10.5, INK, False, 6), "Title": (24, INK, True, 2), "Subtitle": (12, QUIET, False, 10),
        "Heading 1": (15, ACCENT, True, 4), "Heading 2": (11, INK, True, 3), "Caption": (8.5, QUIET, False, 6),
        "Intense Quote": (11, INK, True, 12), "Quote": (10.5, INK, False, 6), "Header": (8.5, QUIET, False, 0),
        "Footer": (8.5, QUIET, False, 0),
    }  # fmt: skip
    for name, (size, color, bold, after) in look.items():
        style = word.styles[name]
        set_font(style, size, color, bold)
        style.paragraph_format.space_after = Pt(after)
    word.styles["Heading 1"].paragraph_format.space_before = Pt(20)
    word.styles["Heading 2"].paragraph_format.space_before = Pt(10)
    word.styles["Title"].paragraph_format.space_before = Pt(0)
    word.styles["Intense Quote"].paragraph_format.left_indent = Pt(0)
    for name in ("Title", "Intense Quote"):
        remove_border(word.styles[name])
    for spacing in word.styles["Subtitle"].element.rPr.findall(qn("w:spacing")):
        word.styles["Subtitle"].element.rPr.remove(spacing)
    set_language(word.styles["Normal"], language)
    for tag in word.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)


def set_font(style: Any, size: float, color: str, bold: bool) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font = style.font
    font.name, font.size, font.bold, font.italic = theme.FONT, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(color.upper())
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), theme.FONT)


def remove_border(style: Any) -> None:
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def set_language(style: Any, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), language)
    style.element.get_or_add_rPr().append(tag)


def add_field(paragraph: Any, name: str) -> None:
    """Add a field that Word fills in: the page number or their number."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    paragraph._p.remove(run._r)
    field.append(run._r)
    paragraph._p.append(field)


def add_block(word: Any, block: Block) -> None:
    """Add one block."""
    if isinstance(block, Paragraph):
        word.add_paragraph(" ".join(line.text for line in block.lines))
    elif isinstance(block, Figure):
        add_figure(word, block)
    elif isinstance(block, Table):
        word.add_heading(block.caption, level=2)
        add_table(word, block)
    elif isinstance(block, Note):
        word.add_paragraph(block.text)
    elif isinstance(block, Quote):
        word.add_heading(block.who, level=2)
        for line in block.text.splitlines():
            word.add_paragraph(line, style="Quote")


def add_figure(word: Any, figure: Figure) -> None:
    """Add title, image with its text, credit and the equal table."""
    from docx.shared import Cm

    word.add_heading(figure.title, level=2)
    image = word.add_picture(io.BytesIO(figure_png(figure.svg)), width=Cm(TEXT_WIDTH_CM))
    for edge in ("distT", "distB", "distL", "distR"):
        image._inline.set(edge, "0")
    properties = image._inline.docPr
    properties.set("descr", figure.alt)
    properties.set("title", figure.title)
    # A long table cannot stay whole with its figure, and would only pull it away from its title.
    word.paragraphs[-1].paragraph_format.keep_with_next = len(figure.table.rows) <= SHORT_TABLE
    if figure.credit:
        word.add_paragraph(figure.credit, style="Caption")
    add_table(word, figure.table)


@lru_cache(maxsize=128)
def figure_png(svg: str) -> bytes:
    """Return the figure at twice its size, kept for the next document."""
    return png(svg)


def add_table(word: Any, table: Table) -> None:
    """Add the table with a header row that repeats, its text for readers, and its note."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    made = word.add_table(rows=1 + len(table.rows), cols=len(table.columns))
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = False
    frame(made)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), table.caption)
    made._tbl.tblPr.append(caption)
    widths = widths_of(table)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    cells = made._cells
    rows = [tuple(column.title for column in table.columns), *table.rows]
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            cell = cells[place * len(table.columns) + column]
            cell.width = Cm(widths[column])
            write_cell(cell, value, table, column, is_header=place == 0)
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(header)
    note = word.add_paragraph(table.note, style="Caption")
    if not table.note:
        note.paragraph_format.space_after = 0


def write_cell(cell: Any, value: str, table: Table, column: int, *, is_header: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(value)
    run.font.size = Pt(8 if table.is_dense else 9)
    run.bold = is_header
    if table.columns[column].is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def widths_of(table: Table) -> list[float]:
    """Return the column widths in cm by the longest text in each, filling the width of the text."""
    rows = [tuple(column.title for column in table.columns), *table.rows]
    longest = [
        min(max(len(row[place]) for row in rows), 60) + 2.5 for place in range(len(table.columns))
    ]
    return [TEXT_WIDTH_CM * length / sum(longest) for length in longest]


def frame(table: Any) -> None:
    """Draw a strong line under the header and faint ones under the rows."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for edge in ("bottom", "insideH"):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", theme.RULE[1:])):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    for cell in table.rows[0].cells:
        line = OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "8"), ("color", INK)):
            line.set(qn(f"w:{name}"), value)
        edges = OxmlElement("w:tcBorders")
        edges.append(line)
        cell._tc.get_or_add_tcPr().append(edges)
