"""Drafted sentences: plain, exact and grammatical."""

from dataclasses import replace

import pytest

from samsyn.domains.situation.draft import write_sentences
from samsyn.domains.situation.draft.grammar import (
    between,
    counted,
    listed,
    number,
    ordinal,
    stretches,
)
from samsyn.domains.situation.draft.level import against_normal, change
from samsyn.domains.situation.numbers import gather, scope_of
from samsyn.domains.situation.result import Ahead, Busy, Gap, Level, PeriodCount
from samsyn.domains.situation.weeks import Week


def history(*counts, alarms=()):
    return tuple(PeriodCount(2026, 12 + at, count, at in alarms) for at, count in enumerate(counts))


EIGHT = history(20, 24, 18, 29, 22, 25, 21, 27)


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (
            Level(34, 17, 30, "above", EIGHT),
            "Det är fler än vanligt: de åtta veckorna före hade mellan 18 och 29.",
        ),
        (
            Level(22, 17, 30, "within", EIGHT),
            "Det är ungefär som vanligt: de åtta veckorna före hade mellan 18 och 29.",
        ),
        (
            Level(9, 17, 30, "below", EIGHT),
            "Det är färre än vanligt: de åtta veckorna före hade mellan 18 och 29.",
        ),
        (
            Level(30, 17, 30, "within", EIGHT),
            "Det är ungefär som vanligt: efter de åtta veckorna före väntas mellan 17 och 30.",
        ),
        (
            Level(3, 0, 3, "too_small", history(1, 0, 0, 1, 2, 1, 0, 2)),
            "Siffrorna är för små för att säga om det ökar eller minskar (3 mot 2).",
        ),
        (
            Level(9, None, None, "unknown", history(4)),
            "Det går inte att säga om det är mycket eller lite: det finns en vecka att jämföra med, och det behövs åtta.",
        ),
        (Level(9, None, None, "unknown"), "Det finns inga tidigare veckor att jämföra med än."),
        (
            Level(34, 17, 30, "above", history(20, 24, 18, 60, 22, 25, 21, 27, alarms=(3,))),
            "Det är fler än vanligt: sju av de åtta veckorna före hade mellan 18 och 27.",
        ),
    ],
)
def test_the_level_is_told_in_words_and_never_in_percent(level, text):
    assert against_normal(level) == text
    assert "procent" not in text
    assert "%" not in text


@pytest.mark.parametrize(
    ("count", "before", "text"),
    [
        (34, 30, "Det är fyra fler än vecka 19, då det kom 30."),
        (1, 2, "Det är en färre än vecka 19, då det kom två."),
        (5, 5, "Det är lika många som vecka 19."),
        (2, 0, "Det är två fler än vecka 19, då det kom ingen."),
    ],
)
def test_the_change_is_a_number(count, before, text):
    assert change(count, PeriodCount(2026, 19, before)) == text


def test_small_numbers_are_words_and_large_are_figures():
    assert [number(value) for value in (0, 1, 12, 13, 1234)] == [
        "noll",
        "en",
        "tolv",
        "13",
        "1\u00a0234",
    ]
    assert number(1, neuter=True) == "ett"
    assert counted(1, "rapport", "rapporter") == "en rapport"
    assert counted(0, "rapport", "rapporter") == "inga rapporter"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b och c"
    assert between(18, 18) == "18 var"
    assert [ordinal(day) for day in (1, 2, 3, 10, 11, 21, 22)] == [
        "1:a",
        "2:a",
        "3:e",
        "10:e",
        "11:e",
        "21:a",
        "22:a",
    ]


def test_stretches_read_as_people_say_them():
    assert stretches([Busy(4, 18, 24, 5), Busy(5, 18, 24, 4)]) == "fredag och lördag kväll"
    assert stretches([Busy(5, 0, 6, 5)]) == "natten till lördag"
    assert stretches([Busy(0, 6, 12, 3), Busy(4, 18, 24, 4)]) == "måndag förmiddag och fredag kväll"


@pytest.fixture
def texts(busy_town, town):
    numbers = gather(scope_of(town.lulea), Week(2026, 20))

    def write(**changes):
        return {
            (one.section, one.key): one.text for one in write_sentences(replace(numbers, **changes))
        }

    return write


@pytest.mark.clause("C01")
def test_the_week_is_told_as_the_coordinator_would(texts):
    told = texts()
    assert told["level", "count"] == "Vecka 20 kom 34 rapporter."
    assert (
        told["level", "normal"]
        == "Det är fler än vanligt: de åtta veckorna före hade mellan 18 och 29."
    )
    assert told["what", "above-TRAF"] == (
        "Rapporterna om trafik och buskörning är fler än vanligt: elva, mot ingen under de åtta veckorna före."
    )
    assert (
        told["new", "first"] == "Trafik och buskörning hade inte rapporterats på minst åtta veckor."
    )
    assert told["where", "top"] == "Flest rapporter gäller Storgatan: 23, mest skadegörelse."


def test_the_commonest_is_told_with_its_time_and_place(report, place, town):
    beach = place("Badplatsen")
    for at in range(11):
        report("TRAF", day=4 + at % 2, hour=19 + at % 4, place=beach)
    report("SKAD", day=1)
    told = {
        one.key: one.text for one in write_sentences(gather(scope_of(town.lulea), Week(2026, 20)))
    }
    assert told["commonest"] == (
        "Trafik och buskörning står för elva av tolv rapporter, de flesta fredag och lördag kväll vid Badplatsen."
    )


def test_silence_is_not_calm(texts):
    told = texts(gaps=(Gap("silent", who="Björkskolan", weeks=3),))
    assert told["sources", "silent"] == (
        "Björkskolan brukar rapportera varje vecka men har inte gjort det på tre veckor. "
        "Det är tyst, vi vet inte om det är lugnt."
    )


def test_a_missing_file_is_told(texts):
    told = texts(gaps=(Gap("missing_list", month=(2026, 10), day=10, municipality="2580"),))
    assert "Polisens fil för oktober 2026 saknas. Den brukar komma före den 10:e." in told.values()


def test_what_comes_is_told_day_by_day(texts):
    told = texts(
        ahead=(
            Ahead("planned", "Cruising", "2026-05-23", time="18.00", place="Storgatan"),
            Ahead("risk_date", "Valborgsmässoafton", "2026-04-30"),
            Ahead("risk_date", "Studenten", "2026-06-01", "2026-06-12"),
        )
    )
    said = [text for (section, _key), text in told.items() if section == "ahead"]
    assert said == [
        "Lördag 23 maj klockan 18.00: Cruising, Storgatan.",
        "Valborgsmässoafton är torsdag 30 april.",
        "Studenten är 1–12 juni.",
    ]


def test_each_sentence_about_rows_points_at_them(texts, busy_town, town):
    drafts = write_sentences(gather(scope_of(town.lulea), Week(2026, 20)))
    without = {one.key for one in drafts if not one.sources}
    assert without <= {
        "none",
        "not_kept",
        "never_added",
        "read_in",
        "chance",
        "too_few",
        "merged",
        "selection",
        "not_read",
        "no_bra-2026-5",
    }


def test_keys_are_unique_within_a_section(busy_town, report, town):
    report("EVENT", kind="planned_event", week=21)
    report("EVENT", kind="planned_event", week=21)
    drafts = write_sentences(gather(scope_of(town.lulea), Week(2026, 20)))
    keys = [(one.section, one.key) for one in drafts]
    assert len(keys) == len(set(keys))


def test_an_empty_week_is_no_calm_week(report, town):
    report("SKAD", week=12)
    told = {
        one.key: one.text for one in write_sentences(gather(scope_of(town.lulea), Week(2026, 20)))
    }
    assert told["count"] == "Vecka 20 kom inga rapporter."
    assert told["no_reports"] == (
        "Inga rapporter betyder inte att inget har hänt, bara att ingen har rapporterat."
    )


def test_no_percent_and_no_double_spaces_anywhere(texts):
    for text in texts().values():
        assert "%" not in text
        assert "  " not in text
        assert text.endswith(".")
        assert text[0] == text[0].upper()
