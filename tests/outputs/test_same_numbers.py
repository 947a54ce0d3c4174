"""One result object: web, Word, PDF, CSV and JSON show the same numbers."""

import csv
import io
import json
import re
import subprocess
import zipfile

import docx
import pytest

from samsyn.outputs import csv_, json_, pdf, web, word
from samsyn.outputs.blocks import Figure, Note, Paragraph, Quote, Table

NUMBER = re.compile(r"\d+(?:\u00a0\d{3})*(?:,\d+)?")


def texts_of(document):
    """Every text of the document's blocks, in reading order."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from (line.text for line in block.lines)
        elif isinstance(block, (Note, Quote)):
            yield block.text
        else:
            table = block.table if isinstance(block, Figure) else block
            assert isinstance(table, Table)
            yield from (column.title for column in table.columns)
            yield from (cell for row in table.rows for cell in row)


def squeezed(text):
    return re.sub(r"[\s\u00a0\u00ad-]+", "", text)


def pdf_text(data):
    found = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    )
    return found.stdout.decode()


def word_text(data):
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    xml = re.sub(r"</w:p>", "\n", xml)
    return re.sub(r"&lt;", "<", re.sub(r"<[^>]+>", "", xml))


@pytest.mark.clause("C01")
def test_every_sentence_and_every_cell_stands_in_the_word_document(document):
    found = squeezed(word_text(word.render_word(document)))
    missing = [text for text in texts_of(document) if squeezed(text) not in found]
    assert missing == []


def test_every_number_of_every_sentence_and_cell_stands_in_the_pdf(document):
    found = squeezed(pdf_text(pdf.render_pdf(document)))
    missing = [
        number
        for text in texts_of(document)
        for number in NUMBER.findall(text)
        if squeezed(number) not in found
    ]
    assert missing == []


def test_the_tables_of_word_are_the_tables_of_the_document_cell_by_cell(document):
    made = docx.Document(io.BytesIO(word.render_word(document)))
    tables = [
        block.table if isinstance(block, Figure) else block
        for block in document.blocks
        if isinstance(block, (Figure, Table))
    ]
    for table, one in zip(tables, made.tables, strict=True):
        rows = [tuple(cell.text for cell in row.cells) for row in one.rows]
        assert rows == [tuple(column.title for column in table.columns), *table.rows]


def test_the_page_data_are_the_same_blocks(document):
    sections = web.page_data(document)
    lines = [line.text for section in sections for one in section.paragraphs for line in one.lines]
    assert lines == [
        line.text
        for block in document.blocks
        if isinstance(block, Paragraph)
        for line in block.lines
    ]
    beside = [one.block for section in sections for one in section.beside]
    assert beside == [block for block in document.blocks if not isinstance(block, Paragraph)]


def test_json_csv_and_document_agree_on_the_counts(shown, document):
    data = json.loads(json.dumps(json_.picture_json(shown)))
    rows = list(
        csv.reader(io.StringIO(csv_.render_csv(shown.numbers).decode("utf-8-sig")), delimiter=";")
    )
    by_measure = {(row[0], row[3], row[5]): row[6] for row in rows[1:]}
    assert data["sources"]["reports"]["count"] == 35
    assert by_measure["rapporter", "alla", "Alla rapporter"] == "35"
    assert dict(document.facts)["Rapporter"] == "35"
    table = next(
        block.table for block in document.blocks if getattr(block, "key", "") == "categories"
    )
    for name, count, *_rest in table.rows:
        assert by_measure["rapporter", "slag", name] == count
        assert count == str(
            next(
                one["count"]
                for one in data["sources"]["reports"]["categories"]
                if one["name"] == name
            )
        )


def test_the_json_has_the_keys_that_programs_rely_on(shown):
    data = json_.picture_json(shown)
    assert (data["municipality"], data["week"]) == ("2580", "2026-W20")
    events = data["sources"]["police_events"]
    assert (events["count"], events["ids"], events["summaries"]) == (2, [1, 2], [3])
    assert [
        (row["month"], row["count"], row["preliminary"])
        for row in data["sources"]["registered"]["rows"]
    ] == [(5, 1412, True)]
    for sentence in data["sentences"]:
        assert sentence["text"]
        assert isinstance(sentence["sources"], list)


def test_the_three_kinds_of_source_are_never_added(shown):
    text = json.dumps(json_.picture_json(shown), ensure_ascii=False)
    reports, events, registered = 35, 2, 1412
    for total in (
        reports + events,
        reports + registered,
        events + registered,
        reports + events + registered,
    ):
        assert not re.search(
            rf"\b{total}\b", re.sub(r'"(checksum|input_hash|made_at)": "[^"]*"', "", text)
        )


def test_the_hours_of_the_table_are_those_of_the_chart(document, shown):
    figure = next(block for block in document.blocks if getattr(block, "key", "") == "hours")
    hours = shown.numbers.reports.hours
    filled = sum(value > 0 for row in hours for value in row)
    cells = [cell for row in figure.table.rows[:-1] for cell in row[1:]]
    assert sum(cell != "–" for cell in cells) == filled
