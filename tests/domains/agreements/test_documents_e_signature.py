"""A PDF that comes back signed is believed only where every byte of it holds."""

import re
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.base.errors import UserError
from samsyn.domains.agreements.documents.esign import SERVICES, BadSignature
from samsyn.domains.agreements.documents.rules import State
from samsyn.domains.agreements.documents.services import answers
from tests.domains.agreements import documents_story as story
from tests.domains.agreements.documents_story import decided_annex, pdf, signatory
from tests.domains.agreements.signing import certificate, signed_pdf

laholm, november = story.laholm, story.november
SERVICE = SERVICES["signed_pdf"]


@pytest.fixture(scope="module")
def issuer():
    return certificate("Provutfärdaren", ca=True)


@pytest.fixture(scope="module")
def chief(issuer):
    return certificate("Kommundirektör", issuer=issuer)


@pytest.fixture(scope="module")
def police(issuer):
    return certificate("Lokalpolisområdeschef", issuer=issuer, curve=True)


@pytest.fixture(scope="module")
def both(chief, police):
    return signed_pdf(signed_pdf(pdf(), chief), police)


@pytest.mark.clause("L13")
def test_two_signatures_one_after_the_other_both_hold(both, issuer):
    one, two = SERVICE.verify(both, original=pdf(), trusted=[issuer[1]])
    assert one.fingerprint != two.fingerprint
    assert (one.algorithm, two.algorithm) == ("RSAPublicKey sha256", "ECPublicKey sha256")
    assert one.trusted
    assert two.trusted
    assert one.issuer == "Provtjänsten för underskrifter"


def test_another_program_agrees_that_the_file_is_signed(both, tmp_path):
    if shutil.which("pdfsig") is None:
        pytest.skip("poppler-utils is not installed here.")
    path = tmp_path / "signed.pdf"
    path.write_bytes(both)
    told = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid") == 2
    assert "Total document signed" in told


def test_an_issuer_that_is_not_trusted_is_told_of(both):
    assert not any(one.trusted for one in SERVICE.verify(both, original=pdf()))


def test_a_chain_is_followed_to_the_trusted_root(issuer):
    between = certificate("Mellanled", issuer=issuer, ca=True)
    signer = certificate("Ordförande", issuer=between)
    content = signed_pdf(pdf(), signer, carry=[between[1]])
    [proof] = SERVICE.verify(content, original=pdf(), trusted=[issuer[1]])
    assert proof.trusted
    false = certificate("Falskt mellanled", issuer=issuer, ca=False)
    signer = certificate("Ordförande", issuer=false)
    content = signed_pdf(pdf(), signer, carry=[false[1]])
    [proof] = SERVICE.verify(content, original=pdf(), trusted=[issuer[1]])
    assert not proof.trusted


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"hej", "ingen PDF"),
        (pdf(), "ingen elektronisk underskrift"),
        (pdf("En annan bilaga"), "bygger inte på dokumentet"),
    ],
)
def test_what_is_not_a_signed_copy_of_this_is_refused(content, why):
    with pytest.raises(BadSignature, match=why):
        SERVICE.verify(content, original=pdf())


def test_words_added_after_the_last_signature_are_found(both):
    with pytest.raises(BadSignature, match="efter den sista"):
        SERVICE.verify(both + b"9 0 obj << >> endobj\n", original=pdf())


def test_a_certificate_past_its_time_is_refused(issuer):
    old = certificate("Kommundirektör", issuer=issuer, days=(-60, -30))
    with pytest.raises(BadSignature, match="gällde inte"):
        SERVICE.verify(signed_pdf(pdf(), old), original=pdf())


def test_a_signature_moved_from_another_file_is_refused(chief):
    mine, other = signed_pdf(pdf(), chief), signed_pdf(pdf("annat"), chief)
    hexes = [re.search(rb"/Contents <([0-9a-f]+)>", one).group(1) for one in (mine, other)]
    with pytest.raises(BadSignature, match="ändrats"):
        SERVICE.verify(mine.replace(*hexes), original=pdf())


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_bit_can_be_turned_in_silence(both, where, bit):
    at = int(where * len(both))
    changed = bytearray(both)
    changed[at] ^= 1 << bit
    original = SERVICE.verify(both, original=pdf())
    try:
        found = SERVICE.verify(bytes(changed), original=pdf())
    except BadSignature:
        return
    # What is outside a signature is its padding, the case of its hex digits and the line end at the end.
    assert [one.fingerprint for one in found] == [one.fingerprint for one in original]
    blanks = [match.span(1) for match in re.finditer(rb"/Contents <([0-9a-f]+)>", both)]
    assert any(start <= at < end for start, end in blanks) or not bytes(changed[at:]).strip()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_for_a_signature_are_answered_in_words(junk):
    body = b"1 0 obj << /ByteRange [0 %d %d %d] /Contents <"
    original = pdf()
    head = original + b"\n" + body % (1, 1, 1)
    for _round in range(3):
        opening = len(head) - 1
        closing = opening + 2 + 2 * len(junk)
        head = original + b"\n" + body % (opening, closing, 7)
    content = head + junk.hex().encode() + b"> >>\nend"
    with pytest.raises(BadSignature):
        SERVICE.verify(content, original=original)


@pytest.mark.clause("L12", "L13")
def test_a_returned_file_signs_for_one_certificate_at_a_time(laholm, both):
    version = decided_annex(laholm, content=pdf())

    def give(ref):
        return answers.record_e_signature(
            actor=laholm.samordnaren.viewer, version=version, party=laholm.party[ref],
            function=signatory(laholm, ref), place="", name="retur.pdf", content=both,
        )  # fmt: skip

    made = give("kommunen")
    assert (made.way, made.doubts[0]) == ("signed", "unknown_issuer")
    assert "Kommundirektör" not in str(made.proof), "nothing of who signed is kept"
    give("polisen")
    with pytest.raises(UserError, match="redan registrerade"):
        give("kriminalvarden")
    version.refresh_from_db()
    assert version.state == State.DECIDED


@pytest.mark.parametrize("tag", [0x0B, 0x00, 0x7F])
def test_a_damaged_certificate_is_answered_in_words(chief, tag):
    whole = signed_pdf(pdf(), chief)
    message = re.search(rb"/Contents <([0-9a-f]+)>", whole).group(1)
    refused = 0
    for at in range(0, len(message.rstrip(b"0")), 2 * 7):
        damaged = message[:at] + f"{tag:02x}".encode() + message[at + 2 :]
        try:
            SERVICE.verify(whole.replace(message, damaged), original=pdf())
        except BadSignature:
            refused += 1
    assert refused > 50
