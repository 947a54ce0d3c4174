"""Brå's figures are read in: final ones replace preliminary ones, and what was replaced is kept."""

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.jobs.imports import import_now
from samsyn.base.jobs.work import undo_job
from samsyn.domains.registered.models import BraFigure

pytestmark = pytest.mark.django_db

PRELIMINARY = (
    "Region;Brott;År;Period;Antal;/100 000 inv\nLuleå;Skadegörelsebrott;2026 prel.;Aug;{count};52\n"
)
FINAL = "Region;Brott;År;Period;Antal;/100 000 inv\nLuleå;Skadegörelsebrott;2026;Aug;{count};50\n"


def read(text, **how):
    source = text.encode("iso-8859-1")
    return import_now(actor=SYSTEM, kind="import.bra", source=source, **how)


def standing():
    return BraFigure.objects.get(is_current=True)


@pytest.mark.clause("C04")
def test_a_final_figure_replaces_the_preliminary_one_which_is_kept():
    read(PRELIMINARY.format(count=41))
    assert standing().preliminary
    assert read(FINAL.format(count=39)).summary["revised"] == 1
    assert (standing().count, standing().preliminary, standing().revision) == (39, False, 2)
    assert BraFigure.objects.get(is_current=False).count == 41


def test_a_preliminary_figure_never_replaces_a_final_one():
    read(FINAL.format(count=39))
    assert read(PRELIMINARY.format(count=41)).summary["final_kept"] == 1
    assert standing().count == 39


def test_undoing_lets_the_earlier_figure_stand_again():
    read(PRELIMINARY.format(count=41))
    undo_job(actor=SYSTEM, job=read(FINAL.format(count=39)))
    assert (standing().count, standing().preliminary) == (41, True)


def test_a_figure_that_does_not_apply_is_kept_as_missing():
    read(FINAL.format(count=".."))
    assert standing().count is None


def test_the_real_monthly_file_goes_through(shared):
    job = import_now(
        actor=SYSTEM, kind="import.bra", source=shared / "data" / "bra_lulea_boden_2026-08.csv"
    )
    assert (job.summary["new"], job.summary["errors"]) == (82, 0)
    assert set(BraFigure.objects.values_list("municipality_code", flat=True)) == {"2580", "2582"}
