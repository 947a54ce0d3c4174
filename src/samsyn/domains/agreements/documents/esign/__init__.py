"""Signatures made outside the program: what a service must show, and the services Samsyn can read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from samsyn.domains.agreements.documents.esign.proof import BadSignature, Proof, SignatureService
from samsyn.domains.agreements.documents.esign.signed_pdf import SignedPdf

SERVICES: Mapping[str, SignatureService] = MappingProxyType({"signed_pdf": SignedPdf()})

__all__ = ["SERVICES", "BadSignature", "Proof", "SignatureService"]
