# %% [markdown]
# # A simulated town, where the truth is known
#
# Two years in an invented town of 5 × 5 km. We know what was put in: four dense quarters, one event in ten
# repeats another near and soon, and one new cluster in the last week. Do the analyses find it, and nothing
# else?

# %%
import matplotlib.pyplot as plt
import numpy as np

from samsyn.analysis import (
    density,
    getis_ord,
    grid_neighbours,
    hot_spots,
    knox,
    near_repeat,
    space_time_scan,
)

rng = np.random.default_rng(2026)
n = 1500
centres = rng.uniform(900, 4100, (4, 2))
dense = centres[rng.integers(0, 4, n)] + rng.normal(0, 350, (n, 2))
xy = np.where(rng.random(n)[:, None] < 0.6, dense, rng.uniform(0, 5000, (n, 2)))
t = rng.integers(0, 730, n)
copies, models = rng.choice(n, (2, n // 10), replace=False)
xy[copies] = xy[models] + rng.normal(0, 40, (len(models), 2))
t[copies] = np.minimum(t[models] + rng.integers(0, 7, len(models)), 729)
xy[:9] = rng.normal((1000, 4300), 70, (9, 2))
t[:9] = 729 - rng.integers(0, 7, 9)
x, y = xy.T

# %% [markdown]
# ## Where?

# %%
surface = density(x, y, bandwidth=300, extent=(0, 0, 5000, 5000))
plt.imshow(surface.per_km2, origin="lower", extent=(0, 5000, 0, 5000), cmap="Blues")
plt.colorbar(label="events per km²")
surface.warnings

# %%
counts, _, _ = np.histogram2d(y, x, bins=25, range=[[0, 5000], [0, 5000]])
hot = getis_ord(counts.ravel(), grid_neighbours(25, 25), seed=1)
plt.imshow(hot.hot.reshape(25, 25), origin="lower", cmap="Reds")
assert 10 < hot.hot.sum() < 200
[w.en for w in hot.warnings]

# %% [markdown]
# ## Does it repeat?
#
# Within 100 m and a week there should be far more pairs than chance gives; at 400–800 m none.

# %%
table = near_repeat(
    x, y, t, distance_breaks=[0, 100, 200, 400, 800], time_breaks=[0, 7, 14, 28], seed=1
)
assert table.ratio[0, 0] > 1.5
assert abs(table.ratio[3] - 1).max() < 0.15
table

# %%
knox(x, y, t, distance=100, days=7, seed=1)

# %% [markdown]
# ## Is something new going on?

# %%
scan = space_time_scan(x, y, t, max_radius=500, max_days=14, end=729, seed=1)
best = scan.clusters[0]
assert set(range(9)) <= set(best.members.tolist()) or best.cases >= 8
assert best.recurrence_interval >= 100
best

# %% [markdown]
# The same town with the times dealt out at random: nothing is left to find.

# %%
shuffled = rng.permutation(t)
assert knox(x, y, shuffled, distance=100, days=7, seed=1).p_value > 0.01
space_time_scan(x, y, shuffled, max_radius=500, max_days=14, end=729, seed=1).clusters[0].p_value

# %% [markdown]
# ## What lasts?

# %%
lasting = hot_spots(x, y, t, period=91, end=729)
assert lasting.persistence > 2 * lasting.by_chance
dict(zip(*np.unique(lasting.kind, return_counts=True), strict=True))
