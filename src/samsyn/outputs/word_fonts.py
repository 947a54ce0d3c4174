"""Putting the house type into a Word document, so that it looks the same on a machine without it.

Office Open XML, part 4: an embedded font is the file with its first 32 bytes xor-ed with a key that
stands beside it. The Open Font Licence allows it.
"""

from __future__ import annotations

import uuid
from functools import lru_cache
from typing import Any

from samsyn.outputs import theme

FACES = {"embedRegular": "SourceSans3-Regular.ttf", "embedBold": "SourceSans3-Bold.ttf"}
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
# What the schema wants before the setting that tells of embedded fonts.
EARLIER = ("writeProtection", "view", "zoom", "removePersonalInformation", "displayBackgroundShape")
# One key for each face, the same in every document, so that equal documents are equal files.
SPACE = uuid.UUID("6f0a1c52-6a3f-5d0e-9a51-5b1d1b7c2f10")


def embed_fonts(word: Any) -> None:
    """Put the faces that are here into the document; without the files nothing is done."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import qn

    faces = {tag: name for tag, name in FACES.items() if (theme.FONTS / name).is_file()}
    if not faces:
        return
    table = word.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts = parse_xml(table.blob)
    font = OxmlElement("w:font")
    font.set(qn("w:name"), theme.FONT)
    for place, (tag, name) in enumerate(faces.items(), start=1):
        key, content = hidden(name)
        part = Part(
            PackURI(f"/word/fonts/font{place}.odttf"), CONTENT_TYPE, content, word.part.package
        )
        face = OxmlElement(f"w:{tag}")
        face.set(qn("r:id"), table.relate_to(part, RELATION))
        face.set(qn("w:fontKey"), key)
        font.append(face)
    fonts.append(font)
    table._blob = serialized(fonts)
    settings = word.settings.element
    before = [child for child in settings if child.tag in {qn(f"w:{name}") for name in EARLIER}]
    settings.insert(len(before), OxmlElement("w:embedTrueTypeFonts"))


def serialized(element: Any) -> bytes:
    from lxml import etree

    xml: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml


@lru_cache(maxsize=4)
def hidden(name: str) -> tuple[str, bytes]:
    """Return the key of a face as Word writes it, and the file with its first 32 bytes hidden by it."""
    key = uuid.uuid5(SPACE, name)
    content = bytearray((theme.FONTS / name).read_bytes())
    mask = key.bytes[::-1]
    for place in range(32):
        content[place] ^= mask[place % 16]
    return f"{{{str(key).upper()}}}", bytes(content)
