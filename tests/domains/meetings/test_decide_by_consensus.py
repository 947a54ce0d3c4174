"""The council decides by consensus: one spokes-seat per party, an objection blocks, consent is awaited."""

from __future__ import annotations

import datetime as dt

import pytest

pytestmark = pytest.mark.clause("L06")


@pytest.fixture
def say(council):
    from samsyn.domains.meetings.services.decisions import record_stand

    def sayer(decision, party, said, *, by=None, **more):
        actor = (by or council.cast.samordnaren).viewer
        return record_stand(
            actor=actor, decision=decision, party=council.party[party], said=said, **more
        )

    return sayer


@pytest.fixture
def all_came(called, come, set_clock):
    set_clock(dt.datetime(2026, 3, 12, 9, 30))
    come(called, "ledningsgruppen", "polischefen", "kriminalvarden")


def test_the_parties_agree_and_the_decision_is_taken_and_numbered(question, say, all_came):
    say(question, "kommunen", "agrees")
    say(question, "polisen", "agrees")
    decision = say(question, "kriminalvarden", "abstains")

    assert decision.outcome == "taken"
    assert decision.called == "1/2026"
    assert decision.why == "Ingen part säger nej. Kriminalvården avstår."


def test_an_objection_blocks_and_it_is_said_so(question, say, all_came):
    say(question, "kommunen", "agrees")
    say(question, "polisen", "objects", reason="Polisen saknar underlag om antalet händelser")
    decision = say(question, "kriminalvarden", "agrees")

    assert decision.outcome == "blocked"
    assert decision.number is None
    assert decision.why == (
        "Beslutet är stoppat: parterna måste vara eniga. "
        "Polisen säger nej: Polisen saknar underlag om antalet händelser."
    )


def test_an_objection_without_a_reason_is_not_taken(question, say, all_came):
    from samsyn.base.errors import UserError

    with pytest.raises(UserError, match="Skriv varför"):
        say(question, "polisen", "objects")
    assert not question.stands.exists()


def test_a_new_wording_makes_every_party_speak_anew(question, say, all_came, council):
    from samsyn.domains.meetings.services.decisions import reword_decision

    say(question, "polisen", "objects", reason="För vagt")
    decision = reword_decision(
        actor=council.cast.samordnaren.viewer,
        decision=question,
        wording="Belysningen ses över till den 1 maj.",
    )

    assert decision.outcome == "awaits_stands"
    assert not decision.stands.exists()
    for party in ("kommunen", "polisen", "kriminalvarden"):
        decision = say(decision, party, "agrees")
    assert decision.outcome == "taken"


def test_an_absent_partys_written_consent_is_awaited_and_then_decides(
    called, question, say, come, set_clock, council, mailoutbox, django_capture_on_commit_callbacks
):
    from samsyn.domains.meetings.services.minutes import end_meeting

    set_clock(dt.datetime(2026, 3, 12, 9, 30))
    come(called, "ledningsgruppen", "polischefen")
    say(question, "kommunen", "agrees")
    decision = say(question, "polisen", "agrees")
    assert decision.outcome == "awaits_consent"
    assert "Kriminalvården var inte med" in decision.why

    with django_capture_on_commit_callbacks(execute=True):
        end_meeting(actor=council.cast.samordnaren.viewer, meeting=called)
    asked = [letter for letter in mailoutbox if letter.subject.startswith("Ert besked behövs")]
    assert [letter.to for letter in asked] == [[council.cast.frivardschefen.user.email]]

    decision = say(question, "kriminalvarden", "agrees", by=council.cast.frivardschefen)
    assert decision.outcome == "taken"
    assert decision.stands.get(party=council.party["kriminalvarden"]).in_writing


def test_a_party_may_answer_beforehand_but_the_meeting_decides(
    called, question, say, come, council, set_clock
):
    for party, actor in (
        ("kommunen", council.cast.sakerhetschefen),
        ("polisen", council.cast.polischefen),
        ("kriminalvarden", council.cast.frivardschefen),
    ):
        decision = say(question, party, "agrees", by=actor)
    assert decision.outcome == "awaits_stands"
    assert decision.why == "3 av 3 parter har svarat. Beslutet tas i mötet."

    from samsyn.domains.meetings.services.decisions import declare_outcome

    set_clock(dt.datetime(2026, 3, 12, 9, 30))
    come(called, "ledningsgruppen")
    decision.refresh_from_db()
    assert decision.why.endswith("Ordföranden fastställer beslutet i mötet.")
    decision = declare_outcome(actor=council.cast.samordnaren.viewer, decision=decision, yes=True)
    assert decision.outcome == "taken"


def test_nobody_speaks_for_another_party(question, say, council):
    from samsyn.base.errors import NotAllowed

    with pytest.raises(NotAllowed):
        say(question, "kommunen", "agrees", by=council.cast.polischefen)
    with pytest.raises(NotAllowed):
        say(question, "polisen", "agrees", by=council.cast.framlingen)


def test_the_housing_company_has_a_seat_but_no_say(question, say, all_came):
    from samsyn.base.errors import UserError

    with pytest.raises(UserError, match="inte med"):
        say(question, "laholmshem", "agrees")


def test_a_settled_decision_stands(question, say, all_came):
    from samsyn.base.errors import UserError

    for party in ("kommunen", "polisen", "kriminalvarden"):
        say(question, party, "agrees")
    with pytest.raises(UserError, match="redan avgjord"):
        say(question, "polisen", "objects", reason="Ångrar oss")
