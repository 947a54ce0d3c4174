"""What every analysis gives back, how it speaks, and how it reads the columns it is given.

A result is a frozen dataclass that carries its own provenance (parameters, seed, code version, hash
of the input) and its own cautions (`warnings`). Where an answer would mislead, the function raises
`AnalysisError`, whose message says what is wrong and what to do.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt

from samsyn import __version__

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

SECONDS_PER_DAY = 86_400


class Words(str):
    """One sentence in two languages. The text itself is the Swedish one.

    Parameters
    ----------
    sv, en : the sentence in Swedish and in English.
    code : short stable name of what is said, for tests and for programs that decide on it.
    """

    sv: str
    en: str
    code: str

    def __new__(cls, sv: str, en: str, code: str = "") -> Words:
        words = super().__new__(cls, sv)
        words.sv, words.en, words.code = sv, en, code
        return words

    def __getnewargs__(self) -> tuple[str, str, str]:  # type: ignore[override]
        return self.sv, self.en, self.code

    def to_dict(self) -> dict[str, str]:
        return {"code": self.code, "sv": self.sv, "en": self.en}


class AnalysisError(ValueError):
    """The question cannot be answered from this input. The message says why and what to do.

    `words` holds the same message as `Words`, in Swedish and English.
    """

    words: Words

    def __init__(self, sv: str, en: str | None = None, code: str = "") -> None:
        self.words = Words(sv, en if en is not None else sv, code)
        super().__init__(sv if en is None else f"{sv} / {en}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.words.sv, self.words.en, self.words.code)


def hash_input(*arrays: npt.ArrayLike | None) -> str:
    """Hash of the input as read, so that a stored result can be tied to what it was made from."""
    digest = hashlib.blake2b(digest_size=16)
    for array in arrays:
        if array is None:
            digest.update(b"none;")
            continue
        values = np.ascontiguousarray(array)
        digest.update(f"{values.dtype.str}{values.shape};".encode())
        digest.update(
            values.data.cast("B") if values.dtype.kind not in "mMOU" else values.tobytes()
        )
    return digest.hexdigest()


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Result:
    """Base of every result. Subclasses add the figures; these fields say where they come from."""

    parameters: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    seed: int | None = None
    warnings: tuple[Words, ...] = ()
    input_hash: str | None = None
    code_version: str = __version__

    def to_dict(self) -> dict[str, Any]:
        """The whole result as plain Python values that JSON can hold.

        Arrays become lists, times ISO text; what is not a finite number becomes None.
        """
        content = {f.name: plain(getattr(self, f.name)) for f in dataclasses.fields(self)}
        return {"method": type(self).__name__, **content}

    def _repr_html_(self) -> str:
        """A table for notebooks: each figure, then the cautions."""
        hidden = {"parameters", "seed", "warnings", "input_hash", "code_version"}
        rows = "".join(
            f"<tr><th>{escape(f.name)}</th><td>{_cell(getattr(self, f.name))}</td></tr>"
            for f in dataclasses.fields(self)
            if f.name not in hidden and not f.name.startswith("_")
        )
        cautions = "".join(f"<li>{escape(str(w))}</li>" for w in self.warnings)
        listed = f"<ul>{cautions}</ul>" if cautions else ""
        settings = ", ".join(f"{k}={_short(v)}" for k, v in self.parameters.items())
        seed = "" if self.seed is None else f", seed={self.seed}"
        foot = escape(f"{settings}{seed} · samsyn {self.code_version}")
        name = escape(type(self).__name__)
        return (
            f"<table><caption>{name}</caption><tbody>{rows}</tbody></table>"
            f"{listed}<p><small>{foot}</small></p>"
        )


def plain(value: Any) -> Any:
    """`value` as Python values that JSON can hold. Infinite and missing numbers become None."""
    if isinstance(value, Words):
        return value.to_dict()
    if isinstance(value, Result):
        return value.to_dict()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, np.ndarray):
        return [plain(v) for v in (value if value.dtype.kind == "M" else value.tolist())]
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value)
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, str | int | bool) or value is None:
        return value
    if isinstance(value, Iterable):
        return [plain(v) for v in value]
    return str(value)


def _short(value: Any) -> str:
    text = repr(value) if not isinstance(value, str) else value
    return text if len(text) <= 60 else text[:57] + "…"


def _cell(value: Any) -> str:
    if isinstance(value, float | np.floating):
        return f"{value:.6g}"
    if isinstance(value, np.ndarray) and value.size <= 64 and value.ndim <= 2 and value.ndim > 0:
        if value.dtype.kind == "f":
            shown = [[f"{v:.4g}" for v in row] for row in np.atleast_2d(value)]
        else:
            shown = [[escape(str(v)) for v in row] for row in np.atleast_2d(value)]
        body = "".join("<tr>" + "".join(f"<td>{v}</td>" for v in r) + "</tr>" for r in shown)
        return f"<table>{body}</table>"
    if isinstance(value, np.ndarray):
        return escape(f"array {value.shape}")
    if isinstance(value, Result):
        return value._repr_html_()
    if isinstance(value, tuple | list) and len(value) > 12:
        return escape(f"{len(value)} items")
    return escape(str(value))


# --- Reading columns -----------------------------------------------------------------------------


def _raw(values: Any, name: str) -> npt.NDArray[Any]:
    """`values` as a numpy array, from a list or a column of pandas, polars or geopandas."""
    if values is None or isinstance(values, str | bytes | Mapping):
        raise AnalysisError(
            f"{name} ska vara en kolumn med värden.", f"{name} must be a column of values."
        )
    if str(getattr(values, "dtype", "")) == "geometry":
        return _ordinate(values, name)
    if hasattr(values, "columns") and hasattr(values, "shape"):
        raise AnalysisError(
            f"{name} är en hel tabell. Ange en kolumn, till exempel df['{name}'].",
            f"{name} is a whole table. Give one column, such as df['{name}'].",
        )
    if hasattr(values, "to_numpy"):
        return np.asarray(values.to_numpy())
    if isinstance(values, np.ma.MaskedArray):
        return np.asarray(values.filled(np.nan) if values.dtype.kind == "f" else values.tolist())
    if isinstance(values, np.ndarray):
        return values
    if not isinstance(values, Sequence) and isinstance(values, Iterable):
        values = list(values)
    return np.asarray(values)


def _ordinate(points: Any, name: str) -> npt.NDArray[Any]:
    """x or y, by the name of the argument, of a geopandas column of points in metres."""
    crs = getattr(points, "crs", None)
    if crs is not None and crs.is_geographic:
        raise AnalysisError(
            "Koordinaterna är grader. Räkna om till meter med to_sweref99.",
            "The coordinates are degrees. Convert to metres with to_sweref99.",
        )
    return np.asarray(points.y if name == "y" else points.x)


def column(values: Any, name: str, *, missing: bool = False) -> FloatArray:
    """One column of numbers as a one-dimensional float array.

    Parameters
    ----------
    values : list, numpy array, or column of pandas, polars or geopandas.
    name : the argument's name, used in errors; for a column of points "y" gives y, else x.
    missing : whether NaN may stand in the column.

    Raises
    ------
    AnalysisError : not one-dimensional, not numbers, infinite, or missing values.
    """
    array = np.asarray(_raw(values, name))
    if array.ndim != 1:
        raise AnalysisError(
            f"{name} ska ha en dimension men har {array.ndim}.",
            f"{name} must have one dimension but has {array.ndim}.",
        )
    return numbers(array, name, missing=missing)


def numbers(values: Any, name: str, *, missing: bool = False) -> FloatArray:
    """Numbers of any shape as a float array; see `column` for what is refused."""
    array = _raw(values, name)
    if array.dtype.kind not in "biuf":
        array = _from_objects(array, name)
    result = np.asarray(array, dtype=np.float64, order="C")
    if np.isinf(result).any():
        raise AnalysisError(f"{name} har oändliga värden.", f"{name} has infinite values.")
    if not missing and np.isnan(result).any():
        count = int(np.isnan(result).sum())
        raise AnalysisError(
            f"{name} saknar värde på {count} rader. Ta bort eller fyll i dem först.",
            f"{name} lacks a value in {count} rows. Remove or fill them first.",
        )
    return result


def _from_objects(array: npt.NDArray[Any], name: str) -> FloatArray:
    if array.dtype.kind == "O":
        try:
            return np.array(
                [np.nan if _absent(v) else float(v) for v in array.ravel()], dtype=np.float64
            ).reshape(array.shape)
        except (TypeError, ValueError):
            pass
    if array.size == 0:
        return np.zeros(array.shape, dtype=np.float64)
    raise AnalysisError(
        f"{name} ska vara tal, men innehåller annat.",
        f"{name} must be numbers, but holds something else.",
    )


def _absent(value: Any) -> bool:
    return value is None or type(value).__name__ in ("NAType", "NaTType")


def columns(**named: Any) -> tuple[FloatArray, ...]:
    """Several columns of numbers of equal length, in the order given."""
    read = tuple(column(v, k) for k, v in named.items())
    same_length(dict(zip(named, read, strict=True)))
    return read


def same_length(named: Mapping[str, npt.NDArray[Any]]) -> None:
    """Refuse columns of unequal length, naming each with its length."""
    if len({len(a) for a in named.values()}) > 1:
        lengths = ", ".join(f"{k}: {len(a)}" for k, a in named.items())
        raise AnalysisError(
            f"Kolumnerna är olika långa ({lengths}).", f"The columns differ in length ({lengths})."
        )


def counts(values: Any, name: str) -> FloatArray:
    """Counts (whole numbers, not negative) of any shape, as floats."""
    array = numbers(values, name)
    if (array < 0).any() or (array != np.floor(array)).any():
        raise AnalysisError(
            f"{name} ska vara antal: hela tal, aldrig under noll.",
            f"{name} must be counts: whole numbers, never below zero.",
        )
    return array


def times(values: Any, name: str, *, missing: bool = False) -> npt.NDArray[np.datetime64]:
    """A column of points in time as datetime64 in microseconds, without time zone.

    Aware times (pandas, polars, Python) are turned to UTC. Text must be ISO 8601.

    Raises
    ------
    AnalysisError : not times, or missing ones where `missing` is false.
    """
    array = _raw(values, name)
    if array.dtype.kind == "O":
        array = np.array([_naive(v, name) for v in array.ravel()], dtype="datetime64[us]")
    try:
        result = array.astype("datetime64[us]") if array.dtype.kind in "MUS" else None
    except ValueError:
        result = None
    if array.size == 0:
        result = np.zeros(0, dtype="datetime64[us]")
    if result is None or result.ndim != 1:
        raise AnalysisError(
            f"{name} ska vara tidpunkter (datum eller datum och klockslag).",
            f"{name} must be points in time (dates, or dates with time of day).",
        )
    if not missing and np.isnat(result).any():
        count = int(np.isnat(result).sum())
        raise AnalysisError(
            f"{name} saknar tidpunkt på {count} rader.", f"{name} lacks a time in {count} rows."
        )
    return result


def _naive(value: Any, name: str) -> Any:
    if _absent(value):
        return np.datetime64("NaT")
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return np.datetime64(value.astimezone(dt.UTC).replace(tzinfo=None))
    if isinstance(value, dt.date | np.datetime64 | str):
        return np.datetime64(value)
    raise AnalysisError(f"{name} ska vara tidpunkter.", f"{name} must be points in time.")


def days(values: Any, name: str = "t") -> FloatArray:
    """Times as float days: numbers as they are, points in time as days since 1970-01-01."""
    array = _raw(values, name)
    if array.dtype.kind in "biuf" or (
        array.dtype.kind == "O" and array.size and not _looks_like_time(array)
    ):
        return column(array, name)
    return times(values, name).astype(np.int64) / (SECONDS_PER_DAY * 1e6)


def _looks_like_time(array: npt.NDArray[Any]) -> bool:
    return any(isinstance(v, dt.date | np.datetime64 | str) for v in array.ravel()[:100])


def generator(seed: int | None) -> np.random.Generator:
    """The one source of randomness; the same seed gives the same answer for any number of threads."""
    if seed is None or isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise AnalysisError(
            "Ange seed: ett helt tal, noll eller större, så att svaret kan räknas om.",
            "Give seed: a whole number, zero or more, so that the answer can be recomputed.",
        )
    return np.random.Generator(np.random.PCG64(int(seed)))


def share(value: float, name: str) -> float:
    """A share strictly between 0 and 1, such as a confidence level."""
    if not 0 < value < 1:
        raise AnalysisError(
            f"{name} ska ligga mellan 0 och 1.", f"{name} must lie between 0 and 1."
        )
    return float(value)
