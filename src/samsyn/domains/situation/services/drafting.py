"""Drafting a picture from the numbers, and fetching the numbers anew without losing what people wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samsyn import __version__
from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.orgs.models import Kind, Organisation
from samsyn.domains.situation import rules
from samsyn.domains.situation.draft import write_sentences
from samsyn.domains.situation.models import (
    AnalysisRun,
    Part,
    Picture,
    PictureKind,
    Sentence,
    SentenceChange,
)
from samsyn.domains.situation.numbers import gather, scope_of
from samsyn.domains.situation.part_words import part_checksum
from samsyn.domains.situation.result import SentenceDraft, WeeklyNumbers, checksum, to_json
from samsyn.domains.situation.sections import SECTIONS
from samsyn.domains.situation.services.guarded import open_picture
from samsyn.domains.situation.services.releases import standing_release, withdraw
from samsyn.domains.situation.weeks import Week


@dataclass(frozen=True)
class Refreshed:
    """What new numbers did: how many sentences read differently, and whose release lapsed by it."""

    picture: Picture
    changed: int
    withdrawn: tuple[str, ...]


def draft_picture(
    *, actor: Viewer, scope: Organisation, iso_year: int, iso_week: int, is_demo: bool = False
) -> Picture:
    """Draft the weekly picture of a municipality or police area; the one that exists where there is one.

    Raises NotAllowed for others than those who hold the picture together, UserError for a week that does
    not exist or has not begun.
    """
    week = Week(iso_year, iso_week)
    if scope.kind not in {Kind.MUNICIPALITY, Kind.POLICE_AREA}:
        raise UserError(_("En lägesbild görs för en kommun eller ett polisområde."))
    if not rules.coordinates_scope(actor, scope):
        raise NotAllowed(_("Bara samordnaren kan påbörja en lägesbild."))
    if week.monday > clock.today():
        raise UserError(
            _("Vecka %(week)s har inte börjat. Välj en vecka som har börjat.")
            % {"week": week.number}
        )
    known = Picture.objects.filter(
        kind=PictureKind.WEEKLY, scope=scope, iso_year=iso_year, iso_week=iso_week
    )
    existing = known.first()
    if existing is not None:
        return existing
    numbers = gather(scope_of(scope), week)
    try:
        with transaction.atomic():
            return create_picture(actor, scope, week, numbers, is_demo)
    except IntegrityError:
        # Somebody drafted the same week at the same moment: theirs is as good.
        return known.get()


def create_picture(
    actor: Viewer, scope: Organisation, week: Week, numbers: WeeklyNumbers, is_demo: bool
) -> Picture:
    data = to_json(numbers)
    picture = Picture.objects.create(
        scope=scope,
        iso_year=week.year,
        iso_week=week.number,
        starts_on=week.monday,
        numbers=data,
        numbers_checksum=checksum_of(numbers),
        drafted_by_label=actor.label,
        code_version=__version__,
        is_demo=is_demo,
    )
    parts = create_parts(picture, scope)
    Sentence.objects.bulk_create(
        new_sentence(picture, parts, draft, place)
        for place, draft in enumerate(write_sentences(numbers))
    )
    keep_runs(picture, numbers)
    record(
        actor,
        "picture.drafted",
        picture,
        organisation=scope,
        week=str(week),
        checksum=picture.numbers_checksum,
    )
    return picture


def create_parts(picture: Picture, scope: Organisation) -> dict[str, Part]:
    """Create a room for each party, and return the parts by owner: "scope", "police", municipality code.

    In a municipality without a police area the municipality answers for all sections.
    """
    Part.objects.create(picture=picture, organisation=scope)
    if scope.kind == Kind.POLICE_AREA:
        others = [Part(picture=picture, organisation=place) for place in scope.municipalities.all()]
        Part.objects.bulk_create(others)
        return parts_by_owner(picture)
    areas = Organisation.objects.filter(kind=Kind.POLICE_AREA, municipalities=scope).order_by("pk")
    Part.objects.bulk_create(Part(picture=picture, organisation=area) for area in areas)
    return parts_by_owner(picture)


def parts_by_owner(picture: Picture) -> dict[str, Part]:
    """Return the parts by owner for a picture that exists."""
    parts = list(picture.parts.select_related("organisation"))
    own = next(part for part in parts if part.organisation_id == picture.scope_id)
    police = [part for part in parts if part.organisation.kind == Kind.POLICE_AREA]
    owners = {"scope": own, "police": police[0] if police else own}
    if picture.scope.kind == Kind.POLICE_AREA:
        owners |= {part.organisation.municipality_code: part for part in parts if part is not own}
    return owners


def new_sentence(
    picture: Picture, parts: dict[str, Part], draft: SentenceDraft, place: int
) -> Sentence:
    section = SECTIONS[draft.section]
    return Sentence(
        picture=picture,
        part=parts.get(draft.owner) or parts[section.owner],
        section=draft.section,
        key=draft.key,
        order=section.order * 1000 + place,
        generated_text=draft.text,
        sources=[to_json(source) for source in draft.sources],
    )


def keep_runs(picture: Picture, numbers: WeeklyNumbers) -> None:
    """Keep how each number was made; a refresh replaces the draft's earlier runs."""
    picture.analysis_runs.all().delete()
    AnalysisRun.objects.bulk_create(
        AnalysisRun(
            picture=picture,
            key=run.key,
            method=run.method,
            parameters=run.parameters,
            seed=run.seed,
            input_hash=run.input_hash,
            code_version=run.code_version,
        )
        for run in numbers.provenance
    )


def refresh_picture(*, actor: Viewer, picture: Picture) -> Refreshed:
    """Fetch the numbers anew. Sentences that nobody touched are redrafted; edits, hidden and added ones stay.

    A released part whose words change by it must be released again: its release is withdrawn, and says why.
    """
    if not rules.coordinates(actor, picture):
        raise NotAllowed(_("Bara samordnaren kan hämta nya siffror."))
    numbers = gather(scope_of(picture.scope), Week(picture.iso_year, picture.iso_week))
    drafts = write_sentences(numbers)
    with transaction.atomic():
        picture = open_picture(picture)
        before = {part.pk: part_checksum(part) for part in picture.parts.all()}
        changed = redraft(actor, picture, drafts)
        picture.numbers, picture.numbers_checksum = to_json(numbers), checksum_of(numbers)
        picture.refreshed_at, picture.code_version = clock.now(), __version__
        picture.version += 1
        picture.save()
        keep_runs(picture, numbers)
        withdrawn = withdraw_changed(actor, picture, before)
        record(
            actor,
            "picture.refreshed",
            picture,
            organisation=picture.scope_id,
            changed=changed,
            checksum=picture.numbers_checksum,
        )
        return Refreshed(picture, changed, withdrawn)


def redraft(actor: Viewer, picture: Picture, drafts: Sequence[SentenceDraft]) -> int:
    """Lay the new drafts under the sentences; return how many sentences read differently."""
    known = {(one.section, one.key): one for one in picture.sentences.filter(is_added=False)}
    parts, changed = parts_by_owner(picture), 0
    for place, draft in enumerate(drafts):
        sentence = known.pop((draft.section, draft.key), None)
        fresh = new_sentence(picture, parts, draft, place)
        if sentence is None:
            fresh.save()
            changed += 1
        else:
            changed += lay_under(actor, sentence, fresh)
    for sentence in known.values():
        changed += retire(sentence)
    return changed


def lay_under(actor: Viewer, sentence: Sentence, fresh: Sentence) -> bool:
    """Give the sentence its new draft; return whether what is read changed."""
    before, drafted_before = sentence.text, sentence.generated_text
    sentence.generated_text, sentence.sources = fresh.generated_text, fresh.sources
    sentence.order, sentence.is_current = fresh.order, True
    if drafted_before != sentence.generated_text:
        sentence.version += 1
        SentenceChange.objects.create(
            sentence=sentence,
            what=SentenceChange.What.REDRAFTED,
            before=drafted_before,
            after=sentence.generated_text,
            by_label=actor.label,
        )
    sentence.save()
    return before != sentence.text


def retire(sentence: Sentence) -> bool:
    """The numbers no longer give this sentence: a person's words stay and are marked, the rest goes."""
    if sentence.edited_text is None and not sentence.is_hidden:
        sentence.delete()
        return True
    if sentence.is_current:
        sentence.is_current = False
        sentence.version += 1
        sentence.save()
    return False


def withdraw_changed(actor: Viewer, picture: Picture, before: dict[int, str]) -> tuple[str, ...]:
    """Withdraw the releases of parts that read differently now."""
    names = []
    for part in picture.parts.select_related("organisation"):
        release = standing_release(part)
        if release is not None and part_checksum(part) != before.get(part.pk):
            release.part.picture = picture
            withdraw(actor, release, _("Underlaget har ändrats sedan delen släpptes."))
            names.append(part.organisation.called)
    return tuple(names)


def checksum_of(numbers: WeeklyNumbers) -> str:
    """Return the checksum of the numbers, without the moment they were made."""
    data = to_json(numbers)
    data.pop("made_at")
    return checksum(data)
