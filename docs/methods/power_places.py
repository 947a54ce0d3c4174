"""Print the power tables of `power_places.md`: `python docs/methods/power_places.py > docs/methods/power_places.md`.

Simulated data sets with an effect of known size; the share in which it shows. Takes some minutes.
"""

import numpy as np

from samsyn.analysis import getis_ord, grid_neighbours, knox, moran, space_time_scan

N = 400
HEAD = """# What shows in space, and what does not

Share (per cent) of 400 simulated data sets in which an effect shows at the 5 per cent level, so ±5.
An entry of 80 means that four of five such effects are found. The square is 5 × 5 km, the period a
year, the events evenly spread but for the effect. The column *none* is the share of false alarms.

Made by `python docs/methods/power_places.py`.
"""


def table(title, note, columns, rows):
    print(f"\n## {title}\n\n{note}\n")
    print("| |" + "|".join(columns) + "|")
    print("|---" * (len(columns) + 1) + "|")
    for name, cells in rows:
        print(f"|{name}|" + "|".join(cells) + "|")


def share(found):
    return f"{100 * np.mean(list(found)):.0f}"


def even_town(rng, events):
    return rng.uniform(0, 5000, events), rng.uniform(0, 5000, events), rng.integers(0, 365, events)


def repeats(rng, events, part):
    """The p of Knox (100 m, 7 days) where a part of the events repeat others near and soon."""
    x, y, t = even_town(rng, events)
    copies, model = rng.choice(events, (2, round(events * part)), replace=False)
    x[copies] = x[model] + rng.normal(0, 40, copies.size)
    y[copies] = y[model] + rng.normal(0, 40, copies.size)
    t[copies] = t[model] + rng.integers(-6, 7, copies.size)
    return knox(x, y, t, distance=100, days=7, permutations=199, seed=1).p_value < 0.05


def cluster(rng, events, extra):
    """Whether the scan finds extra events within 150 m in the last seven days."""
    x, y, t = even_town(rng, events)
    x[:extra], y[:extra] = 2500 + rng.normal(0, 75, (2, extra))
    t[:extra] = 364 - rng.integers(0, 7, extra)
    found = space_time_scan(
        x, y, t, max_radius=500, max_days=14, end=364, permutations=99, seed=1
    ).clusters
    return bool(found) and found[0].p_value < 0.05


def hot_cell(rng, mean, times, links):
    """Whether Gi* marks the middle of a hot 3 × 3 block among 400 cells."""
    counts = rng.poisson(mean, (20, 20))
    counts[9:12, 9:12] = rng.poisson(mean * times, (3, 3))
    return bool(getis_ord(counts.ravel(), links, permutations=0).hot[210])


def pattern(rng, cells, strength):
    """Whether Moran's I sees that neighbours share a part of their variation."""
    side = round(cells**0.5)
    noise = rng.normal(size=(side + 2, side + 2))
    smooth = sum(noise[a : a + side, b : b + side] for a in range(3) for b in range(3)) / 3
    values = strength * smooth + (1 - strength) * rng.normal(size=(side, side))
    links = grid_neighbours(side, side, own=False)
    return moran(values.ravel(), links, permutations=0).p_value < 0.05


def main():
    rng = np.random.default_rng(1)
    print(HEAD, end="")
    parts = {"none": 0.0, "2 % of events repeat": 0.02, "5 %": 0.05, "10 %": 0.1}
    table(
        "near_repeat and knox",
        "Rows: events in the year; within 100 m and 7 days.",
        parts,
        [
            (n, [share(repeats(rng, n, p) for _ in range(N)) for p in parts.values()])
            for n in (100, 300, 1000)
        ],
    )
    extras = {"none": 0, "3 extra events": 3, "5": 5, "8": 8}
    table(
        "space_time_scan",
        "Rows: events in the year; the extra ones lie within 150 m in the last week.",
        extras,
        [
            (n, [share(cluster(rng, n, e) for _ in range(N)) for e in extras.values()])
            for n in (100, 300, 1000)
        ],
    )
    links = grid_neighbours(20, 20)
    risks = {"none": 1.0, "1.5 times as many": 1.5, "2 times": 2.0, "3 times": 3.0}
    table(
        "getis_ord",
        "Rows: mean events per cell; 3 × 3 hot cells of 400; with false-discovery control.",
        risks,
        [
            (m, [share(hot_cell(rng, m, r, links) for _ in range(N)) for r in risks.values()])
            for m in (1, 3, 10)
        ],
    )
    strengths = {"none": 0.0, "a third shared": 1 / 3, "half": 0.5, "two thirds": 2 / 3}
    table(
        "moran",
        "Rows: cells; the part of each cell's variation that it shares with its neighbours.",
        strengths,
        [
            (c, [share(pattern(rng, c, s) for _ in range(N)) for s in strengths.values()])
            for c in (25, 49, 100)
        ],
    )


if __name__ == "__main__":
    main()
