"""Every free text of the meetings' room goes through the guard: nothing about a person is stored."""

from __future__ import annotations

import datetime as dt

import pytest

BAD = "Ring 811228-9874 om händelsen"


def the_writes(council, called):
    """Every service that stores what somebody writes, by what it writes."""
    from samsyn.domains.meetings.services import (
        agenda,
        assignments,
        decisions,
        invitations,
        minutes,
        needs,
        planning,
        registering,
        summons,
    )  # fmt: skip

    actor = council.cast.samordnaren.viewer
    item = called.items.get(title="Uppföljning")
    decision = called.items.exclude(proposal="").first().decisions.get()
    function = council.agreement.functions.get(ref="kommunpolis")
    given = assignments.give_assignment(
        actor=actor, item=item, title="Uppgift", to_function=function
    )
    need = needs.send_need(
        actor=actor, municipality=council.municipality, title="Mörkt", text="Vid tunneln."
    )
    seat = council.council.seats.get(ref="lokal-polis")
    party = council.party["polisen"]
    day = dt.date(2026, 4, 9)

    def write(service, **more):
        return lambda: service(actor=actor, **more)

    return {
        "item title": write(agenda.add_item, meeting=called, title=BAD),
        "item text": write(agenda.add_item, meeting=called, title="Punkt", text=BAD),
        "item proposal": write(agenda.add_item, meeting=called, title="Punkt", proposal=BAD),
        "item presenter": write(agenda.add_item, meeting=called, title="Punkt", presenter=BAD),
        "changed title": write(agenda.change_item, item=item, title=BAD),
        "changed text": write(agenda.change_item, item=item, title="Punkt", text=BAD),
        "paper title": write(
            agenda.add_paper, item=item, title=BAD, name="a.pdf", chunks=[b"%PDF-1.7"]
        ),
        "assignment title": write(
            assignments.give_assignment, item=item, title=BAD, to_function=function
        ),
        "assignment text": write(
            assignments.give_assignment, item=item, title="A", text=BAD, to_function=function
        ),
        "report": write(assignments.report_back, assignment=given, text=BAD),
        "closing note": write(assignments.close_assignment, assignment=given, note=BAD),
        "reopening note": write(assignments.reopen_assignment, assignment=given, note=BAD),
        "new deadline": write(assignments.move_deadline, assignment=given, due_on=day, why=BAD),
        "handing over": write(
            assignments.hand_over, assignment=given, to_body=council.operative, why=BAD
        ),
        "wording": write(decisions.put_decision, item=item, wording=BAD),
        "new wording": write(decisions.reword_decision, decision=decision, wording=BAD),
        "reason": write(
            decisions.record_stand, decision=decision, party=party, said="objects", reason=BAD
        ),
        "invited label": write(
            invitations.want_guest, meeting=called, capacity="presenter", label=BAD
        ),
        "why invited": write(invitations.want_seat, meeting=called, seat=seat, why=BAD),
        "attendance label": write(
            minutes.note_attendance, meeting=called, seat=seat, is_present=True, label=BAD
        ),
        "guest": write(minutes.note_guest, meeting=called, label=BAD, capacity="adjoined"),
        "notes": write(minutes.write_item_notes, item=item, text=BAD),
        "light notes": write(minutes.write_light_notes, meeting=called, text=BAD),
        "need title": write(
            needs.send_need, municipality=council.municipality, title=BAD, text="Mörkt"
        ),
        "need text": write(
            needs.send_need, municipality=council.municipality, title="Mörkt", text=BAD
        ),
        "need tried": write(
            needs.send_need, municipality=council.municipality, title="M", text="M", tried=BAD
        ),
        "triage answer": write(needs.sort_out, need=need, state="declined", answer=BAD),
        "triage note": write(
            needs.sort_out, need=need, state="declined", note=BAD, answer="Hos kommunen."
        ),
        "answer": write(needs.answer_need, need=need, answer=BAD),
        "place": write(planning.plan_meeting, body=council.council, day=day, place=BAD),
        "changed place": write(
            planning.change_meeting, meeting=called, starts_at=called.starts_at, place=BAD
        ),
        "occasion": write(planning.call_extra_meeting, body=council.operative, occasion=BAD),
        "why cancelled": write(planning.cancel_meeting, meeting=called, why=BAD),
        "contribution": write(
            summons.give_contribution, contribution=called.contributions.first(), text=BAD
        ),
        "diary number": write(registering.register_minutes, meeting=called, diary_number=BAD),
    }


def is_refused(write):
    """Tell whether the text was refused, and that nothing was kept was said."""
    from samsyn.base.errors import UserError

    try:
        write()
    except UserError as error:
        return "Inget har sparats" in str(error)
    return False


@pytest.mark.clause("C05")
def test_no_text_about_a_person_is_stored_anywhere_in_the_room(council, called, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    writes = the_writes(council, called)
    assert [name for name, write in writes.items() if not is_refused(write)] == []


@pytest.mark.clause("C05")
def test_nor_in_the_name_of_something_in_the_system_put_as_a_paper(council, called):
    from samsyn.base.errors import UserError
    from samsyn.base.links import Link
    from samsyn.domains.meetings.services.agenda import link_paper

    item = called.items.get(title="Uppföljning")
    with pytest.raises(UserError, match="Inget har sparats"):
        link_paper(
            actor=council.cast.samordnaren.viewer, item=item, title=BAD, link=Link("picture", "1")
        )
