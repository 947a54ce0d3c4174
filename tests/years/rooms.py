"""What the people of a walk do outside the meetings: pictures, files, documents, reports, notes by hand."""

from __future__ import annotations

from samsyn.base import clock
from samsyn.base.orgs.models import Kind, Organisation


class Rooms:
    """The deeds of a Town in the other rooms, each done today by the one whose it is."""

    def finish_pictures(self):
        """Release and finish every weekly picture that waits, as its parties."""
        from samsyn.domains.situation.models import Picture
        from samsyn.domains.situation.rules import parts_that_stop
        from samsyn.domains.situation.services import finish_picture, release_part
        from samsyn.domains.situation.services.finishing import state_of

        for picture in Picture.objects.filter(state="draft").select_related("scope"):
            for part in picture.parts.select_related("organisation"):
                if parts_that_stop([state_of(part)]):
                    release_part(actor=self.releaser(part, picture).viewer, part=part)
            finish_picture(actor=self.coordinator(picture.scope).viewer, picture=picture)

    def releaser(self, part, picture):
        if part.organisation_id == picture.scope_id:
            return self.coordinator(picture.scope)
        return next(
            one
            for one in self.people.values()
            if one.organisation.pk == part.organisation_id
            and one.viewer.organisations_where("pictures.contribute")
        )

    def import_list(self, folder, year, month):
        """Read in the police's list for a month, as the police's own file."""
        from samsyn.base.jobs.imports import import_now
        from samsyn.formats.police_list import guess_profile, inspect_police_list
        from tests.domains.registered.conftest import HEADER

        row = f"{month}/3/{year % 100};Centrum;Norr;Storgatan;1201;1;{month}/1/{year % 100};{month}/2/{year % 100};2200;0600"
        path = folder / f"lista-{year}-{month:02d}.csv"
        path.write_text(f"{HEADER}\n{row}\n")
        police = Organisation.objects.get(kind=Kind.POLICE_AREA)
        job = import_now(
            actor=self.people["kommunpolis"].viewer,
            kind="import.police-list",
            source=path,
            organisation=self.places[0],
            parameters={
                "profile": guess_profile(inspect_police_list(path)).to_json(),
                "police_area": police.pk,
                "municipality_code": self.places[0].municipality_code,
            },
        )
        assert job.summary["new"] == 1

    def open_annex(self, ref):
        from samsyn.domains.agreements.documents.services import versions

        return versions.open_annex(
            actor=self.coordinator().viewer, agreement=self.agreement, annex=ref
        )

    def open_document(self, title, kind, *, signed_by=(), place=None):
        from samsyn.domains.agreements.documents.services import versions

        return versions.open_document(
            actor=self.coordinator(place).viewer,
            agreement=self.agreement,
            title=title,
            kind=kind,
            required=dict.fromkeys(signed_by, 1),
            municipality=place,
        )

    def decide_document(self, document, *, accepted=False):
        """Lay up a version of the document, present and decide it today; return the version."""
        from samsyn.domains.agreements.documents.services import versions
        from tests.domains.agreements.documents_story import pdf

        actor = self.coordinator(document.municipality).viewer
        today = clock.today()
        version = versions.upload_version(
            actor=actor, document=document, name="dokument.pdf", content=pdf(f"{document} {today}")
        )
        if accepted:
            return versions.accept_with_agreement(actor=actor, version=version, diary_number="KS 1")
        version = versions.present_version(actor=actor, version=version, on=today)
        return versions.decide_version(
            actor=actor, version=version, on=today, diary_number=f"KS {today.year}/17"
        )

    def sign(self, version):
        """Let every party that the version waits for sign on paper today."""
        from samsyn.domains.agreements.documents.permits import signatory_functions
        from samsyn.domains.agreements.documents.services import answers
        from tests.domains.agreements.documents_story import pdf

        for ref in version.required:
            answers.record_copy(
                actor=self.coordinator().viewer,
                version=version,
                party=self.agreement.parties.get(ref=ref),
                function=signatory_functions(self.agreement)[ref][0],
                signed_on=clock.today().isoformat(),
                place=self.places[0].called,
                name="undertecknad.pdf",
                content=pdf(f"Undertecknad {ref} {clock.today()}"),
            )

    def publish_feedback(self, place=None):
        """Let the month's account go out to those who report."""
        from samsyn.domains.reports.services import publish_feedback, write_feedback

        today, place = clock.today(), place or self.places[0]
        actor = self.coordinator(place).viewer
        feedback = write_feedback(
            actor=actor, municipality=place, year=today.year, month=today.month, text="Lagat."
        )
        publish_feedback(actor=actor, feedback=feedback)

    def report_event(self, place=None):
        """Let somebody report what has happened."""
        import uuid

        from samsyn.domains.reports.models import Report

        now, place = clock.now(), place or self.places[0]
        year, week, _ = now.isocalendar()
        return Report.objects.create(
            municipality=place, organisation=place, kind="incident", category_key="SKAD",
            starts_at=now, ends_at=now, iso_year=year, iso_week=week, source="form",
            received_at=now, idempotency_key=uuid.uuid4(),
        )  # fmt: skip

    def by_hand(self, ref, kind, code=None):
        """Note by hand, today, what the system cannot know."""
        from samsyn.domains.agreements.services.evidence import add_evidence

        one = self.commitment(ref, code)
        return add_evidence(
            actor=self.coordinator(one.municipality).viewer,
            commitment=one,
            kind=kind,
            on=clock.today(),
            note="Genomfört enligt planen.",
        )
