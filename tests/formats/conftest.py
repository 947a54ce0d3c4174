"""Files as municipalities and police make them, built on the spot."""

import os
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("the shared real data must be present in CI")
        pytest.skip("the real data lie beside the repository and are absent here")
    return folder


@pytest.fixture(scope="session")
def make_xlsx() -> Callable[..., bytes]:
    def build(*sheets: tuple[str, Sequence[Sequence[object]]]) -> bytes:
        import openpyxl

        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        buffer = BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return build
