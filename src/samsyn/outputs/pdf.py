"""The document as PDF/UA by Typst: tagged, in Swedish, every figure with its text."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from samsyn.outputs import theme
from samsyn.outputs.blocks import Block, PictureDocument
from samsyn.outputs.web import KINDS

TEMPLATE = Path(__file__).parent / "picture.typ"


def render_pdf(document: PictureDocument) -> bytes:
    """Return the document as a PDF that follows PDF/UA-1.

    The texts go to Typst as data, never as source, so nothing in them can be read as commands.
    """
    data = json.dumps(typst_data(document), ensure_ascii=False)
    made: bytes = compiler().compile(
        format="pdf", sys_inputs={"document": data}, pdf_standards=["ua-1"]
    )
    return made


@lru_cache(maxsize=1)
def compiler() -> Any:
    """Return Typst with the template and the house type, read once."""
    import typst

    return typst.Compiler(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(theme.FONTS)],
        ignore_system_fonts=True,
    )


def typst_data(document: PictureDocument) -> dict[str, Any]:
    """Return the document as the template reads it: plain values, each block with its kind."""
    data = asdict(document)
    for section, whole in zip(data["sections"], document.sections, strict=True):
        section["blocks"] = [plain_block(block) for block in whole.blocks]
    return data


def plain_block(block: Block) -> dict[str, Any]:
    data = asdict(block)
    kind = KINDS[type(block)]
    if kind == "paragraph":
        data["lines"] = [line["text"] for line in data["lines"]]
    if kind == "figure":
        data["picture_kind"] = data["kind"]
    data["kind"] = kind
    return data
