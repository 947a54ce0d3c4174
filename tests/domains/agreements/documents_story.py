"""Laholm's agreement at work on 20 November 2026: its three parties' people, and papers to sign."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from types import SimpleNamespace

import pytest

from samsyn.base import clock
from tests.cast import add_actor

NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=clock.SWEDEN)


def pdf(text="Bilaga", *, size=(595, 842)):
    """A real PDF of one page, made here."""
    import pikepdf

    document = pikepdf.new()
    document.add_blank_page(page_size=size)
    page = document.pages[0]
    page.Contents = document.make_stream(f"BT /F1 18 Tf 60 760 Td ({text}) Tj ET".encode("latin-1"))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    out = io.BytesIO()
    document.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def docx(*extra):
    """A Word file, as far as its parts go."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as folder:
        for name in ("[Content_Types].xml", "word/document.xml", *extra):
            folder.writestr(name, "<x/>")
    return out.getvalue()


def laholm_text(*, rule="all_sign", code="laholm-2024"):
    from samsyn.domains.agreements.file import shipped_agreements

    text = shipped_agreements()["laholm-2024"].read_text(encoding="utf-8")
    text = text.replace("signature: {rule: all_sign}", f"signature: {{rule: {rule}}}")
    return text.replace("id: laholm-2024", f"id: {code}", 1)


def load(text):
    from samsyn.base.access import SYSTEM
    from samsyn.domains.agreements.models import Agreement
    from samsyn.domains.agreements.services.loading import load_agreement

    agreement = load_agreement(actor=SYSTEM, text=text).agreement
    Agreement.objects.filter(pk=agreement.pk).update(state=Agreement.State.STARTED)
    agreement.refresh_from_db()
    return agreement


def people_of(agreement):
    """The three parties' people, and those around them."""
    from samsyn.base.orgs.models import Kind, Membership, Organisation, Role

    party = {one.ref: one for one in agreement.parties.filter(is_party=True)}
    town, police = party["kommunen"].organisation, party["polisen"].organisation
    prison = party["kriminalvarden"].organisation
    housing = Organisation.objects.create(
        kind=Kind.HOUSING, name="Fastighetsbolaget Laholm", slug="fastighetsbolaget-laholm"
    )
    housing.municipalities.add(town)
    people = SimpleNamespace(
        agreement=agreement,
        party=party,
        town=town,
        samordnaren=add_actor("Samordnaren", town, Role.COORDINATOR),
        radsledamoten=add_actor("Rådsledamoten", town, Role.COUNCIL_MEMBER),
        arkivarien=add_actor("Arkivarien", town, Role.RECORDS_OFFICER),
        lasaren=add_actor("Läsaren", town, Role.READER),
        polischefen=add_actor("Polischefen", police, Role.COUNCIL_MEMBER),
        frivarden=add_actor("Frivården", prison, Role.COUNCIL_MEMBER),
        fastighetsbolaget=add_actor("Fastighetsbolaget", housing, Role.CONTRIBUTOR),
    )
    Membership.objects.update(since=dt.date(2024, 1, 1))
    return people


@pytest.fixture
def november(monkeypatch, db):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture
def laholm(november, cast):
    """Laholm's agreement as signed: all parties sign an updated annex."""
    people = people_of(load(laholm_text()))
    people.framlingen = cast.framlingen
    return people


@pytest.fixture
def where_approval_is_enough(november, cast):
    """The same agreement, had it said that approval is enough."""
    people = people_of(load(laholm_text(rule="approval")))
    people.framlingen = cast.framlingen
    return people


def decided_annex(people, annex="bilaga-2", content=None, **decision):
    """An annex whose version is presented and decided, and waits for the parties."""
    from samsyn.domains.agreements.documents.services import versions

    actor = people.samordnaren.viewer
    document = versions.open_annex(actor=actor, agreement=people.agreement, annex=annex)
    version = versions.upload_version(
        actor=actor, document=document, name="bilaga.pdf", content=content or pdf()
    )
    on = dt.date(2026, 11, 10)
    version = versions.present_version(actor=actor, version=version, on=on)
    given = {"on": on, "diary_number": "KS 2026/117", **decision}
    return versions.decide_version(actor=actor, version=version, **given)


def signatory(people, ref):
    from samsyn.domains.agreements.documents.permits import signatory_functions

    return signatory_functions(people.agreement)[ref][0]
