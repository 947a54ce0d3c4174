"""Readers: files that municipalities and police have → typed rows with a per-row error list.

Ground floor: pure Python, no Django, no network. Every reader takes a path or the bytes
themselves, raises :class:`~samsyn.formats.base.FormatError` when the whole file is unusable and
otherwise returns a :class:`~samsyn.formats.base.ReadResult`.
"""

from samsyn.formats.base import FormatError, ReadResult, RowError

__all__ = ["FormatError", "ReadResult", "RowError"]
