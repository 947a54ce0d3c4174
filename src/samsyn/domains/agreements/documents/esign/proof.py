"""What an e-signature service proves, whoever it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


class BadSignature(Exception):
    """What came back does not prove a signature. The message is for the person at the screen."""


@dataclass(frozen=True)
class Proof:
    """One verified signature: with which key, when it says it was made, who issued the certificate.

    `signed_at` is the signer's own claim where no time stamp stands behind it, None where it makes
    none. `trusted` says whether the issuer is among those that this installation trusts.
    """

    fingerprint: str
    issuer: str
    algorithm: str
    signed_at: dt.datetime | None
    trusted: bool

    def to_data(self) -> dict[str, Any]:
        """As it is kept: nothing of the signer."""
        return {
            "issuer": self.issuer,
            "algorithm": self.algorithm,
            "signed_at": self.signed_at.isoformat() if self.signed_at else "",
            "trusted": self.trusted,
        }


class SignatureService(Protocol):
    """A way to come back with signatures: reads what the service returned, against what was sent out."""

    def verify(
        self, returned: bytes, *, original: bytes, trusted: Sequence[Certificate] = ()
    ) -> list[Proof]:
        """Return the proofs of signatures of `original`, in the order they were made.

        Raises BadSignature where one of them does not hold, or concerns something else.
        """
        ...
