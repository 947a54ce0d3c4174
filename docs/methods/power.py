"""Print the power tables of `power.md`: `python docs/methods/power.py > docs/methods/power.md`.

A thousand simulated data sets for each entry; the share in which the effect that was put in shows.
"""

import numpy as np

from samsyn.analysis import (
    displacement,
    early_warning,
    interrupted_series,
    rate_change,
    survey_change,
    survey_index,
)

N = 1000
HEAD = """# What shows, and what does not

Share of a thousand simulated data sets in which an effect shows at the 5 per cent level (for alarms:
at their own level). An entry of 80 means that four of five such effects are found. Read this before
a measure starts: where the entry is low, more places, a longer time or another outcome is needed.

Made by `python docs/methods/power.py`.
"""


def per_cent(signals):
    return f"{100 * float(np.mean(signals)):.0f}"


def table(title, note, columns, rows):
    print(f"\n## {title}\n\n{note}\n")
    print("| |" + "|".join(columns) + "|")
    print("|---" * (len(columns) + 1) + "|")
    for name, cells in rows:
        print(f"|{name}|" + "|".join(cells) + "|")


def rate_power(rng, mean, fall):
    draws = rng.poisson([mean, mean * (1 - fall)], (N, 2)).tolist()
    return per_cent([a + b > 0 and rate_change(a, 1, b, 1).p_value < 0.05 for a, b in draws])


def displacement_power(rng, mean, fall, dispersion):
    level = np.array([mean, mean * (1 - fall), mean, mean], dtype=float)
    if dispersion > 1:
        level = rng.gamma(level / (dispersion - 1), dispersion - 1, (N, 4))
    draws = rng.poisson(level, (N, 4)).tolist()
    return per_cent(
        [displacement(d[:2], d[2:], dispersion=dispersion).p_value < 0.05 for d in draws]
    )


def series_power(rng, mean, fall):
    month = np.arange(60)
    level = mean * np.exp(0.2 * np.sin(month / 6 * np.pi)) * np.where(month >= 36, 1 - fall, 1)
    result = interrupted_series(rng.poisson(level, (N, 60)), 36)
    return per_cent(result.level_p_value < 0.05)


def change_power(rng, n, points):
    first, second = rng.binomial(n, 0.3, N), rng.binomial(n, 0.3 - points / 100, N)
    return per_cent(survey_change(first, n, second, n).p_value < 0.05)


def index_power(rng, n, change):
    first = rng.normal(3, 1.2, (N, n)).clip(0, 6)
    second = rng.normal(3 - change, 1.2, (N, n)).clip(0, 6)
    pairs = zip(first, second, strict=True)
    return per_cent([survey_index(b, before=survey_index(a)).p_value < 0.05 for a, b in pairs])


def alarm_power(rng, method, mean, times):
    y = rng.poisson(mean, (N, 264))
    y[:, 263] = rng.poisson(mean * times, N)
    return per_cent(early_warning(y, method=method, at=[263]).alarm)


def main():
    rng = np.random.default_rng(20260101)
    print(HEAD, end="")
    falls, names = (0.2, 0.4, 0.6), ["fall of 20 %", "40 %", "60 %"]
    table(
        "rate_change",
        "Rows: events in the first of two equally long periods.",
        names,
        [(f"{m}", [rate_power(rng, m, f) for f in falls]) for m in (10, 20, 50, 100, 200)],
    )
    table(
        "displacement",
        "Rows: events before, as many in the control; dispersion φ known.",
        names,
        [
            (f"{m}, φ = {d}", [displacement_power(rng, m, f, d) for f in falls])
            for d in (1, 2)
            for m in (20, 50, 100, 200, 500)
        ],
    )
    table(
        "interrupted_series",
        "Rows: events per month; 36 months before and 24 after, season and slope fitted.",
        names,
        [(f"{m}", [series_power(rng, m, f) for f in falls]) for m in (5, 10, 20, 40, 100)],
    )
    table(
        "survey_change",
        "Rows: answers each year; 30 per cent the first year.",
        ["3 points fewer", "6", "9"],
        [(f"{n}", [change_power(rng, n, p) for p in (3, 6, 9)]) for n in (200, 400, 800, 1600)],
    )
    table(
        "survey_index",
        "Rows: answers each year; index 0–6 with standard deviation 1.2.",
        ["0.1 lower", "0.2", "0.4"],
        [(f"{n}", [index_power(rng, n, c) for c in (0.1, 0.2, 0.4)]) for n in (100, 400, 800)],
    )
    table(
        "early_warning",
        "Rows: method and events per week; one week is so many times the usual.",
        ["1 time (false alarms)", "2 times", "3", "4"],
        [
            (f"{name}, {m}", [alarm_power(rng, method, m, times) for times in (1, 2, 3, 4)])
            for method, name in (("farrington", "Farrington"), ("own_normal", "own normal"))
            for m in (2, 6, 20)
        ],
    )


if __name__ == "__main__":
    main()
