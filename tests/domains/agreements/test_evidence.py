"""What proves what: by itself, by hand, doubted, withdrawn."""

from __future__ import annotations

import datetime as dt

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.audit.models import AuditEntry
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.links import Link
from samsyn.domains.agreements.models import Evidence
from samsyn.domains.agreements.selectors.status import law_of, status_of
from samsyn.domains.agreements.services.evidence import (
    add_evidence,
    doubt_evidence,
    record_evidence,
    uphold_evidence,
    withdraw_evidence,
    withdraw_of,
)
from samsyn.domains.agreements.services.running import start_agreement

DAY = dt.date(2026, 3, 10)


def proved(agreement, on=DAY):
    return {one.commitment.ref for one in status_of(agreement, on) if one.evidence}


@pytest.fixture
def lulea(cast, loaded):
    """An agreement of Luleå that holds in 2026: its file, prolonged."""
    from samsyn.domains.agreements.file import shipped_agreements
    from samsyn.domains.agreements.services.loading import load_agreement

    text = shipped_agreements()["lulea-2020"].read_text(encoding="utf-8")
    text = text.replace("  to: 2023\n", "  to: 2028\n").replace("to: 2023}", "to: 2028}")
    agreement = load_agreement(actor=SYSTEM, text=text).agreement
    assert agreement.ends_on == dt.date(2028, 12, 31)
    return agreement


@pytest.mark.clause("L06", "C03")
def test_a_minuted_council_proves_that_it_met_but_not_that_the_group_was_extended(loaded):
    laholm = loaded("laholm-2024")
    council = laholm.bodies.get(ref="strategiska-radet")

    record_evidence(actor=SYSTEM, kind="meeting_minuted", on=DAY, body=council)
    assert "radet-mots" in proved(laholm)
    assert "radet-utokat" not in proved(laholm)
    assert "operativa-gruppen-mots" not in proved(laholm)

    record_evidence(
        actor=SYSTEM,
        kind="meeting_minuted",
        on=DAY,
        body=council,
        link=Link("meeting", "7"),
        proves=["radet-utokat"],
    )
    assert "radet-utokat" in proved(laholm)


@pytest.mark.clause("K08", "K14", "K13")
def test_a_weekly_meeting_proves_itself_and_its_standing_item_and_nothing_yearly(loaded):
    lomma = loaded("lomma-2023")
    weekly = lomma.bodies.get(ref="veckolagesbild")

    record_evidence(actor=SYSTEM, kind="meeting_held", on=DAY, body=weekly)

    assert {"veckolagesbild", "unga-i-veckolagesbilden"} <= proved(lomma)
    assert "andts-samverkan" not in proved(lomma)


def test_a_weekly_picture_proves_the_week_and_not_the_year(loaded):
    lomma = loaded("lomma-2023")

    record_evidence(
        actor=SYSTEM,
        kind="picture_finished",
        on=DAY,
        municipality=lomma.municipalities.get(),
        document_kind="weekly_picture",
    )

    assert "veckolagesbild" in proved(lomma)
    assert "arlig-lagesbild" not in proved(lomma)


@pytest.mark.clause("K05")
def test_the_polices_list_proves_its_month_once_however_often_it_is_told(loaded):
    lomma = loaded("lomma-2023")
    place = lomma.municipalities.get()

    for _time in range(3):
        record_evidence(
            actor=SYSTEM,
            kind="file_imported",
            on=DAY,
            municipality=place,
            link=Link("police_list_month", "11"),
        )

    assert Evidence.objects.filter(commitment__ref="polisanmalningar-varje-manad").count() == 1
    withdraw_of(actor=SYSTEM, link=Link("police_list_month", "11"), why="Inläsningen ångrades.")
    assert "polisanmalningar-varje-manad" not in proved(lomma)


@pytest.mark.clause("H02")
def test_a_council_in_the_agreement_counts_in_the_law_meter(loaded):
    laholm = loaded("laholm-2024")
    place = laholm.municipalities.get()

    start_agreement(actor=SYSTEM, agreement=laholm, in_use_from=None)
    record_evidence(
        actor=SYSTEM,
        kind="meeting_minuted",
        on=DAY,
        body=laholm.bodies.get(ref="strategiska-radet"),
    )

    law = {one.commitment.ref: one for one in law_of(place, DAY)}
    assert law["strategiskt-rad-finns"].evidence
    assert law["skriftliga-overenskommelser"].evidence
    assert not law["samordningsfunktion-finns"].evidence


@pytest.mark.clause("H02", "L09", "L10")
def test_the_two_clocks_of_the_act_run_apart(loaded):
    place = loaded("laholm-2024").municipalities.get()
    record_evidence(
        actor=SYSTEM,
        kind="picture_finished",
        on=dt.date(2025, 6, 1),
        municipality=place,
        document_kind="situation_picture",
    )

    law = {one.commitment.ref: one for one in law_of(place, dt.date(2026, 11, 20))}

    assert law["lagesbild-uppdateras"].name == "done"
    assert law["lagesbild-uppdateras"].state.due == dt.date(2027, 6, 1)
    assert law["atgardsplan-foljs-upp"].name == "late"


@pytest.mark.clause("C03")
def test_evidence_by_hand_needs_a_note_or_a_file_and_a_day_within_the_agreement(cast, lulea):
    one = lulea.commitments.get(ref="verksamhetsplan-beslutas")
    actor = cast.samordnaren.viewer

    for given in (
        {"on": DAY, "note": ""},
        {"on": dt.date(2019, 1, 1), "note": "Beslutad."},
        {"on": dt.date(2040, 1, 1), "note": "Beslutad."},
    ):
        with pytest.raises(UserError):
            add_evidence(actor=actor, commitment=one, kind="plan_decided", **given)

    add_evidence(actor=actor, commitment=one, kind="plan_decided", on=DAY, note="Styrgruppen § 4.")
    assert "verksamhetsplan-beslutas" in proved(lulea)


@pytest.mark.clause("C05")
def test_a_note_about_a_person_is_refused_and_nothing_is_kept(cast, lulea):
    one = lulea.commitments.get(ref="verksamhetsplan-beslutas")

    with pytest.raises(UserError, match="Inget har sparats"):
        add_evidence(
            actor=cast.samordnaren.viewer,
            commitment=one,
            kind="note",
            on=DAY,
            note="Mötet gällde 19900101-0017.",
        )

    assert not Evidence.objects.exists()


@pytest.mark.clause("C03")
def test_doubted_evidence_counts_and_says_so_and_withdrawn_does_not_count(cast, lulea):
    one = lulea.commitments.get(ref="verksamhetsplan-beslutas")
    row = add_evidence(
        actor=cast.samordnaren.viewer, commitment=one, kind="plan_decided", on=DAY, note="Beslutad."
    )

    doubt_evidence(
        actor=cast.kommunpolisen.viewer, evidence=row, why="Styrgruppen hade inte mötts då."
    )
    (doubted,) = [each for each in status_of(lulea, DAY) if each.commitment == one]
    assert doubted.state.doubted
    assert doubted.evidence

    uphold_evidence(actor=cast.samordnaren.viewer, evidence=row, why="Protokollet visar det.")
    withdraw_evidence(actor=cast.samordnaren.viewer, evidence=row, why="Fel år.")
    (withdrawn,) = [each for each in status_of(lulea, DAY) if each.commitment == one]
    assert not withdrawn.evidence
    verbs = AuditEntry.objects.filter(thing="agreements.evidence").values_list("verb", flat=True)
    assert {
        "evidence.recorded",
        "evidence.doubted",
        "evidence.upheld",
        "evidence.withdrawn",
    } <= set(verbs)


def test_only_the_coordinator_withdraws_what_others_recorded(cast, lulea):
    one = lulea.commitments.get(ref="verksamhetsplan-beslutas")
    row = add_evidence(
        actor=cast.samordnaren.viewer, commitment=one, kind="note", on=DAY, note="Beslutad."
    )

    with pytest.raises(NotAllowed):
        withdraw_evidence(actor=cast.kommunpolisen.viewer, evidence=row, why="Nej.")
    with pytest.raises(NotAllowed):
        add_evidence(actor=cast.framlingen.viewer, commitment=one, kind="note", on=DAY, note="Hej.")
