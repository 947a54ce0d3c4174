"""Signed PDFs (ISO 32000-1 § 12.8, PAdES): what Swedish e-signature services and BankID portals hand back.

The signed file must be the original with signatures added after it, so that the original's own bytes,
and with them its SHA-256, lie unchanged under every signature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cryptography.x509 import Certificate
from django.utils.translation import gettext as _

from samsyn.domains.agreements.documents.esign.cms import verify_detached
from samsyn.domains.agreements.documents.esign.proof import BadSignature, Proof

BYTE_RANGE = re.compile(
    rb"/ByteRange\s{0,9}\[\s{0,9}(\d{1,10})\s{1,99}(\d{1,10})\s{1,99}(\d{1,10})\s{1,99}(\d{1,10})\s{0,99}\]"
)
MOST_SIGNATURES = 30


class SignedPdf:
    """Reads the signatures embedded in a PDF."""

    def verify(
        self, returned: bytes, *, original: bytes, trusted: Sequence[Certificate] = ()
    ) -> list[Proof]:
        """Return a proof per signature, oldest first. BadSignature where there is none or one does not hold."""
        if not returned.startswith(b"%PDF-"):
            raise BadSignature(_("Filen är ingen PDF."))
        if not returned.startswith(original):
            raise BadSignature(
                _(
                    "Filen bygger inte på dokumentet som beslutades. Underteckna den fil som "
                    "hämtas här, eller lägg in filen som undertecknad kopia."
                )
            )
        ranges = ranges_in(returned, len(original))
        proofs = [
            verify_detached(contents_of(returned, one), covered(returned, one), trusted=trusted)
            for one in ranges
        ]
        if returned[sum(ranges[-1][2:]) :].strip():
            raise BadSignature(_("Filen har ändrats efter den sista underskriften."))
        return proofs


Range = tuple[int, int, int, int]


def ranges_in(data: bytes, original_size: int) -> list[Range]:
    """Return the byte ranges added after the original, in order; each covers all but its own signature."""
    found: list[Range] = []
    for match in BYTE_RANGE.finditer(data, original_size):
        start, length, again, rest = (int(group) for group in match.groups())
        holds = (
            start == 0
            and original_size <= length < again
            and again + rest <= len(data)
            and data[length : length + 1] == b"<"
            and data[again - 1 : again] == b">"
        )
        if not holds or len(found) == MOST_SIGNATURES:
            raise BadSignature(_("Underskriften i filen täcker inte hela dokumentet."))
        found.append((start, length, again, rest))
    if not found:
        raise BadSignature(_("Filen innehåller ingen elektronisk underskrift."))
    return sorted(found, key=lambda one: one[2] + one[3])


def contents_of(data: bytes, one: Range) -> bytes:
    """The signature itself, which stands in hex between the two ranges; its padding is left on."""
    try:
        return bytes.fromhex(data[one[1] + 1 : one[2] - 1].decode("ascii"))
    except (UnicodeDecodeError, ValueError):
        raise BadSignature(_("Underskriften i filen går inte att läsa.")) from None


def covered(data: bytes, one: Range) -> list[bytes]:
    start, length, again, rest = one
    return [data[start : start + length], data[again : again + rest]]
