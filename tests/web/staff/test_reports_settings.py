"""What the desk rests on: links with their posters, recipients, the month's account, the decided categories."""

import datetime as dt
import re

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.domains.reports.models import (
    CategorySet,
    MonthlyFeedback,
    QuickFixRecipient,
    ReportLink,
)
from samsyn.domains.reports.selectors import categories_of
from samsyn.domains.reports.services import open_link
from tests.web.staff.conftest import text_of

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def desk(cast, evening):
    return cast.samordnaren.client


@pytest.mark.clause("K04")
def test_a_new_link_is_shown_once_with_its_poster(desk, town):
    answer = desk.post(
        reverse("rapporter_ny_lank"),
        {"organisation": town.housing.pk, "label": "Fastighetsskötare", "per_hour": 60},
    )
    page = answer.content.decode()
    token = re.search(r"/r/([\w-]{20,})", page)[1]
    link = ReportLink.objects.get()
    assert open_link(token) == link
    assert "<svg" in page
    assert "Den visas bara nu." in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert token not in link.token_hash
    assert token not in desk.get(reverse("rapporter_lankar")).content.decode()


def test_a_link_tells_of_its_use(desk, report, caretaker_link):
    from samsyn.domains.reports.services import note_use

    report()
    report(category_key="KLOT")
    note_use(caretaker_link.link)
    page = text_of(desk.get(reverse("rapporter_lankar")))
    assert "Vaktmästare Fritidsgården Björken" in page
    assert "14 maj 2026 2 Öppen" in page


def test_a_revoked_link_opens_nothing(desk, caretaker_link):
    answer = desk.post(reverse("rapporter_sparra_lank", args=[caretaker_link.link.pk]), follow=True)
    assert "Länken ”Vaktmästare” är spärrad." in text_of(answer)
    assert open_link(caretaker_link.token) is None


def test_a_link_needs_someone_to_be_for(desk, town):
    answer = desk.post(
        reverse("rapporter_ny_lank"), {"organisation": town.lomma.pk, "label": "", "per_hour": 0}
    )
    assert answer.status_code == 200
    assert "saker behöver rättas" in text_of(answer)
    assert not ReportLink.objects.exists()


def test_a_strangers_link_is_not_there(cast, caretaker_link):
    address = reverse("rapporter_sparra_lank", args=[caretaker_link.link.pk])
    assert cast.framlingen.client.post(address).status_code == 404
    assert open_link(caretaker_link.token) is not None


@pytest.mark.parametrize(
    "name",
    [
        "rapporter_lankar",
        "rapporter_ny_lank",
        "rapporter_mottagare",
        "rapporter_ny_mottagare",
        "rapporter_aterkoppling",
        "rapporter_nya_kategorier",
    ],
)
@pytest.mark.parametrize(
    "who", ["kommunpolisen", "socialtjansten", "fritidsledaren", "lasaren", "radsledamoten"]
)
def test_settings_are_for_the_desk(cast, evening, name, who):
    assert getattr(cast, who).client.get(reverse(name)).status_code == 404


def test_a_recipient_is_added_changed_and_put_to_rest(desk):
    data = {"matter": "lamp", "name": "Gatukontoret", "email": "gata@exempel.se", "is_active": "on"}
    desk.post(reverse("rapporter_ny_mottagare"), data)
    made = QuickFixRecipient.objects.get()
    address = reverse("rapporter_mottagaren", args=[made.pk])
    desk.post(address, {**data, "name": "Gatukontoret, belysning", "is_active": ""})
    made.refresh_from_db()
    assert (made.name, made.is_active) == ("Gatukontoret, belysning", False)
    assert "Används inte" in text_of(desk.get(reverse("rapporter_mottagare")))


def test_the_same_address_twice_for_one_matter_is_refused_in_words(desk):
    data = {"matter": "lamp", "name": "Gatukontoret", "email": "gata@exempel.se", "is_active": "on"}
    desk.post(reverse("rapporter_ny_mottagare"), data)
    answer = desk.post(reverse("rapporter_ny_mottagare"), data)
    assert "Adressen tar redan emot sådant." in text_of(answer)
    assert QuickFixRecipient.objects.count() == 1


@pytest.mark.clause("H06")
def test_the_months_account_is_written_beside_its_figures_and_published(
    desk, report, caretaker_link
):
    from samsyn.domains.reports.selectors import published_feedback

    report()
    report(category_key="KLOT")
    address = reverse("rapporter_aterkoppling_manad", args=[2026, 5])
    page = text_of(desk.get(address))
    assert "Rapporter 2 Från en organisation" in page
    desk.post(address, {"text": "Belysningen vid badplatsen är lagad."})
    viewer, place = caretaker_link.viewer, caretaker_link.link.municipality
    assert not published_feedback(viewer, place).exists()
    desk.post(reverse("rapporter_publicera", args=[2026, 5]))
    assert [one.text for one in published_feedback(viewer, place)] == [
        "Belysningen vid badplatsen är lagad."
    ]
    answer = desk.post(address, {"text": "Ändrat."})
    assert "redan publicerad" in text_of(answer)


def test_the_month_that_ended_without_an_account_is_pointed_out(desk):
    assert "Berätta om april 2026" in text_of(desk.get(reverse("rapporter_aterkoppling")))


def test_a_personal_number_never_enters_the_account(desk):
    answer = desk.post(
        reverse("rapporter_aterkoppling_manad", args=[2026, 4]), {"text": "Se 19121212-1212."}
    )
    assert "Inget har sparats." in text_of(answer)
    assert not MonthlyFeedback.objects.exists()


@pytest.mark.parametrize(("year", "month"), [(2026, 13), (2026, 6), (1999, 1), (0, 0), (99999, 1)])
def test_a_month_that_is_not_has_no_page(desk, year, month):
    assert desk.get(f"/rapporter/aterkoppling/{year}/{month}/").status_code == 404


def decision(desk, **changes):
    """The form as the page gives it, changed as one says (by key of category)."""
    page = desk.get(reverse("rapporter_nya_kategorier"))
    forms = page.context["rows"].forms
    data = {
        "rad-TOTAL_FORMS": len(forms),
        "rad-INITIAL_FORMS": page.context["rows"].initial_form_count(),
    }
    for form in forms:
        row = {**form.initial, **changes.get(form.initial.get("key", ""), {})}
        for name in ("key", "name", "help", "codes", "order"):
            data[form.add_prefix(name)] = row.get(name, "")
        for name in ("on_form", "remove"):
            if row.get(name):
                data[form.add_prefix(name)] = "on"
    return {
        **data,
        "decided_by": "Styrgruppen",
        "decided_on": "2026-05-12",
        "valid_from": "2026-05-14",
    }


@pytest.mark.clause("K05")
def test_the_body_decides_its_categories_and_the_old_version_is_kept(desk, town):
    data = decision(
        desk, KLOT={"name": "Klotter och tags", "codes": "1208, 1209 9999"}, DJUR={"remove": True}
    )
    last = data["rad-TOTAL_FORMS"] - 1
    data |= {f"rad-{last}-key": "snö", f"rad-{last}-name": "Snöras", f"rad-{last}-on_form": "on"}
    answer = desk.post(reverse("rapporter_nya_kategorier"), data, follow=True)
    assert (
        "Version 1, beslutad av Styrgruppen den 12 maj 2026, gäller från 14 maj 2026."
        in text_of(answer)
    )
    decided = {one.key: one for one in categories_of(town.lulea)}
    assert decided["KLOT"].name == "Klotter och tags"
    assert decided["KLOT"].codes == ("1208", "1209", "9999")
    assert decided["SNÖ"].icon == "kat-snö"
    assert "DJUR" not in decided
    desk.post(reverse("rapporter_nya_kategorier"), {**decision(desk), "valid_from": "2026-06-01"})
    page = text_of(desk.get(reverse("rapporter_kategorier")))
    assert "Version 1, beslutad av" in page
    assert "Kommande Version 2" in page
    assert "Klotter och tags" in text_of(desk.get(reverse("rapporter_kategorier") + "?version=2"))
    assert CategorySet.objects.count() == 2


def test_a_wrong_code_or_a_lost_silence_is_refused_in_words(desk):
    answer = desk.post(reverse("rapporter_nya_kategorier"), decision(desk, KLOT={"codes": "12"}))
    assert "12 är ingen brottskod." in text_of(answer)
    answer = desk.post(reverse("rapporter_nya_kategorier"), decision(desk, NOLL={"remove": True}))
    assert "måste finnas kvar" in text_of(answer)
    answer = desk.post(
        reverse("rapporter_nya_kategorier"), {**decision(desk), "decided_on": "2026-12-24"}
    )
    assert "Dagen har inte varit än." in text_of(answer)
    assert not CategorySet.objects.exists()


def test_a_broken_form_of_categories_is_no_crash(desk):
    assert (
        desk.post(reverse("rapporter_nya_kategorier"), {"rad-TOTAL_FORMS": "x"}).status_code == 200
    )


def test_everybody_who_works_here_reads_the_categories(cast, evening):
    page = text_of(cast.lasaren.client.get(reverse("rapporter_kategorier")))
    assert "Skadegörelse" in page
    assert "1201 1203 1205 1212" in page
    assert "Besluta en ny version" not in page
    assert (
        cast.lasaren.client.get(reverse("rapporter_kategorier") + "?version=7").status_code == 404
    )


def rows_of(name, town, count):
    if name == "rapporter_lankar":
        ReportLink.objects.bulk_create(
            ReportLink(
                municipality=town.lulea,
                organisation=town.youth,
                label=f"L{n}",
                token_hash=f"{name}{count}{n}",
            )
            for n in range(count)
        )
    elif name == "rapporter_mottagare":
        QuickFixRecipient.objects.bulk_create(
            QuickFixRecipient(
                municipality=town.lulea, matter="lamp", name="G", email=f"{count}.{n}@exempel.se"
            )
            for n in range(count)
        )
    else:
        MonthlyFeedback.objects.bulk_create(
            MonthlyFeedback(
                municipality=town.lulea, year=1900 + count + n // 12, month=n % 12 + 1, text="x"
            )
            for n in range(count)
        )


@pytest.mark.parametrize(
    "name", ["rapporter_lankar", "rapporter_mottagare", "rapporter_aterkoppling"]
)
def test_a_thousand_rows_cost_as_many_queries_as_ten(desk, town, name):
    from django.db import connection

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert desk.get(reverse(name)).status_code == 200
        return len(found)

    desk.get(reverse(name))
    rows_of(name, town, 10)
    few = queries()
    rows_of(name, town, 990)
    assert queries() == few


def test_the_first_day_of_the_account_is_the_swedish_one(desk, report, town):
    """A report at 00.30 on 1 May in Sweden is of May, though it is still April in UTC."""
    from samsyn.base import clock

    report(at=dt.datetime(2026, 5, 1, 0, 30, tzinfo=clock.SWEDEN))
    assert "Rapporter 1" in text_of(
        desk.get(reverse("rapporter_aterkoppling_manad", args=[2026, 5]))
    )
    assert "Rapporter 0" in text_of(
        desk.get(reverse("rapporter_aterkoppling_manad", args=[2026, 4]))
    )
