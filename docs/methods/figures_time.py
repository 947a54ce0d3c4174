"""Figures of the analyses of time, change and effect. All data are simulated."""

import matplotlib.pyplot as plt
import numpy as np

from samsyn.analysis import (
    accuracy,
    aoristic,
    decompose,
    displacement,
    early_warning,
    harm,
    interrupted_series,
    rate_change,
    survey_change,
    survey_share,
)
from samsyn.analysis.verdict import smallest_fall
from samsyn.privacy.suppress import suppress

INK, SOFT, MARK = "#1f3a5f", "#9fb4cc", "#b3261e"


def draw_aoristic():
    rng = np.random.default_rng(1)
    evening = np.datetime64("2026-01-05T18:00") + rng.integers(0, 52, 300).astype("m8[W]")
    start = evening + rng.integers(0, 4 * 60, 300).astype("m8[m]")
    start = start + rng.choice([4, 5, 5, 6], 300).astype("m8[D]")
    weights = aoristic(start, start + rng.exponential(420, 300).astype("m8[m]"))
    figure, axis = plt.subplots()
    image = axis.imshow(weights, aspect="auto", cmap="Blues")
    axis.set(
        xlabel="hour",
        yticks=range(7),
        yticklabels=["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    )
    figure.colorbar(image, label="events")
    return figure


def draw_rate_change():
    counts = np.array([3, 5, 10, 20, 50, 100, 200, 500])
    bounds = np.array([rate_change(int(k), 1, int(k), 1).interval for k in counts])
    figure, axis = plt.subplots()
    axis.fill_between(counts, *(100 * (bounds.T - 1)), color=SOFT, label="95 % of chance alone")
    axis.axvline(20, color=MARK, lw=1, label="below 20: words, not per cent")
    axis.set(
        xscale="log", ylim=(-100, 300), xlabel="events in each period", ylabel="change, per cent"
    )
    axis.set_xticks(counts, counts)
    axis.legend(frameon=False)
    return figure


def draw_early_warning():
    rng = np.random.default_rng(3)
    t = np.arange(312)
    y = rng.poisson(6 + 2 * np.sin(t / 52 * 2 * np.pi))
    y[300:303] += 12
    result = early_warning(y)
    figure, axis = plt.subplots()
    axis.bar(result.at, result.observed, color=SOFT, label="events per week")
    axis.plot(result.at, result.expected, color=INK, label="expected")
    axis.step(result.at, result.upper, where="mid", color=INK, ls=":", label="upper bound")
    signals = result.at[result.alarm]
    axis.plot(signals, y[signals] + 1, "v", color=MARK, label="alarm")
    axis.set(xlabel="week")
    axis.legend(frameon=False, ncols=2)
    return figure


def draw_displacement():
    counts = {
        "treated": (207, 110), "control": (308, 318),
        "disp_control": (150, 140), "disp_treated": (178, 157),
    }  # fmt: skip
    figure, axis = plt.subplots()
    for row, dispersion in enumerate((1, 2, 3)):
        result = displacement(**counts, dispersion=dispersion)
        axis.plot(result.interval, [row, row], color=INK, lw=3)
        axis.plot(result.wdd, row, "o", color=INK)
    axis.axvline(0, color=MARK, lw=1)
    axis.set(
        yticks=range(3), yticklabels=["dispersion 1", "2", "3"], ylim=(-0.5, 2.5),
        xlabel="events, beyond what the control areas foretell",
    )  # fmt: skip
    return figure


def draw_interrupted_series():
    rng = np.random.default_rng(4)
    t = np.arange(60)
    y = rng.poisson(
        40 * np.exp(0.2 * np.sin(t / 6 * np.pi) - 0.003 * t) * np.where(t >= 36, 0.7, 1)
    )
    result = interrupted_series(y, 36)
    figure, axis = plt.subplots()
    axis.plot(t, y, ".", color=SOFT, label="events per month")
    axis.plot(t, result.expected, color=INK, label="model")
    axis.plot(t[36:], result.without[36:], color=INK, ls=":", label="had nothing been done")
    axis.axvline(35.5, color=MARK, lw=1)
    axis.set(xlabel="month", ylim=(0, None))
    axis.legend(frameon=False)
    return figure


def draw_survey():
    figure, axis = plt.subplots()
    for row, (n, p) in enumerate([(60, 0.3), (400, 0.3), (800, 0.3), (400, 0.02)]):
        result = survey_share(round(n * p), n)
        axis.plot(np.multiply(result.interval, 100), [row, row], color=INK, lw=3)
        axis.plot(100 * result.share, row, "o", color=INK)
    axis.set(
        yticks=range(4),
        yticklabels=["60 answers", "400", "800", "400, rare"],
        xlabel="per cent who answered yes",
    )
    return figure


def draw_harm():
    kinds = {"bicycle theft": (220, 0.5), "assault": (60, 4), "aggravated weapons": (4, 20)}
    result = harm({k: v[0] for k, v in kinds.items()}, {k: v[1] for k, v in kinds.items()})
    figure, (left, right) = plt.subplots(1, 2, sharey=True)
    left.barh(result.kinds, [v[0] for v in kinds.values()], color=SOFT)
    left.set(xlabel="events")
    right.barh(result.kinds, result.by_kind, color=INK)
    right.set(xlabel="harm (months)")
    return figure


def draw_accuracy():
    rng = np.random.default_rng(5)
    risk = rng.gamma(0.3, 10, 1000)
    result = accuracy(rng.poisson(risk), rng.poisson(risk))
    figure, axis = plt.subplots()
    axis.plot(100 * result.area_share, 100 * result.hit_rate, color=INK, label="map")
    axis.plot([0, 100], [0, 100], color=MARK, lw=1, label="chance")
    axis.set(xlabel="per cent of the area", ylabel="per cent of the events")
    axis.legend(frameon=False)
    return figure


def draw_decompose():
    rng = np.random.default_rng(6)
    t = np.arange(96)
    y = rng.poisson(
        50 * np.exp(0.3 * np.sin(t / 6 * np.pi) - 0.003 * t) * np.where(t >= 60, 1.6, 1)
    )
    result = decompose(y, 12, breaks=[60])
    figure, axis = plt.subplots()
    axis.plot(t, y, ".", color=SOFT, label="events per month")
    for segment in (0, 1):
        inside = result.segment == segment
        axis.fill_between(t[inside], *result.trend_interval[inside].T, color=SOFT, alpha=0.5)
        axis.plot(
            t[inside], result.trend[inside], color=INK, label="trend" if segment == 0 else None
        )
    axis.axvline(59.5, color=MARK, lw=1, label="new system")
    axis.set(xlabel="month", ylim=(0, None))
    axis.legend(frameon=False, ncols=3)
    return figure


def draw_verdict():
    before = np.arange(20, 1000, 5)
    figure, axis = plt.subplots()
    for dispersion, style in ((1, "-"), (2, "--"), (3, ":")):
        falls = [smallest_fall(float(n), 2.0, dispersion) for n in before]
        shown = [np.nan if f is None else 100 * f for f in falls]
        axis.plot(before, shown, style, color=INK, label=f"dispersion {dispersion}")
    axis.set(
        xscale="log",
        xlabel="events before in the area",
        ylabel="smallest fall that shows, per cent",
        ylim=(0, 100),
    )
    axis.set_xticks([20, 50, 100, 200, 500, 1000], [20, 50, 100, 200, 500, 1000])
    axis.legend(frameon=False)
    return figure


def draw_suppress():
    result = suppress([[20, 50, 10, 12], [8, 19, 22, 3], [17, 32, 12, 40]], k=5)
    figure, axis = plt.subplots(figsize=(5, 2))
    axis.axis("off")
    rows = [[*row, end] for row, end in zip(result.table, result.row_totals, strict=True)]
    rows.append([*result.column_totals, result.total])
    text = [["–" if v is None else v for v in row] for row in rows]
    colours = np.where(result.primary, "#f4c7c3", np.where(result.secondary, SOFT, "white"))
    axis.table(text, cellColours=colours, loc="center", cellLoc="center")
    axis.set_title("red: small; blue: hidden to protect it", fontsize=9)
    return figure


def draw_survey_change():
    first, second = np.array([120, 90, 200, 40]), np.array([124, 62, 190, 52])
    result = survey_change(first, 400, second, 400)
    figure, axis = plt.subplots()
    for row, (low, high) in enumerate(100 * result.interval):
        axis.plot([low, high], [row, row], color=MARK if result.q_value[row] < 0.05 else INK, lw=3)
    axis.axvline(0, color=SOFT, lw=1)
    axis.set(
        yticks=range(4),
        yticklabels=["question 1", "2", "3", "4"],
        xlabel="change, percentage points",
    )
    return figure


FIGURES = {
    "aoristic": draw_aoristic,
    "rate_change": draw_rate_change,
    "early_warning": draw_early_warning,
    "displacement": draw_displacement,
    "interrupted_series": draw_interrupted_series,
    "survey_share": draw_survey,
    "survey_change": draw_survey_change,
    "harm": draw_harm,
    "accuracy": draw_accuracy,
    "decompose": draw_decompose,
    "verdict": draw_verdict,
    "suppress": draw_suppress,
}
