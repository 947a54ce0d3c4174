"""What the rest of the house knows about pictures: who may see and do what, how long they are kept."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, grant, rule, visible
from samsyn.base.audit.log import register_verbs
from samsyn.base.orgs.models import Kind, Organisation, Role
from samsyn.base.retention.rules import RetentionRule, follows_its_owner, keep
from samsyn.base.search import sources
from samsyn.base.ticks import ticks
from samsyn.base.today import cards
from samsyn.domains.agreements.slots import evidence_arrives
from samsyn.domains.meetings.slots import agenda_items
from samsyn.domains.situation import models, slots
from samsyn.domains.situation.for_meetings import meetings_ahead, pictures_on_agenda
from samsyn.domains.situation.rhythm import draft_due_pictures
from samsyn.domains.situation.today import picture_cards, picture_hits

grant("pictures.read", set(Role) - {Role.REPORTER})
grant(
    "pictures.work",
    {Role.COORDINATOR, Role.SECURITY_CHIEF, Role.KOMMUNPOLIS, Role.CONTRIBUTOR},
)
grant(
    "pictures.contribute",
    {Role.COORDINATOR, Role.SECURITY_CHIEF, Role.KOMMUNPOLIS, Role.CONTRIBUTOR},
)
grant(
    "pictures.release", {Role.COORDINATOR, Role.SECURITY_CHIEF, Role.KOMMUNPOLIS, Role.CONTRIBUTOR}
)
grant("pictures.coordinate", {Role.COORDINATOR, Role.SECURITY_CHIEF})

register_verbs(
    {
        "picture.drafted": _("Lägesbild påbörjad"),
        "picture.refreshed": _("Lägesbildens siffror hämtade på nytt"),
        "picture.sentence_edited": _("Mening ändrad"),
        "picture.sentence_restored": _("Mening återställd"),
        "picture.sentence_hidden": _("Mening dold"),
        "picture.sentence_shown": _("Mening visad igen"),
        "picture.sentence_added": _("Mening tillagd"),
        "picture.contribution_written": _("Bidrag skrivet"),
        "picture.part_released": _("Del av lägesbild släppt"),
        "picture.release_withdrawn": _("Släpp återtaget"),
        "picture.release_link_created": _("Engångslänk skapad"),
        "picture.release_link_revoked": _("Engångslänk återkallad"),
        "picture.part_left_out": _("Del utelämnad ur lägesbild"),
        "picture.finished": _("Lägesbild färdig och fryst"),
        "picture.reopened": _("Lägesbild öppnad för ny utgåva"),
        "picture.noted": _("Anteckning vid visning"),
        "picture.delivered": _("Lägesbild lämnad ut"),
    }
)


def reached(viewer: Viewer, permission: str) -> Q:
    """The pictures of the municipalities and police areas where she holds `permission`, and the joint
    ones of the police areas that work in those municipalities: they hold aggregates only (H10)."""
    areas = Organisation.objects.filter(
        viewer.within(permission, "municipalities"), kind=Kind.POLICE_AREA
    )
    return (
        viewer.within(permission, "scope")
        | viewer.own(permission, "scope")
        | Q(scope__in=areas.values("pk"))
    )


evidence_arrives("picture_finished", _("Kommer när lägesbilden är färdig."))
evidence_arrives("picture_presented", _("Kommer när lägesbilden visas på ett möte."))


@rule(models.Picture)
def pictures(viewer: Viewer) -> QuerySet[Any]:
    """Drafts to those who work on them; once frozen to all readers of the municipality."""
    finished = reached(viewer, "pictures.read") & Q(edition__gt=0)
    return models.Picture.objects.filter(reached(viewer, "pictures.work") | finished)


@rule(models.PictureVersion)
def versions(viewer: Viewer) -> QuerySet[Any]:
    """The frozen versions of the pictures she sees."""
    return models.PictureVersion.objects.filter(
        picture__in=visible(viewer, models.Picture).values("pk")
    )


@rule(models.Part)
def parts(viewer: Viewer) -> QuerySet[Any]:
    """Which parties take part, to those who work on the picture. What they wrote has rules of its own."""
    return models.Part.objects.filter(picture__in=at_work(viewer).values("pk"))


def at_work(viewer: Viewer) -> QuerySet[Any]:
    """The pictures that she works on."""
    return models.Picture.objects.filter(reached(viewer, "pictures.work"))


def released_parts() -> QuerySet[Any]:
    """The parts that their party has released."""
    return models.Release.objects.filter(withdrawn_at=None).values("part")


def open_parts(viewer: Viewer) -> QuerySet[Any]:
    """The parts whose content she sees: her own party's, the released ones, and, as coordinator of the
    municipality, what the police delivered to it; in a joint picture the sums."""
    areas = Organisation.objects.filter(
        viewer.within("pictures.coordinate", "municipalities"), kind=Kind.POLICE_AREA
    )
    own = viewer.own("pictures.contribute", "organisation")
    delivered = Q(organisation__kind=Kind.POLICE_AREA) & viewer.own(
        "pictures.coordinate", "picture__scope"
    )
    sums = Q(organisation=F("picture__scope"), picture__scope__in=areas.values("pk"))
    return models.Part.objects.filter(picture__in=at_work(viewer).values("pk")).filter(
        own | delivered | sums | Q(pk__in=released_parts())
    )


@rule(models.Sentence)
def sentences(viewer: Viewer) -> QuerySet[Any]:
    """The sentences of the parts that are open to her."""
    return models.Sentence.objects.filter(part__in=open_parts(viewer).values("pk"))


@rule(models.SentenceChange)
def changes(viewer: Viewer) -> QuerySet[Any]:
    """The history of her own party's sentences; to the coordinator that of all that is open to her."""
    return models.SentenceChange.objects.filter(
        viewer.own("pictures.contribute", "sentence__part__organisation")
        | viewer.own("pictures.coordinate", "sentence__picture__scope"),
        sentence__part__in=open_parts(viewer).values("pk"),
    )


@rule(models.Contribution)
def contributions(viewer: Viewer) -> QuerySet[Any]:
    """Her own party's; those of others when they have released them."""
    own = viewer.own("pictures.contribute", "part__organisation")
    return models.Contribution.objects.filter(
        own | Q(part__in=released_parts()), part__picture__in=at_work(viewer).values("pk")
    )


@rule(models.Release)
def releases(viewer: Viewer) -> QuerySet[Any]:
    """Who released what and how, to those who work on the picture."""
    return models.Release.objects.filter(part__picture__in=at_work(viewer).values("pk"))


@rule(models.ReleaseLink)
def release_links(viewer: Viewer) -> QuerySet[Any]:
    """To those who coordinate the picture; the link itself is never kept."""
    return models.ReleaseLink.objects.filter(
        viewer.own("pictures.coordinate", "part__picture__scope")
    )


@rule(models.AnalysisRun)
def analysis_runs(viewer: Viewer) -> QuerySet[Any]:
    """How the numbers were made, to those who see the picture."""
    return models.AnalysisRun.objects.filter(
        picture__in=visible(viewer, models.Picture).values("pk")
    )


@rule(models.PresentationNote)
def notes(viewer: Viewer) -> QuerySet[Any]:
    """What was noted, to those who work on the picture."""
    return models.PresentationNote.objects.filter(picture__in=at_work(viewer).values("pk"))


@rule(models.Delivery)
def deliveries(viewer: Viewer) -> QuerySet[Any]:
    """Where a picture went, to those who coordinate it."""
    return models.Delivery.objects.filter(
        viewer.own("pictures.coordinate", "picture_version__picture__scope")
    )


keep(
    RetentionRule(
        key="presentation_notes",
        model=models.PresentationNote,
        why=_("Anteckningar från möten behövs tills det som skulle göras är gjort."),
        months=24,
        counted_from="written_at",
        municipality="picture__scope",
    )
)
follows_its_owner(
    models.Picture,
    models.PictureVersion,
    models.Delivery,
    models.Release,
    why=_("Bevaras: lägesbilden är ett underlag för beslut, och visar vem som släppte vad."),
)
follows_its_owner(
    models.Part,
    models.Sentence,
    models.SentenceChange,
    models.Contribution,
    models.ReleaseLink,
    models.AnalysisRun,
    why=_("Följer lägesbilden."),
)

cards.fill("pictures", picture_cards, order=10)
sources.fill("pictures", picture_hits, order=30)
ticks.fill("pictures.draft", draft_due_pictures, order=30)
agenda_items.fill("pictures", pictures_on_agenda, order=50)
slots.week_ahead.fill("meetings", meetings_ahead)
