"""Slow, readable twins of the kernels: the definition, written as it is read."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np


def distance(x, y, i, j, metric="euclidean"):
    dx, dy = abs(x[i] - x[j]), abs(y[i] - y[j])
    return dx + dy if metric == "manhattan" else math.sqrt(dx * dx + dy * dy)


def apart_in_time(t, i, j):
    # A day is 24 hours also where 25/24 − 1/24 comes out a hair more than one.
    return round(abs(t[i] - t[j]), 9)


def close_pairs_table(x, y, t, distance_breaks, time_breaks, metric="euclidean", closed="left"):
    """Pairs per distance band and time band."""
    table = np.zeros((len(distance_breaks) - 1, len(time_breaks) - 1), dtype=int)
    for i, j in combinations(range(len(x)), 2):
        d = band(distance(x, y, i, j, metric), distance_breaks, closed)
        s = band(apart_in_time(t, i, j), time_breaks, closed)
        if d is not None and s is not None:
            table[d, s] += 1
    return table


def band(value, breaks, closed):
    for k, (a, b) in enumerate(pairwise(breaks)):
        if (a <= value < b) if closed == "left" else (a < value <= b):
            return k
    return None


def knox_count(x, y, t, reach, days):
    return sum(
        distance(x, y, i, j) <= reach and apart_in_time(t, i, j) <= days
        for i, j in combinations(range(len(x)), 2)
    )


def ratio(cases, expected, total):
    """Log likelihood ratio of Kulldorff 2005."""
    if cases <= expected:
        return 0.0
    outside = (
        0.0 if cases == total else (total - cases) * math.log((total - cases) / (total - expected))
    )
    return cases * math.log(cases / expected) + outside


def best_cluster(x, y, day, radius, longest, last, prospective=True, share=0.5, least=2):
    """Largest ratio over all circles and windows, by trying all of them."""
    places = sorted(set(zip(x, y, strict=True)))
    n, best = len(x), 0.0
    first = int(min(day))
    windows = [
        (a, b)
        for b in ([last] if prospective else range(first, last + 1))
        for a in range(b - longest + 1, b + 1)
    ]
    for cx, cy in places:
        near = sorted(
            (p for p in places if math.dist(p, (cx, cy)) <= radius),
            key=lambda p: ((p[0] - cx) ** 2 + (p[1] - cy) ** 2, p),
        )
        inside = set()
        for place in near:
            inside.add(place)
            here = [d for px, py, d in zip(x, y, day, strict=True) if (px, py) in inside]
            if len(here) > share * n:
                break
            for a, b in windows:
                cases = sum(a <= d <= b for d in here)
                expected = len(here) * sum(a <= d <= b for d in day) / n
                if cases >= least:
                    best = max(best, ratio(cases, expected, n))
    return best


def quartic_density(x, y, at_x, at_y, h):
    total = 0.0
    for px, py in zip(x, y, strict=True):
        d2 = (px - at_x) ** 2 + (py - at_y) ** 2
        if d2 < h * h:
            total += 3 / (math.pi * h * h) * (1 - d2 / (h * h)) ** 2
    return total / len(x)


def gaussian_density(x, y, at_x, at_y, h):
    total = sum(
        math.exp(-((px - at_x) ** 2 + (py - at_y) ** 2) / (2 * h * h))
        for px, py in zip(x, y, strict=True)
    )
    return total / (2 * math.pi * h * h * len(x))


def moran_i(values, links):
    mean = sum(values) / len(values)
    z = [v - mean for v in values]
    weights = [(i, j, w) for i, row in enumerate(links) for j, w in row]
    total = sum(w for _, _, w in weights)
    return len(z) / total * sum(w * z[i] * z[j] for i, j, w in weights) / sum(v * v for v in z)
