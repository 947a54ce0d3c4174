"""The coordinator at her desk: she looks, corrects, merges, passes on and answers, one report at a time."""

import datetime as dt

import pytest
from django.urls import reverse

from samsyn.base.audit.models import AuditEntry
from samsyn.domains.reports.models import CategoryCorrection, Merge, QuickFix, Report, ReportStatus
from samsyn.domains.reports.services import save_recipient
from tests.web.staff.conftest import EVENING, text_of

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def desk(cast, evening):
    return cast.samordnaren.client


@pytest.fixture
def lamp(cast, town, evening):
    return save_recipient(
        actor=cast.samordnaren.viewer,
        municipality_id=town.lulea.pk,
        matter="lamp",
        name="Gatukontoret, belysning",
        email="belysning@exempel.se",
    )


def address(name, report):
    return reverse(name, args=[report.pk])


def page_of(client, report, query=""):
    return text_of(client.get(address("rapport", report) + query))


@pytest.mark.clause("K04")
def test_the_report_says_what_where_and_when_and_not_who(desk, report):
    made = report(people_band="5-9", reported_to_police=True)
    page = page_of(desk, made)
    assert "Trafik, buskörning, A-traktor, moped, Badplatsen" in page
    assert "Torsdag 14 maj kl. 22.30" in page
    assert "Flera mopeder kör på gångvägen." in page
    assert "5–9 personer" in page
    assert "Polisanmält Ja" in page
    assert "Vaktmästare" not in page


def test_who_sent_it_is_shown_to_the_coordinator_when_she_asks_and_logged(desk, report):
    made = report(contact_email="vaktmastare@exempel.se")
    assert "vaktmastare@exempel.se" not in page_of(desk, made)
    answer = desk.post(address("rapport_rapportor", made))
    assert "Vaktmästare, Fritidsgården Björken" in text_of(answer)
    assert "vaktmastare@exempel.se" in text_of(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert (
        AuditEntry.objects.filter(verb="report.reporter_seen", thing_key=str(made.pk)).count() == 1
    )


@pytest.mark.parametrize(
    "who", ["kommunpolisen", "sakerhetschefen", "socialtjansten", "fritidsledaren"]
)
def test_who_sent_it_is_not_for_anyone_else(cast, report, who):
    made = report()
    client = getattr(cast, who).client
    assert "Vem som rapporterade" not in page_of(client, made)
    assert client.post(address("rapport_rapportor", made)).status_code == 403
    assert not AuditEntry.objects.filter(verb="report.reporter_seen").exists()


def test_a_report_that_one_may_not_see_is_not_there(cast, town, report):
    made = report(actor=cast.fastighetsbolaget.viewer, organisation=town.housing)
    for who in ("framlingen", "fritidsledaren", "lasaren", "radsledamoten"):
        assert getattr(cast, who).client.get(address("rapport", made)).status_code == 404
    assert cast.fastighetsbolaget.client.get(address("rapport", made)).status_code == 200


VERBS = {
    "report.status_set",
    "report.category_corrected",
    "report.passed_on",
    "report.answered",
    "report.merged",
}
ACTIONS = {
    "rapport_tittad": {},
    "rapport_avsluta": {},
    "rapport_kategori": {"ratta-category_key": "KLOT", "ratta-reason": "x"},
    "rapport_vidare": {},
    "rapport_svar": {"svar-text": "Tack."},
    "rapport_sla_ihop": {},
    "rapport_dela": {},
}


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize(
    "who", ["kommunpolisen", "socialtjansten", "fritidsledaren", "framlingen", "lasaren"]
)
def test_only_the_desk_acts(cast, report, name, who):
    made = report()
    assert getattr(cast, who).client.post(address(name, made), ACTIONS[name]).status_code == 404
    assert set(AuditEntry.objects.values_list("verb", flat=True)) & VERBS == set()
    assert not ReportStatus.objects.exists()


@pytest.mark.parametrize("name", ACTIONS)
def test_looking_at_an_action_changes_nothing(desk, report, name):
    assert desk.get(address(name, report())).status_code == 405
    assert not ReportStatus.objects.exists()


def test_looked_at_and_on_to_the_next(desk, report):
    first, second = report(), report(category_key="KLOT", at=EVENING - dt.timedelta(hours=9))
    queue = desk.get("/rapporter/att-titta-pa/")
    assert "2 väntar på att någon tittar" in text_of(queue)
    ordered = sorted([first, second], key=lambda one: (one.received_at, one.pk))
    answer = desk.post(address("rapport_tittad", ordered[0]) + "?ko=1")
    assert answer.url == address("rapport", ordered[1]) + "?ko=1"
    assert (
        desk.post(address("rapport_tittad", ordered[1]) + "?ko=1").url == "/rapporter/att-titta-pa/"
    )
    assert "Allt är tittat på" in text_of(desk.get("/rapporter/att-titta-pa/"))
    assert "Tittad på · Samordnaren" in page_of(desk, first)


def test_several_are_looked_at_in_one_press(desk, report):
    made = [report(), report(category_key="KLOT")]
    answer = desk.post(
        reverse("rapporter_markera"), {"rapport": [one.pk for one in made] + ["skräp"]}, follow=True
    )
    assert "2 rapporter är markerade som tittade på." in text_of(answer)
    assert ReportStatus.objects.filter(status="seen").count() == 2
    assert "Inget var valt." in text_of(desk.post(reverse("rapporter_markera"), follow=True))


def test_a_stranger_marks_nothing(cast, report):
    made = report()
    cast.framlingen.client.post(reverse("rapporter_markera"), {"rapport": [made.pk]})
    assert (
        cast.fritidsledaren.client.post(
            reverse("rapporter_markera"), {"rapport": [made.pk]}
        ).status_code
        == 404
    )
    assert not ReportStatus.objects.exists()


def test_one_walks_through_the_list_that_one_came_from(desk, report):
    late = report(category_key="KLOT")
    between = report(at=EVENING - dt.timedelta(hours=5))
    early = report(category_key="KLOT", at=EVENING - dt.timedelta(hours=10))
    html = desk.get(address("rapport", late) + "?kategori=KLOT").content.decode()
    assert f'href="{address("rapport", early)}?kategori=KLOT" rel="next" data-key="j"' in html
    assert str(between.pk) not in html
    assert 'rel="prev"' not in html


def test_a_corrected_category_keeps_the_old_one(desk, report):
    made = report()
    answer = desk.post(
        address("rapport_kategori", made),
        {"ratta-category_key": "STOR", "ratta-reason": "Det var en bil med hög musik."},
        follow=True,
    )
    page = text_of(answer)
    assert "Kategorin är rättad." in page
    assert (
        "Kategorin rättades från Trafik, buskörning, A-traktor, moped till Ordnings- och grannstörning"
        in page
    )
    assert "Det var en bil med hög musik." in page
    assert CategoryCorrection.objects.get().old_key == "TRAF"
    assert Report.objects.get().category_key == "STOR"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"ratta-category_key": "STOR"}, "Varför"),
        ({"ratta-category_key": "TRAF", "ratta-reason": "x"}, "Rapporten har redan den kategorin."),
        ({"ratta-category_key": "FINNS-INTE", "ratta-reason": "x"}, "Rätt kategori"),
        (
            {"ratta-category_key": "STOR", "ratta-reason": "Det var 19121212-1212"},
            "Inget har sparats.",
        ),
    ],
)
def test_a_wrong_correction_says_what_to_mend_and_changes_nothing(desk, report, data, said):
    made = report()
    answer = desk.post(address("rapport_kategori", made), data)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not CategoryCorrection.objects.exists()


def test_two_that_look_alike_are_shown_with_why_merged_and_taken_apart_again(desk, report):
    first = report()
    second = report(at=EVENING - dt.timedelta(minutes=40), note="Två mopeder vid stranden.")
    queue = text_of(desk.get("/rapporter/att-titta-pa/"))
    for reason in ("Samma plats: Badplatsen.", "40 minuter isär.", "Samma kategori: Trafik"):
        assert reason in queue
    answer = desk.post(address("rapport_sla_ihop", first), {"med": second.pk}, follow=True)
    assert "Rapporterna är ihopslagna och räknas som en." in text_of(answer)
    assert "Den här rapporten är ihopslagen med " + second.number in text_of(answer)
    assert "1 rapport om något som har hänt" in text_of(desk.get("/rapporter/"))
    assert "en till om samma sak" in text_of(desk.get("/rapporter/"))
    assert "Räkna för sig igen" in page_of(desk, second)
    desk.post(address("rapport_dela", first))
    assert Report.objects.filter(merged_into=None).count() == 2
    assert "Sammanslagningen ångrades" in page_of(desk, first)
    assert Merge.objects.get().undone_at is not None


def test_two_that_only_look_alike_are_kept_apart_with_one_press(desk, report):
    first = report()
    second = report(at=EVENING - dt.timedelta(minutes=40), note="Två mopeder vid stranden.")
    answer = desk.post(
        address("rapport_inte_samma", first),
        {"med": second.pk, "next": "/rapporter/att-titta-pa/"},
        follow=True,
    )
    assert "Paret föreslås inte igen." in text_of(answer)
    assert "Slå ihop till en" not in text_of(answer)
    page = page_of(desk, second)
    assert "Inte samma sak" in page
    assert "Slå ihop ändå" in page
    assert Report.objects.filter(merged_into=None).count() == 2


def test_a_suggestion_leaves_the_queue_when_both_are_looked_at(desk, report):
    pair = [report(), report(note="Igen.")]
    assert "Slå ihop till en" in text_of(desk.get("/rapporter/att-titta-pa/"))
    for one in pair:
        desk.post(address("rapport_tittad", one))
    assert "Slå ihop till en" not in text_of(desk.get("/rapporter/att-titta-pa/"))
    assert "Slå ihop till en" in page_of(desk, pair[0])


@pytest.mark.parametrize("other", ["skräp", "", "00000000-0000-0000-0000-000000000000"])
def test_merging_with_nothing_is_404(desk, report, other):
    assert desk.post(address("rapport_sla_ihop", report()), {"med": other}).status_code == 404


def test_merging_with_itself_is_refused_in_words(desk, report):
    made = report()
    answer = desk.post(address("rapport_sla_ihop", made), {"med": made.pk}, follow=True)
    assert "kan inte slås ihop med sig själv" in text_of(answer)


def test_a_broken_lamp_goes_to_the_function_that_mends_it(
    desk, report, lamp, mailoutbox, django_capture_on_commit_callbacks
):
    made = report(category_key="OTRYG", note="Lampan vid gången är släckt.")
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(
            address("rapport_vidare", made),
            {"atgard-recipient": lamp.pk, "atgard-message": "Barn går här."},
            follow=True,
        )
    assert "Skickades vidare till Gatukontoret, belysning" in text_of(answer)
    [mail] = mailoutbox
    assert mail.to == ["belysning@exempel.se"]
    assert "Lampan vid gången är släckt." in mail.body
    assert "Barn går här." in mail.body
    assert "Vaktmästare" not in mail.body
    assert QuickFix.objects.get().mailed_at is not None


def test_a_mail_that_fails_is_seen_at_the_desk(
    desk, report, lamp, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    made = report()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address("rapport_vidare", made), {"atgard-recipient": lamp.pk})
    assert "Mejlet gick inte iväg." in page_of(desk, made)


def test_another_towns_recipient_cannot_be_chosen(cast, town, desk, report, mailoutbox):
    theirs = save_recipient(
        actor=cast.framlingen.viewer,
        municipality_id=town.lomma.pk,
        matter="lamp",
        name="Lomma",
        email="a@exempel.se",
    )
    answer = desk.post(address("rapport_vidare", report()), {"atgard-recipient": theirs.pk})
    assert answer.status_code == 422
    assert mailoutbox == []


def test_without_recipients_the_page_teaches_how_to_add_one(desk, report):
    assert "Lägg till den funktion som lagar lampor" in page_of(desk, report())


@pytest.mark.clause("H06")
def test_the_reporter_gets_an_answer(desk, report, caretaker_link):
    from samsyn.domains.reports.selectors import answers_for

    made = report()
    answer = desk.post(
        address("rapport_svar", made), {"svar-text": "Tack, vi har pratat med dem."}, follow=True
    )
    assert "Rapportören fick svar" in text_of(answer)
    assert [one.text for one in answers_for(caretaker_link.viewer)] == [
        "Tack, vi har pratat med dem."
    ]


def test_an_empty_answer_is_refused(desk, report):
    assert desk.post(address("rapport_svar", report()), {"svar-text": "  "}).status_code == 422


def test_a_closed_report_says_so(desk, report):
    made = report()
    page = text_of(desk.post(address("rapport_avsluta", made), follow=True))
    assert "Rapporten är avslutad." in page
    assert "Avsluta: inget mer görs" not in page


def test_one_is_never_sent_to_another_site(desk, report):
    made = report()
    answer = desk.post(address("rapport_tittad", made), {"next": "https://exempel.se/"})
    assert answer.url == address("rapport", made)


def test_a_report_page_costs_the_same_with_a_long_history(
    desk, cast, report, django_assert_max_num_queries
):
    from samsyn.domains.reports.services import set_status

    made = report()
    for _number in range(20):
        set_status(actor=cast.samordnaren.viewer, report=made, status="seen")
    with django_assert_max_num_queries(40):
        desk.get(address("rapport", made))


def test_search_and_the_cards_lead_to_the_desk(report):
    from samsyn.base.links import Link
    from samsyn.web.links import url_of

    made = report()
    assert url_of(Link("report", str(made.pk))) == address("rapport", made)
    assert url_of(Link("report_list")) == "/rapporter/"
    assert url_of(Link("report_queue")) == "/rapporter/att-titta-pa/"
