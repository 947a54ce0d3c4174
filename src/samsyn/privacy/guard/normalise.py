"""One plain form of a text, with the way back to the original positions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Ordinary Swedish writing: nothing here changes length, so positions stay.
_PLAIN = re.compile(r"[\x09\x0a\x0d\x20-\x7eåäöÅÄÖéèüÉÈÜ\xa0\u2009\u202f–—−‑‐’”“…•]*")
_ONE_TO_ONE = str.maketrans(
    {**dict.fromkeys("–—−‑‐", "-"), **dict.fromkeys("\xa0\u2009\u202f\t", " "), "’": "'"}
)
# Letters of other alphabets that look like those of a registration plate.
_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХАВЕΖΗΚΜΝΟΡΤΥΧаеорсух", "ABEKMHOPCTYXABEZHKMNOPTYXaeopcyx")
_DASHES = {"\u2212", "\u2043", "\u02d7", "\u00ac"}


def normalise(text: str) -> tuple[str, Sequence[int]]:
    """Return `text` in plain digits, hyphens and spaces, and each character's original index.

    Zero-width characters and marks on digits vanish; digits of any script become 0–9.
    """
    if _PLAIN.fullmatch(text):
        return text.translate(_ONE_TO_ONE), range(len(text))
    characters: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        for plain in _plain_form(character):
            characters.append(plain)
            origin.append(index)
    return "".join(characters).translate(_LOOKALIKES), origin


def _plain_form(character: str) -> str:
    if character.isascii():
        return " " if character == "\t" else character
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Pd" or character in _DASHES:
        return "-"
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    if category == "Cs":
        return "?"
    return "".join(
        str(unicodedata.decimal(part)) if unicodedata.category(part) == "Nd" else part
        for part in unicodedata.normalize("NFKC", character)
    )
