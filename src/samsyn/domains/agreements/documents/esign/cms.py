"""Verifies a detached CMS signature (RFC 5652): the digest, the signature, the certificate's time and issuer."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from django.utils.translation import gettext as _

from samsyn.domains.agreements.documents.esign.der import (
    INTEGER,
    OCTETS,
    SEQUENCE,
    SET,
    Node,
    NotDer,
    dotted,
    nodes_in,
    read,
)
from samsyn.domains.agreements.documents.esign.proof import BadSignature, Proof

SIGNED_DATA = "1.2.840.113549.1.7.2"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
PSS = "1.2.840.113549.1.1.10"
# SHA-1 and older are not accepted.
DIGESTS: dict[str, tuple[str, type[hashes.HashAlgorithm]]] = {
    "2.16.840.1.101.3.4.2.1": ("sha256", hashes.SHA256),
    "2.16.840.1.101.3.4.2.2": ("sha384", hashes.SHA384),
    "2.16.840.1.101.3.4.2.3": ("sha512", hashes.SHA512),
}
LONGEST_CHAIN = 6
# Certificates are read part by part as they are asked for, so damage may show anywhere.
UNREADABLE = (
    NotDer,
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
)


@dataclass(frozen=True)
class SignerInfo:
    """What one signer left, as it stands in the message."""

    issuer: bytes
    serial: int
    digest_oid: str
    attributes: dict[str, Node]
    signed_bytes: bytes
    signature_oid: str
    signature: bytes


def verify_detached(
    message: bytes, signed: Sequence[bytes], *, trusted: Sequence[x509.Certificate] = ()
) -> Proof:
    """Verify the CMS `message` over the concatenation of `signed`; return what it proves.

    Raises BadSignature where the content has been changed, the signature does not fit the
    certificate, the certificate was not in force, or the message cannot be read.
    """
    try:
        return proof_of(message, signed, trusted)
    except UNREADABLE:
        raise BadSignature(_("Underskriften i filen går inte att läsa.")) from None


def proof_of(message: bytes, signed: Sequence[bytes], trusted: Sequence[x509.Certificate]) -> Proof:
    certificates, signer = parse(message)
    digest_name, algorithm = DIGESTS[signer.digest_oid]
    stated = signer.attributes[MESSAGE_DIGEST].expect(OCTETS).content
    signed_at = time_of(signer.attributes.get(SIGNING_TIME))
    if not hmac.compare_digest(digest_of(digest_name, signed), stated):
        raise BadSignature(_("Filen har ändrats efter underskriften."))
    certificate = next((one for one in certificates if is_signers(one, signer)), None)
    if certificate is None:
        raise BadSignature(_("Certifikatet bakom underskriften saknas i filen."))
    check_signature(certificate, signer, algorithm())
    if signed_at and not in_force(certificate, signed_at):
        raise BadSignature(_("Certifikatet gällde inte när underskriften gjordes."))
    return Proof(
        fingerprint=key_fingerprint(certificate),
        issuer=issuer_name(certificate),
        algorithm=f"{type(certificate.public_key()).__name__.lstrip('_')} {digest_name}",
        signed_at=signed_at,
        trusted=leads_to(certificate, certificates, trusted),
    )


def key_fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of the signer's public key: the part of a certificate that the signature proves.

    The rest of a certificate that leads to no trusted issuer can be altered without breaking anything,
    and must not make one signature look like two.
    """
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(key).hexdigest()


def parse(message: bytes) -> tuple[list[x509.Certificate], SignerInfo]:
    """Return the certificates and the one signer of a SignedData message."""
    outer = read(message).expect(SEQUENCE).children()
    if dotted(outer[0]) != SIGNED_DATA:
        raise NotDer("Not signed data.")
    parts = read(outer[1].content).expect(SEQUENCE).children()
    certificates = [
        x509.load_der_x509_certificate(one.encoded)
        for part in parts
        if part.tag == 0xA0
        for one in nodes_in(part.content)
        if one.tag == SEQUENCE
    ]
    signers = parts[-1].expect(SET).children()
    if len(signers) != 1:
        raise NotDer("A PDF signature has exactly one signer.")
    return certificates, signer_in(signers[0])


def signer_in(node: Node) -> SignerInfo:
    _version, identity, digest, *rest = node.expect(SEQUENCE).children()
    issuer, serial = identity.expect(SEQUENCE).children()
    attributes = next(one for one in rest if one.tag == 0xA0)
    after = rest[rest.index(attributes) + 1 :]
    values = {}
    for attribute in attributes.children():
        name, value = attribute.expect(SEQUENCE).children()
        values[dotted(name)] = value.expect(SET).children()[0]
    return SignerInfo(
        issuer=issuer.encoded,
        serial=int.from_bytes(serial.expect(INTEGER).content, "big", signed=True),
        digest_oid=dotted(digest.expect(SEQUENCE).children()[0]),
        attributes=values,
        # They are signed as the SET they are, not under the tag they are sent with.
        signed_bytes=bytes([SET]) + attributes.encoded[1:],
        signature_oid=dotted(after[0].expect(SEQUENCE).children()[0]),
        signature=after[1].expect(OCTETS).content,
    )


def digest_of(name: str, parts: Sequence[bytes]) -> bytes:
    digest = hashlib.new(name)
    for part in parts:
        digest.update(part)
    return digest.digest()


def is_signers(certificate: x509.Certificate, signer: SignerInfo) -> bool:
    return (
        certificate.serial_number == signer.serial
        and certificate.issuer.public_bytes() == signer.issuer
    )


def check_signature(
    certificate: x509.Certificate, signer: SignerInfo, algorithm: hashes.HashAlgorithm
) -> None:
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            scheme = (
                padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO)
                if signer.signature_oid == PSS
                else padding.PKCS1v15()
            )
            key.verify(signer.signature, signer.signed_bytes, scheme, algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signer.signature, signer.signed_bytes, ec.ECDSA(algorithm))
        else:
            raise BadSignature(_("Underskriften använder en metod som Samsyn inte kan pröva."))
    except InvalidSignature:
        raise BadSignature(_("Underskriften stämmer inte med sitt certifikat.")) from None


def time_of(node: Node | None) -> dt.datetime | None:
    """Read UTCTime or GeneralizedTime, both in UTC; None where there is none."""
    if node is None:
        return None
    form = "%y%m%d%H%M%SZ" if node.tag == 0x17 else "%Y%m%d%H%M%SZ"
    return dt.datetime.strptime(node.content.decode("ascii"), form).replace(tzinfo=dt.UTC)


def in_force(certificate: x509.Certificate, at: dt.datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def issuer_name(certificate: x509.Certificate) -> str:
    """The organisation that issued it, else its common name: an issuer is no person unless self-signed."""
    if certificate.issuer == certificate.subject:
        return ""
    for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        found = certificate.issuer.get_attributes_for_oid(oid)
        if found:
            return str(found[0].value)[:120]
    return ""


def leads_to(
    certificate: x509.Certificate,
    carried: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
) -> bool:
    """Whether a chain of the carried certificates leads to one of the trusted."""
    current = certificate
    for _step in range(LONGEST_CHAIN):
        if any(current == one or issued(current, one) for one in trusted):
            return True
        above = next((one for one in carried if one != current and issued(current, one)), None)
        if above is None or not may_issue(above):
            return False
        current = above
    return False


def issued(certificate: x509.Certificate, by: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def may_issue(certificate: x509.Certificate) -> bool:
    try:
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (x509.ExtensionNotFound, ValueError):
        return False
