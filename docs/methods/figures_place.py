"""Figures of the analyses of place. All data are simulated."""

import matplotlib.pyplot as plt
import numpy as np
from shapely import Point

from samsyn.analysis import (
    batch,
    density,
    getis_ord,
    grid_neighbours,
    hot_spots,
    knox,
    local_moran,
    near_repeat,
    points_in_areas,
    space_time_scan,
)

INK, SOFT, MARK = "#1f3a5f", "#9fb4cc", "#b3261e"


def town(seed=1, events=600):
    """A square of 5 km with four dense quarters; every tenth event repeats another near and soon."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(800, 4200, (4, 2))
    dense = centres[rng.integers(0, 4, events)] + rng.normal(0, 350, (events, 2))
    xy = np.where(rng.random(events)[:, None] < 0.6, dense, rng.uniform(0, 5000, (events, 2)))
    t = rng.integers(0, 365, events)
    repeats, model = rng.choice(events, (2, events // 10), replace=False)
    xy[repeats] = xy[model] + rng.normal(0, 40, (len(model), 2))
    t[repeats] = np.minimum(t[model] + rng.integers(0, 7, len(model)), 364)
    return xy[:, 0], xy[:, 1], t


def draw_near_repeat():
    result = near_repeat(
        *town(), distance_breaks=[0, 100, 200, 400, 800], time_breaks=[0, 2, 7, 14, 28], seed=1
    )
    figure, axis = plt.subplots()
    image = axis.imshow(result.ratio, cmap="Blues", vmin=0, vmax=3, aspect="auto", origin="lower")
    for (row, column), ratio in np.ndenumerate(result.ratio):
        sure = result.p_adjusted[row, column] < 0.05
        axis.text(
            column, row, f"{ratio:.1f}", ha="center", va="center",
            color="white" if ratio > 1.8 else INK, weight="bold" if sure else "normal",
        )  # fmt: skip
    axis.set_xticks(range(4), result.time_bands)
    axis.set_yticks(range(4), result.distance_bands)
    figure.colorbar(image, label="observed / expected (bold: p < 0.05)")
    return figure


def draw_knox():
    x, y, t = town()
    rng = np.random.default_rng(0)
    asked = {"distance": 100, "days": 7, "permutations": 0}
    chance = [knox(x, y, rng.permutation(t), **asked).observed for _ in range(2000)]
    found = knox(x, y, t, **asked)
    figure, axis = plt.subplots()
    axis.hist(chance, bins=np.arange(max(chance) + 2) - 0.5, color=SOFT, density=True)
    counts = np.arange(0, max(chance) + 1)
    bell = np.exp(-(((counts - found.expected) / found.sd) ** 2) / 2) / found.sd / 2.5066
    axis.plot(counts, bell, color=INK, label="exact mean and sd")
    axis.axvline(found.observed, color=MARK, label="observed")
    axis.set(xlabel="pairs within 100 m and 7 days, times dealt out at random", yticks=[])
    axis.legend(frameon=False)
    return figure


def draw_space_time_scan():
    rng = np.random.default_rng(4)
    x, y, t = town(4)
    x[:9], y[:9] = 3400 + rng.normal(0, 90, 9), 1500 + rng.normal(0, 90, 9)
    t[:9] = 364 - rng.integers(0, 8, 9)
    best = space_time_scan(x, y, t, max_radius=500, max_days=14, end=364, seed=1).clusters[0]
    recent = t >= best.first_day
    figure, axis = plt.subplots(figsize=(5, 4.6))
    axis.plot(x[~recent], y[~recent], ".", color=SOFT, ms=3, label="earlier")
    axis.plot(x[recent], y[recent], "o", color=INK, ms=4, label=f"last {best.days} days")
    axis.add_patch(plt.Circle((best.x, best.y), best.radius, fill=False, color=MARK, lw=1.5))
    axis.set(aspect="equal", xticks=[], yticks=[])
    axis.set_title(
        f"{best.cases} events, {best.expected:.1f} expected; "
        f"chance gives this once in {best.recurrence_interval:.0f} days or more",
        fontsize=9,
    )
    axis.legend(frameon=False, loc="upper left", fontsize=8)
    return figure


def _cells():
    x, y, _ = town(2, 1500)
    counts, _, _ = np.histogram2d(y, x, bins=20, range=[[0, 5000], [0, 5000]])
    return counts


def draw_getis_ord():
    counts = _cells()
    result = getis_ord(counts.ravel(), grid_neighbours(20, 20), seed=1)
    figure, axes = plt.subplots(1, 2, figsize=(7, 3.2))
    axes[0].imshow(counts, cmap="Blues", origin="lower")
    axes[0].set_title("events", fontsize=9)
    state = (result.hot.astype(int) - result.cold).reshape(20, 20)
    axes[1].imshow(state, cmap="RdBu_r", vmin=-1.5, vmax=1.5, origin="lower")
    axes[1].set_title("hot (red) and cold (blue)", fontsize=9)
    for axis in axes:
        axis.set(xticks=[], yticks=[])
    return figure


def draw_moran():
    counts = _cells().ravel()
    result = local_moran(counts, grid_neighbours(20, 20, own=False), seed=1)
    deviation = counts - counts.mean()
    around = np.array([deviation[n].mean() for n in grid_neighbours(20, 20, own=False)])
    figure, axis = plt.subplots(figsize=(5, 3.6))
    axis.axhline(0, color=SOFT, lw=0.8)
    axis.axvline(0, color=SOFT, lw=0.8)
    sure = result.significant
    axis.plot(deviation[~sure], around[~sure], ".", color=SOFT)
    axis.plot(deviation[sure], around[sure], ".", color=MARK, label="significant")
    axis.set(xlabel="the cell, less the mean", ylabel="its neighbours, less the mean")
    axis.legend(frameon=False)
    return figure


def draw_density():
    x, y, _ = town()
    figure, axes = plt.subplots(1, 3, figsize=(7, 2.6))
    for axis, bandwidth in zip(axes, (150, 300, 600), strict=True):
        result = density(x, y, bandwidth=bandwidth, extent=(0, 0, 5000, 5000))
        axis.imshow(result.per_km2, cmap="Blues", origin="lower")
        axis.set(xticks=[], yticks=[])
        axis.set_title(f"{bandwidth} m, peak {result.per_km2.max():.0f} per km²", fontsize=8)
    return figure


def draw_hot_spots():
    rng = np.random.default_rng(3)
    x, y, t = town(3, 2500)
    late = rng.choice(2500, 40, replace=False)
    x[late], y[late], t[late] = 4700 + rng.normal(0, 60, 40), 4700, 364 - rng.integers(0, 40, 40)
    result = hot_spots(x, y, t, period=45, end=364)
    chosen = np.r_[np.arange(10), np.flatnonzero(result.kind == "new")[:2]]
    figure, axis = plt.subplots()
    axis.imshow(result.counts[chosen], cmap="Blues", aspect="auto")
    for row, column in np.argwhere(result.hot[chosen]):
        axis.plot(column, row, "o", color=MARK, ms=4)
    axis.set_yticks(range(len(chosen)), result.kind[chosen], fontsize=7)
    axis.set(xlabel="period of 45 days (dot: hot)")
    return figure


def draw_points_in_areas():
    x, y, _ = town()
    areas = [Point(1500, 1500).buffer(900), Point(3400, 3000).buffer(1100)]
    found = points_in_areas(x, y, areas)
    figure, axis = plt.subplots(figsize=(4, 4))
    for number, colour in ((-1, SOFT), (0, INK), (1, MARK)):
        axis.plot(x[found == number], y[found == number], ".", color=colour, ms=3)
    for area in areas:
        axis.plot(*area.exterior.xy, color=INK, lw=1)
    axis.set(aspect="equal", xticks=[], yticks=[])
    return figure


def _observed(seed):
    return knox(*town(seed, 300), distance=100, days=7, permutations=0).ratio


def draw_batch():
    ratios = batch(_observed, [{"seed": s} for s in range(60)], workers=1)
    figure, axis = plt.subplots()
    axis.bar(range(60), np.sort(ratios), color=SOFT)
    axis.axhline(1, color=MARK, lw=1)
    axis.set(xlabel="60 simulated municipalities", ylabel="near repeats / expected", xticks=[])
    return figure


FIGURES = {
    "near_repeat": draw_near_repeat,
    "knox": draw_knox,
    "space_time_scan": draw_space_time_scan,
    "getis_ord": draw_getis_ord,
    "moran": draw_moran,
    "density": draw_density,
    "hot_spots": draw_hot_spots,
    "points_in_areas": draw_points_in_areas,
    "batch": draw_batch,
}
