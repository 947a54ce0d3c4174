"""An old municipality brings its list: guarded, once, and it can be taken back."""

import pytest

from samsyn.base.files.models import StoredFile
from samsyn.base.jobs.imports import import_now
from samsyn.base.jobs.work import undo_job
from samsyn.domains.reports.models import Report
from samsyn.formats.base import FormatError

pytestmark = [pytest.mark.django_db]

LIST = """Datum;Tid;Kategori;Plats;Notering
2025-03-14;22.30;Klotter;Badplatsen;Stor målning
2025-03-15;kväll;Skadegörelse;Bakom ladan;Ring 070-174 06 35
2025-03-16;12.00;Finns inte;Torget;Något
2025-13-40;12.00;Klotter;Torget;Fel datum
"""


@pytest.fixture
def bring(cast, town, beach):
    def bringer(*, dry_run=False, text=LIST):
        return import_now(
            actor=cast.samordnaren.viewer,
            kind="import.earlier-reports",
            source=text.encode(),
            organisation=town.lulea,
            parameters={"municipality": town.lulea.pk},
            dry_run=dry_run,
        )

    return bringer


def test_the_list_is_read_row_by_row_and_the_guard_reads_the_notes(bring, beach):
    job = bring()
    assert job.summary["new"] == 2
    assert job.summary["texts_left_out"] == 1
    assert job.errors.count() == 3
    klotter = Report.objects.get(category_key="KLOT")
    assert (klotter.place, klotter.note, klotter.source) == (beach, "Stor målning", "import")
    damage = Report.objects.get(category_key="SKAD")
    assert (damage.place_text, damage.note) == ("Bakom ladan", "")
    told = " ".join(f"{one.value} {one.reason}" for one in job.errors.all())
    assert "telefonnummer" in told
    assert "070" not in told


def test_the_file_itself_is_not_kept(bring):
    job = bring()
    job.refresh_from_db()
    assert job.file is None
    assert StoredFile.objects.count() == 0


def test_the_same_list_again_adds_nothing(bring):
    bring()
    again = bring()
    assert (again.summary["new"], again.summary["unchanged"]) == (0, 2)
    assert Report.objects.count() == 2


def test_a_trial_stores_nothing(bring):
    job = bring(dry_run=True)
    assert job.summary["new"] == 2
    assert Report.objects.count() == 0


def test_it_can_be_taken_back(bring, cast):
    job = bring()
    assert Report.objects.count() == 2
    undo_job(actor=cast.samordnaren.viewer, job=job)
    assert Report.objects.count() == 0


def test_a_file_that_is_no_list_changes_nothing(bring):
    with pytest.raises(FormatError):
        bring(text="hej\nhopp\n")
    assert Report.objects.count() == 0
