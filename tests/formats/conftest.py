"""Files as municipalities and police make them, built on the spot."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data(shared: Path) -> Path:
    """The folder with the police's real archive and Brå's real monthly file."""
    return shared / "data"


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
