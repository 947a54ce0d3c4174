# %% [markdown]
# # The police's published events
#
# What can, and what cannot, be read from the events that the police publish on the web. They are a
# selection made for the news, and their place is the middle of a municipality or county.

# %%
import gzip
import json
import os
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from samsyn.analysis import aoristic, early_warning, near_repeat, rate_change, to_sweref99

path = Path(os.environ.get("SAMSYN_EVENTS", "../shared/data/polisen_events.json.gz"))
events = json.loads(gzip.decompress(path.read_bytes()))
# "2022-09-29 7:56:30 +02:00": local clock time, and the hour may lack its nought.
clock = [e["datetime"].split() for e in events]
when = np.array([f"{day}T{hour:0>8}" for day, hour, *_ in clock], dtype="datetime64[s]")
kind = np.array([e["type"] for e in events])
latitude, longitude = np.array([e["location"]["gps"].split(",") for e in events], dtype=float).T
len(events), str(when.min()), str(when.max())

# %% [markdown]
# ## When are they published?
#
# The time is that of publication, not of the event: the hours tell when the editors work.

# %%
hours = aoristic(when, when)
plt.imshow(hours, aspect="auto", cmap="Blues")
assert round(float(hours.sum())) == len(events)

# %% [markdown]
# ## Is a week unusual?

# %%
first = when.min().astype("datetime64[W]")
week = (when.astype("datetime64[W]") - first).astype(int)
traffic = np.char.startswith(kind, "Trafikolycka")
weekly = np.bincount(week[traffic], minlength=week.max() + 1)[1:-1]
warning = early_warning(weekly, method="ears_c1")
plt.plot(weekly, color="#9fb4cc")
plt.plot(warning.at, warning.upper, color="#1f3a5f")
int(np.sum(warning.alarm)), len(weekly)

# %% [markdown]
# ## Two weeks compared

# %%
rate_change(int(weekly[-2]), 1, int(weekly[-1]), 1).words

# %% [markdown]
# ## Do they repeat near and soon?
#
# This question must not be asked of these data, and the analysis says so: the places are middle points.

# %%
burglary = np.flatnonzero(np.char.find(kind, "nbrott") >= 0)[:3000]
x, y = to_sweref99(longitude[burglary], latitude[burglary])
answer = near_repeat(x, y, when[burglary], permutations=19, seed=1)
assert answer.same_place.observed.sum() > 0.9 * answer.observed[0].sum()
distinct = len(np.unique(np.column_stack([x, y]), axis=0))
f"{len(burglary)} burglaries at {distinct} points", [w.en for w in answer.warnings]
