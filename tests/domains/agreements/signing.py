"""Signs PDFs as an e-signature service does: an incremental update with a detached CMS signature (PAdES)."""

from __future__ import annotations

import datetime as dt

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

ROOM = 16_000


def name(common, organisation):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def certificate(common, *, issuer=None, curve=False, days=(-1, 30), ca=False):
    """Make a key and its certificate, self-signed or issued by `issuer` (key, certificate)."""
    key = (
        ec.generate_private_key(ec.SECP256R1())
        if curve
        else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    subject = name(common, "Provtjänsten för underskrifter")
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[1].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + dt.timedelta(days=days[0]))
        .not_valid_after(now + dt.timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .sign(issuer[0] if issuer else key, hashes.SHA256())
    )
    return key, made


def signed_pdf(original, signer, *, carry=()):
    """Return `original` with one more signature by `signer` (key, certificate) appended to it."""
    import io
    import re

    import pikepdf

    with pikepdf.open(io.BytesIO(original)) as document:
        size = int(document.trailer.Size)
        root, page = document.Root.objgen[0], document.pages[0].objgen[0]
        fields = re.findall(rb"/Fields \[([^\]]*)\]", original)
        content = document.pages[0]
        resources = content.Resources.unparse(resolved=True).decode("latin-1")
        stream = content.Contents.objgen[0]
        pages = document.Root.Pages.objgen[0]
    earlier = fields[-1].decode() if fields else ""
    field, value = size, size + 1
    start = original.rindex(b"startxref") + 9
    previous = int(original[start:].split()[0])
    objects = {
        root: f"<< /Type /Catalog /Pages {pages} 0 R /AcroForm << /SigFlags 3 /Fields [{earlier} {field} 0 R] >> >>",
        page: f"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R "
        f"/Resources {resources} /Annots [{earlier} {field} 0 R] >>",
        field: f"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Underskrift{field}) /V {value} 0 R "
        f"/F 132 /Rect [0 0 0 0] /P {page} 0 R >>",
        value: "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
        "/ByteRange [0 @@@@@@@@@@ ########## ~~~~~~~~~~] /Contents <" + "0" * ROOM + "> >>",
    }
    out, places = bytearray(original + b"\n"), {}
    for number, text in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = len(out)
    out += b"xref\n"
    for number, place in sorted(places.items()):
        out += f"{number} 1\n{place:010d} 00000 n \n".encode()
    out += (
        f"trailer\n<< /Size {size + 2} /Root {root} 0 R /Prev {previous} >>\n"
        f"startxref\n{table}\n%%EOF\n"
    ).encode()
    opening = bytes(out).index(b"/Contents <" + b"0" * ROOM) + len(b"/Contents ")
    closing = opening + ROOM + 2
    for mark, number in (
        (b"@" * 10, opening),
        (b"#" * 10, closing),
        (b"~" * 10, len(out) - closing),
    ):
        at = bytes(out).index(mark, len(original))
        out[at : at + 10] = f"{number:<10d}".encode()
    message = detached(bytes(out[:opening]) + bytes(out[closing:]), signer, carry)
    out[opening + 1 : opening + 1 + 2 * len(message)] = message.hex().encode()
    return bytes(out)


def detached(content, signer, carry=()):
    key, own = signer
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(own, key, hashes.SHA256())
    for one in carry:
        builder = builder.add_certificate(one)
    return builder.sign(
        serialization.Encoding.DER,
        [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary],
    )
