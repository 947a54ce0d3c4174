"""The verdict for laymen: each answer, its sentences, and what it refuses to say."""

import json

import numpy as np
import pytest

from samsyn.analysis import AnalysisError, verdict
from samsyn.analysis.verdict import smallest_fall

PAPER = {
    "treated": (207, 110),
    "control": (308, 318),
    "disp_control": (150, 140),
    "disp_treated": (178, 157),
}


def test_too_few_events_cannot_tell_and_it_says_how_many_are_needed():
    result = verdict((14, 9), (14, 15))
    assert result.decision == "cannot tell"
    assert result.sentences[0] == (
        "Kan inte avgöras: 14 händelser före och 9 efter räcker inte. "
        "Det behövs ungefär 100 före för att se en halvering."
    )
    assert result.sentences[0].en == (
        "Cannot be told: 14 events before and 9 after are not enough. "
        "About 100 before are needed to see a halving."
    )


def test_decreased():
    result = verdict(**PAPER)
    assert result.decision == "decreased"
    assert result.sentences[0] == "Minskade: från 207 till 110, mer än i jämförelseområdet."
    assert "Minskningen spred sig utåt." in result.sentences


def test_increased():
    assert verdict((100, 190), (100, 90)).decision == "increased"


def test_no_sign_only_where_a_halving_would_have_shown():
    assert verdict((207, 210), (208, 218)).decision == "no sign"
    assert verdict((60, 58), (60, 61)).decision == "cannot tell"


def test_moved():
    result = verdict(**PAPER | {"disp_treated": (178, 290)})
    assert result.decision == "moved"
    assert "fler runt omkring" in result.sentences[0]


def test_without_comparison_nothing_can_be_told():
    result = verdict((207, 110))
    assert result.decision == "cannot tell"
    assert result.needed.code == "control_needed"


def test_changed_reporting_cannot_be_told_from_effect():
    result = verdict(**PAPER, effort_changed=True)
    assert result.decision == "cannot tell"
    assert result.needed.code == "other_outcome_needed"


def test_swinging_counts_need_more():
    steady = verdict((100, 60), (100, 105), dispersion=1.0)
    swinging = verdict((100, 60), (100, 105), dispersion=4.0)
    assert (steady.decision, swinging.decision) == ("decreased", "cannot tell")


def test_places_chosen_for_being_high_do_not_pass_on_regression_alone():
    """The worst 10 of 200 places, all alike: the naive difference is fooled, the verdict is not."""
    rng = np.random.default_rng(1)
    naive = fooled = 0
    for _ in range(200):
        before, after = rng.poisson(20, 200), rng.poisson(20, 200)
        order = np.argsort(-before)
        worst, middle = order[:10], order[95:105]
        treated = (int(before[worst].sum()), int(after[worst].sum()))
        control = (int(before[middle].sum()), int(after[middle].sum()))
        naive += verdict(treated, control).decision == "decreased"
        fooled += verdict(treated, control, selected="high", places=10).decision == "decreased"
    assert naive > 100
    assert fooled <= 10


def test_the_verdict_rests_on_named_assumptions():
    result = verdict(**PAPER, selected="random", dispersion=1.2, decided_before=True)
    held = {a.name: a.holds for a in result.assumptions}
    assert held["control"]
    assert held["selection"]
    assert held["displacement"]
    assert held["decided_before"]
    assert held["autocorrelation"] is None
    assert verdict((100, 60), (100, 100), selected="high").assumptions[1].holds is False


def test_a_series_is_judged_beside():
    rng = np.random.default_rng(2)
    y = rng.poisson(np.r_[np.full(36, 40), np.full(24, 22)])
    result = verdict((480, 264), (480, 470), series=y, at=36)
    assert result.series is not None
    assert "Serien period för period" in result.sentences[-1]


@pytest.mark.parametrize(("before", "fall"), [(50, 0.72), (100, 0.53), (200, 0.38), (500, 0.25)])
def test_smallest_fall_that_shows(before, fall):
    assert smallest_fall(before, 2.0) == pytest.approx(fall, abs=0.012)


def test_no_fall_shows_in_twenty():
    assert smallest_fall(20, 2.0) is None


def test_it_can_be_stored():
    told = json.loads(json.dumps(verdict(**PAPER).to_dict()))
    assert told["decision"] == "decreased"
    assert told["sentences"][0]["en"].startswith("Decreased")
    assert told["displacement"]["wdd"] == -118


def test_refused():
    with pytest.raises(AnalysisError):
        verdict((1, 2, 3))
