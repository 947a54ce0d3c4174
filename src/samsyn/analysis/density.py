"""Where are events dense? Kernel density on a grid, edge-corrected."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from .geo import points_in_areas
from .kernels import load, run_slices
from .place_guards import place_cautions, read_places
from .results import AnalysisError, FloatArray, Result, Words, hash_input

Kernel = Literal["quartic", "gaussian"]

SLICES = 8
"""Fixed, so that sums come out the same for any number of threads."""

EXACT_STEPS = 40_000_000
EXACT_PRODUCTS = 100_000_000
FINE = 8
"""Bins per bandwidth where events are binned."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Density(Result):
    """Probability density per square metre at the centres of a grid's cells.

    values : rows × columns, row 0 at the bottom; times `events` · 10⁶ gives events per km²
        (`per_km2`). x, y : centres of columns and rows, metres.
    mass : share of the density that lies on the grid (1 less what spills over its edges).
    error : largest error that binning can make, as a share of the peak; 0 where exact.
    """

    values: FloatArray
    x: FloatArray
    y: FloatArray
    mass: float
    error: float
    events: int

    @property
    def per_km2(self) -> FloatArray:
        """Events per square kilometre."""
        return self.values * self.events * 1e6


@dataclass(frozen=True)
class Grid:
    """Cells of dx × dy metres, the centre of the first at (left, bottom)."""

    left: float
    bottom: float
    dx: float
    dy: float
    wide: int
    high: int

    @property
    def x(self) -> FloatArray:
        return self.left + self.dx * np.arange(self.wide, dtype=np.float64)

    @property
    def y(self) -> FloatArray:
        return self.bottom + self.dy * np.arange(self.high, dtype=np.float64)

    def wider(self, margin: float) -> Grid:
        """The grid with `margin` metres more on all sides."""
        a, b = math.ceil(margin / self.dx), math.ceil(margin / self.dy)
        return Grid(
            self.left - a * self.dx, self.bottom - b * self.dy, self.dx, self.dy,
            self.wide + 2 * a, self.high + 2 * b,
        )  # fmt: skip

    def finer(self, step: float) -> Grid:
        """The same ground in cells no larger than `step`, an odd number to each old cell.

        So every old centre is a new centre too.
        """
        a, b = math.ceil(self.dx / step) | 1, math.ceil(self.dy / step) | 1
        dx, dy = self.dx / a, self.dy / b
        return Grid(
            self.left - self.dx / 2 + dx / 2, self.bottom - self.dy / 2 + dy / 2, dx, dy,
            self.wide * a, self.high * b,
        )  # fmt: skip


def density(
    x: Any,
    y: Any,
    *,
    bandwidth: float,
    extent: tuple[float, float, float, float] | None = None,
    shape: tuple[int, int] = (200, 200),
    kernel: Kernel = "quartic",
    boundary: Any = None,
) -> Density:
    """Kernel density of points on a grid.

    Parameters
    ----------
    x, y : coordinates in metres, length n.
    bandwidth : metres; the reach of a quartic kernel, the standard deviation of a gaussian one.
    extent : (xmin, ymin, xmax, ymax) in metres, as shapely's bounds; the data's own, one bandwidth
        wider, if not given. matplotlib's (xmin, xmax, ymin, ymax) is understood where the first
        reading has no area. Events outside still count where their kernel reaches in.
    shape : rows and columns.
    kernel : "quartic" (ends at the bandwidth) or "gaussian".
    boundary : shapely polygon, if events can only lie inside: what a kernel would spill outside is
        then put back inside, event by event (Jones 1993; Diggle 1985), and the density is 0 outside.

    Raises
    ------
    AnalysisError : no events, a bandwidth that is not positive, an extent without area, a boundary
        that holds no event.

    >>> d = density([0, 100], [0, 0], bandwidth=300, extent=(-500, -500, 600, 500))
    >>> round(d.mass, 3)
    1.0
    """
    xs, ys = read_places(x, y)
    if xs.size == 0:
        raise AnalysisError("Det finns inga händelser.", "There are no events.", "no_events")
    if not (bandwidth > 0 and np.isfinite(bandwidth)):
        raise AnalysisError("bandwidth ska vara större än noll.", "bandwidth must be above zero.")
    if kernel not in ("quartic", "gaussian"):
        raise AnalysisError(f"Okänd kärna: {kernel}.", f"Unknown kernel: {kernel}.")
    grid = _grid(xs, ys, float(bandwidth), extent, shape)
    outside = 0
    if boundary is not None:
        inside = points_in_areas(xs, ys, [boundary]) == 0
        outside = int((~inside).sum())
        xs, ys = xs[inside], ys[inside]
        if xs.size == 0:
            raise AnalysisError(
                "Inga händelser ligger inom gränsen. Har de samma koordinatsystem?",
                "No events lie within the boundary. Are both in the same coordinate system?",
            )
    weight = np.full(xs.size, 1.0 / xs.size)
    if boundary is not None:
        weight /= _share_inside(xs, ys, float(bandwidth), kernel, boundary, grid)
    values, error = _smooth(xs, ys, weight, grid, float(bandwidth), kernel)
    if boundary is not None:
        across, up = np.meshgrid(grid.x, grid.y)
        in_area = points_in_areas(across.ravel(), up.ravel(), [boundary]) == 0
        values = np.where(in_area.reshape(values.shape), values, 0.0)
    mass = float(values.sum()) * grid.dx * grid.dy
    return Density(
        values=values,
        x=grid.x,
        y=grid.y,
        mass=mass,
        error=error,
        events=xs.size,
        parameters={
            "bandwidth": float(bandwidth),
            "extent": (
                grid.left - grid.dx / 2,
                grid.bottom - grid.dy / 2,
                grid.left + (grid.wide - 0.5) * grid.dx,
                grid.bottom + (grid.high - 0.5) * grid.dy,
            ),
            "shape": (grid.high, grid.wide),
            "kernel": kernel,
            "boundary": None if boundary is None else "polygon",
        },
        input_hash=hash_input(xs, ys),
        warnings=(
            *place_cautions(xs, ys),
            *_cautions(mass, outside, grid, float(bandwidth), boundary is not None),
        ),
    )


def _grid(
    x: FloatArray,
    y: FloatArray,
    bandwidth: float,
    extent: tuple[float, float, float, float] | None,
    shape: tuple[int, int],
) -> Grid:
    if extent is None:
        extent = (
            float(x.min()) - bandwidth,
            float(y.min()) - bandwidth,
            float(x.max()) + bandwidth,
            float(y.max()) + bandwidth,
        )
    left, bottom, right, top = (float(v) for v in extent)
    if (right <= left or top <= bottom) and bottom > left and top > right:
        left, right, bottom, top = left, bottom, right, top
    high, wide = (int(v) for v in shape)
    if not (right > left and top > bottom and high > 0 and wide > 0):
        raise AnalysisError(
            "extent ska vara (xmin, ymin, xmax, ymax) med yta, och shape (rader, kolumner).",
            "extent must be (xmin, ymin, xmax, ymax) with an area, and shape (rows, columns).",
        )
    dx, dy = (right - left) / wide, (top - bottom) / high
    return Grid(left + dx / 2, bottom + dy / 2, dx, dy, wide, high)


def _smooth(
    x: FloatArray,
    y: FloatArray,
    weight: FloatArray,
    grid: Grid,
    bandwidth: float,
    kernel: Kernel,
) -> tuple[FloatArray, float]:
    """Weighted sum of kernels at the cell centres, and the largest error of binning there may be.

    Linear binning at steps s adds up to s²/4 to the variance of a kernel along each axis, s²/6 on
    average: at the peak that takes off (2/3)(s/h)² of a quartic one; a gaussian one is narrowed by the
    average first, and errs by (s/h)²/6 at most, when all events lie at one place.
    """
    if kernel == "gaussian":
        if x.size * grid.wide * grid.high <= EXACT_PRODUCTS:
            return _gaussian_sum(x, y, weight, grid, bandwidth), 0.0
        fine = grid.wider(5 * bandwidth).finer(bandwidth / FINE)
        values = _gaussian(_bin(x, y, weight, fine), fine, grid, bandwidth)
        return values, (max(fine.dx, fine.dy) / bandwidth) ** 2 / 6
    reach = (2 * bandwidth / grid.dx + 1) * (2 * bandwidth / grid.dy + 1)
    if x.size * reach <= EXACT_STEPS:
        return _quartic(x, y, weight, grid, bandwidth), 0.0
    fine = grid.wider(bandwidth).finer(bandwidth / FINE)
    values = _convolve_quartic(_bin(x, y, weight, fine), fine, grid, bandwidth)
    return values, 2 / 3 * (max(fine.dx, fine.dy) / bandwidth) ** 2


def _gaussian_sum(
    x: FloatArray, y: FloatArray, weight: FloatArray, grid: Grid, bandwidth: float
) -> FloatArray:
    """Gaussian kernels of the events themselves."""
    across = _bell(grid.x[:, None] - x, bandwidth, 0.0) * weight
    values: FloatArray = _bell(grid.y[:, None] - y, bandwidth, 0.0) @ across.T
    return values


def _quartic(
    x: FloatArray, y: FloatArray, weight: FloatArray, grid: Grid, bandwidth: float
) -> FloatArray:
    add = load("density").add_quartic
    parts = np.zeros((SLICES, grid.high, grid.wide))
    bounds = np.linspace(0, x.size, SLICES + 1).astype(np.int64)

    def one(a: int, b: int) -> None:
        for k in range(a, b):
            add(
                x, y, weight, grid.left, grid.bottom, grid.dx, grid.dy, bandwidth,
                bounds[k], bounds[k + 1], parts[k],
            )  # fmt: skip

    run_slices(one, np.arange(SLICES + 1))
    values: FloatArray = parts.sum(axis=0) * (3 / (math.pi * bandwidth**2))
    return values


def _bin(x: FloatArray, y: FloatArray, weight: FloatArray, grid: Grid) -> FloatArray:
    total: FloatArray = np.zeros((grid.high, grid.wide))
    load("density").spread(
        x, y, weight, grid.left, grid.bottom, grid.dx, grid.dy, total
    )  # fmt: skip
    return total


def _gaussian(total: FloatArray, fine: Grid, grid: Grid, bandwidth: float) -> FloatArray:
    """Gaussian kernels of binned events: one matrix product per direction, nothing cut off."""
    across = _bell(grid.x[:, None] - fine.x, bandwidth, fine.dx)
    up = _bell(grid.y[:, None] - fine.y, bandwidth, fine.dy)
    values: FloatArray = up @ total @ across.T
    return values


def _bell(apart: FloatArray, bandwidth: float, step: float) -> FloatArray:
    # Linear binning widens each kernel by step²/6 on average: take it off again.
    variance = bandwidth**2 - step**2 / 6
    bell: FloatArray = np.exp(-(apart**2) / (2 * variance)) / math.sqrt(2 * math.pi * variance)
    return bell


def _convolve_quartic(total: FloatArray, fine: Grid, grid: Grid, bandwidth: float) -> FloatArray:
    """Quartic kernels of binned events by Fourier transform, read off at the cell centres."""
    a, b = int(bandwidth / fine.dx) + 1, int(bandwidth / fine.dy) + 1
    i, j = np.arange(-a, a + 1) * fine.dx, np.arange(-b, b + 1) * fine.dy
    stencil = np.maximum(0.0, 1 - (i**2 + j[:, None] ** 2) / bandwidth**2) ** 2
    stencil /= stencil.sum() * fine.dx * fine.dy
    size = (total.shape[0] + 2 * b, total.shape[1] + 2 * a)
    product = np.fft.rfft2(total, size) * np.fft.rfft2(stencil, size)
    smooth = np.fft.irfft2(product, size)[b : b + total.shape[0], a : a + total.shape[1]]
    column, row = (grid.x - fine.left) / fine.dx, (grid.y - fine.bottom) / fine.dy
    values: FloatArray = np.maximum(0.0, _between(_between(smooth, row).T, column).T)
    return values


def _between(rows: FloatArray, at: FloatArray) -> FloatArray:
    """Rows at fractional positions, linearly."""
    low = np.clip(np.floor(at + 1e-9).astype(np.int64), 0, len(rows) - 2)
    part = (at - low)[:, None]
    result: FloatArray = rows[low] * (1 - part) + rows[low + 1] * part
    return result


def _share_inside(
    x: FloatArray, y: FloatArray, bandwidth: float, kernel: Kernel, boundary: Any, grid: Grid
) -> FloatArray:
    """Share of each event's kernel that lies within the boundary."""
    left, bottom, right, top = boundary.bounds
    step = min(bandwidth / 6, max(grid.dx, grid.dy))
    step = max(step, math.sqrt((right - left) * (top - bottom) / 1e6))
    wide, high = math.ceil((right - left) / step), math.ceil((top - bottom) / step)
    cover = Grid(left + step / 2, bottom + step / 2, step, step, wide, high)
    across, up = np.meshgrid(cover.x, cover.y)
    inside = points_in_areas(across.ravel(), up.ravel(), [boundary]) == 0
    mask = inside.reshape(high, wide).astype(float) * step * step
    if kernel == "gaussian":
        bell_x = _bell(cover.x[:, None] - cover.x, bandwidth, 0.0)
        share: FloatArray = _bell(cover.y[:, None] - cover.y, bandwidth, 0.0) @ mask @ bell_x.T
    else:
        share = _convolve_quartic(mask, cover, cover, bandwidth)
    column = np.clip(((x - left) / step).astype(np.int64), 0, wide - 1)
    row = np.clip(((y - bottom) / step).astype(np.int64), 0, high - 1)
    clipped: FloatArray = np.clip(share[row, column], 0.1, 1.0)
    return clipped


def _cautions(
    mass: float, outside: int, grid: Grid, bandwidth: float, bounded: bool
) -> Iterator[Words]:
    if outside:
        yield Words(
            f"{outside} händelser ligger utanför gränsen och är inte med.",
            f"{outside} events lie outside the boundary and are left out.",
            "outside",
        )
    if mass < 0.95:
        yield Words(
            f"{100 * (1 - mass):.0f} procent av tätheten ligger utanför kartan.",
            f"{100 * (1 - mass):.0f} per cent of the density lies outside the map.",
            "edge",
        )
    if not bounded:
        yield Words(
            "Vid kommungränsen blir tätheten för låg, för det som händer utanför är inte med. Ange "
            "boundary.",
            "At the border the density comes out too low, since what happens outside is not "
            "included. Give boundary.",
            "edge_not_corrected",
        )
    if bandwidth < max(grid.dx, grid.dy):
        yield Words(
            "Bandbredden är mindre än en ruta. Kartan hoppar då över händelser.",
            "The bandwidth is smaller than a cell. The map then skips events.",
            "coarse_grid",
        )
