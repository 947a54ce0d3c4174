"""What the rest of the house knows about documents: who sees and does what, how long they are kept."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, grant, rule, visible
from samsyn.base.audit.log import register_verbs
from samsyn.base.orgs.models import Role
from samsyn.base.retention.rules import RetentionRule, follows_its_owner, keep
from samsyn.base.search import sources
from samsyn.base.ticks import ticks
from samsyn.base.today import cards
from samsyn.domains.agreements.documents.rules import State
from samsyn.domains.agreements.documents.services.versions import let_versions_take_effect
from samsyn.domains.agreements.documents.today import document_cards, find_documents
from samsyn.domains.agreements.models import (
    Agreement,
    AgreementParty,
    Document,
    DocumentVersion,
    Signature,
    SignatureLink,
)
from samsyn.domains.agreements.slots import evidence_arrives

grant("documents.see", set(Role) - {Role.REPORTER})
grant("documents.work", {Role.COORDINATOR, Role.SECURITY_CHIEF, Role.ADMINISTRATOR})
grant("documents.approve", {Role.COUNCIL_MEMBER})
grant("documents.export", {Role.COORDINATOR, Role.RECORDS_OFFICER, Role.ADMINISTRATOR})

register_verbs(
    {
        "document.opened": _("Dokument upplagt"),
        "document.version_added": _("Version av dokument inlagd"),
        "document.presented": _("Dokument föredraget"),
        "document.decided": _("Dokument beslutat"),
        "document.approved": _("Dokument godkänt"),
        "document.signed": _("Dokument undertecknat"),
        "document.signed_by_all": _("Dokument klart, gäller från senare dag"),
        "document.valid": _("Dokument giltigt"),
        "document.replaced": _("Dokument ersatt av ny version"),
        "document.withdrawn": _("Version av dokument tillbakadragen"),
        "document.answer_withdrawn": _("Underskrift tillbakadragen"),
        "document.link_made": _("Engångslänk för godkännande skapad"),
        "document.link_revoked": _("Engångslänk för godkännande återkallad"),
        "document.fetched": _("Dokument hämtat"),
        "document.folder_fetched": _("Mapp till diariet hämtad"),
    }
)
evidence_arrives("document_decided", _("Kommer när dokumentet är beslutat."))
evidence_arrives("document_signed", _("Kommer när alla har skrivit under."))
evidence_arrives("plan_decided", _("Kommer när planen är beslutad."))
evidence_arrives("promise_signed", _("Kommer när alla har skrivit under löftet."))
evidence_arrives("picture_renewed", _("Kommer när den nya lägesbilden är giltig."))
evidence_arrives("analysis_finished", _("Kommer när analysen är beslutad som dokument."))
evidence_arrives(
    "assessment_made", _("Kommer när bedömningen är beslutad eller angiven i beslutet.")
)


def of_own_agreements(viewer: Viewer, field: str) -> Q:
    """The parties' people: those who act for an organisation that is party to the agreement."""
    own = viewer.organisations_where("documents.see")
    mine = AgreementParty.objects.filter(is_party=True, is_current=True, organisation__in=own)
    return Q(**{f"{field}__in": mine.values("agreement")})


@rule(Document)
def documents(viewer: Viewer) -> QuerySet[Any]:
    """The parties' people; a municipality's own document, where they work in it. Drafts are with those who
    work on them: to the others a document is there when a version has been presented."""
    places = viewer.municipalities_where("documents.see")
    here = Q(municipality=None) | Q(municipality__in=places)
    shown = DocumentVersion.objects.filter(document=OuterRef("pk")).exclude(
        Q(stage=State.DRAFT) | Q(presented_on=None, through_agreement=False)
    )
    return Document.objects.filter(of_own_agreements(viewer, "agreement"), here).filter(
        Exists(shown) | working_on(viewer)
    )


def working_on(viewer: Viewer, prefix: str = "") -> Q:
    """The documents that she works with: her municipality's, or the agreement's own."""
    places = viewer.municipalities_where("documents.work")
    joint = Agreement.municipalities.through.objects.filter(organisation__in=places).values(
        "agreement"
    )
    return Q(**{f"{prefix}municipality__in": places}) | Q(
        **{f"{prefix}municipality": None, f"{prefix}agreement__in": joint}
    )


@rule(DocumentVersion)
def versions(viewer: Viewer) -> QuerySet[Any]:
    """With the document; drafts to those who work on them, the rest once presented."""
    return DocumentVersion.objects.filter(
        document__in=visible(viewer, Document).values("pk")
    ).filter(
        (~Q(stage=State.DRAFT) & (Q(presented_on__isnull=False) | Q(through_agreement=True)))
        | working_on(viewer, "document__")
    )


@rule(Signature)
def signatures(viewer: Viewer) -> QuerySet[Any]:
    """With the version."""
    return Signature.objects.filter(version__in=visible(viewer, DocumentVersion).values("pk"))


@rule(SignatureLink)
def links(viewer: Viewer) -> QuerySet[Any]:
    """Those who work with the document."""
    return SignatureLink.objects.filter(
        working_on(viewer, "version__document__"),
        version__in=visible(viewer, DocumentVersion).values("pk"),
    )


follows_its_owner(
    Document,
    DocumentVersion,
    Signature,
    why=_("Bevaras: visar vad parterna har beslutat och vilka funktioner som skrev under."),
)
keep(
    RetentionRule(
        key="document_links",
        model=SignatureLink,
        why=_("Engångslänkar gallras när de inte längre behövs. Godkännandet bevaras."),
        months=24,
        counted_from="created_at",
        municipality="version__document__municipality",
    )
)
ticks.fill("documents.take_effect", let_versions_take_effect)
cards.fill("documents", document_cards)
sources.fill("documents", find_documents, order=25)
