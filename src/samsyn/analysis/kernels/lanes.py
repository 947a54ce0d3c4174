"""Two innermost loops written for vector units: 32 or 64 small counters in registers at a time.

Plain loops compile to the right instructions, but the compiler cannot know that the arrays do not
overlap and checks it over and over, which costs more than the counting. These intrinsics state the
vectors themselves. They are ordinary LLVM vectors, so every processor that numba knows runs them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.core.errors import TypingError
from numba.extending import intrinsic

# numba's stubs keep the compiler's own first argument, which callers do not give.
vectors: Callable[[Any], Callable[..., Any]] = intrinsic

COUNTERS = 64
"""Replicates counted side by side."""

WINDOWS = 32
"""Windows compared side by side."""

_SHORT = ir.IntType(16)


def _pointer(context: Any, builder: Any, kind: Any, array: Any, *index: Any) -> Any:
    """Address of array[index], for a C-contiguous array."""
    view = context.make_array(kind)(context, builder, array)
    shape = cgutils.unpack_tuple(builder, view.shape)  # type: ignore[no-untyped-call]
    offset = index[0]
    for size, further in zip(shape[1:], index[1:], strict=True):
        offset = builder.add(builder.mul(offset, size), further)
    return builder.gep(view.data, [offset])


def _load(builder: Any, pointer: Any, lanes: int) -> Any:
    vector = ir.VectorType(_SHORT, lanes)
    return builder.load(builder.bitcast(pointer, vector.as_pointer()), align=2)


def _store(builder: Any, vector: Any, pointer: Any) -> None:
    builder.store(vector, builder.bitcast(pointer, vector.type.as_pointer()), align=2)


def _spread(builder: Any, number: Any, lanes: int) -> Any:
    """The number in every lane."""
    vector = ir.VectorType(_SHORT, lanes)
    single = builder.insert_element(
        ir.Constant(vector, ir.Undefined), builder.trunc(number, _SHORT), ir.IntType(32)(0)
    )
    mask = ir.Constant(ir.VectorType(ir.IntType(32), lanes), [0] * lanes)
    return builder.shuffle_vector(single, ir.Constant(vector, ir.Undefined), mask)


def _check_short(*arrays: Any) -> None:
    if not all(a.dtype == types.uint16 and a.layout == "C" for a in arrays):
        raise TypingError("lanes hold uint16 in C order")


def _count_within(limits: int) -> Callable[..., Any]:
    """Counts pairs within `limits` limits at once: all share the times that are loaded.

    The intrinsic takes (times, event, column, pairs, begin, end, most, first, sums) and does, for 64
    replicates r and each limit k from `first` on: sums[k, column + r] += pairs (event, pairs[begin:end])
    at most most[k] apart. One unsigned comparison each: |a − b| ≤ m just when
    (b − a + m) mod 2^16 ≤ 2m.
    """

    def count(
        typingctx: Any,
        times: Any,
        event: Any,
        column: Any,
        pairs: Any,
        begin: Any,
        end: Any,
        most: Any,
        first: Any,
        sums: Any,
    ) -> Any:
        _check_short(times, sums)

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            kinds = signature.args
            times_, event_, column_, pairs_, begin_, end_, most_, first_, sums_ = arguments
            one = begin_.type(1)

            def lanes_of(event: Any) -> Any:
                at = _pointer(context, builder, kinds[0], times_, event, column_)
                return _load(builder, at, COUNTERS)

            mine = lanes_of(event_)
            shifts, spans, totals, kept = [], [], [], []
            for k in range(limits):
                row = builder.add(first_, first_.type(k))
                limit = builder.load(_pointer(context, builder, kinds[6], most_, row))
                total = _pointer(context, builder, kinds[8], sums_, row, column_)
                start = _load(builder, total, COUNTERS)
                shifts.append(builder.sub(_spread(builder, limit, COUNTERS), mine))
                spans.append(_spread(builder, builder.shl(limit, one), COUNTERS))
                totals.append(total)
                kept.append(cgutils.alloca_once_value(builder, start))  # type: ignore[no-untyped-call]
            with cgutils.for_range_slice(builder, begin_, end_, one, one.type) as (q, _):
                other = builder.load(_pointer(context, builder, kinds[3], pairs_, q))
                theirs = lanes_of(builder.sext(other, one.type))
                for shift, span, sum_ in zip(shifts, spans, kept, strict=True):
                    close = builder.icmp_unsigned("<=", builder.add(theirs, shift), span)
                    hit = builder.zext(close, mine.type)
                    builder.store(builder.add(builder.load(sum_), hit), sum_)
            for sum_, total in zip(kept, totals, strict=True):
                _store(builder, builder.load(sum_), total)
            return context.get_dummy_value()

        i = types.int64
        return types.void(times, i, i, pairs, i, i, most, i, sums), generate

    return vectors(count)


count_within_one = _count_within(1)
count_within_four = _count_within(4)


@vectors
def add_and_compare(
    typingctx: Any, cases: Any, recent: Any, row: Any, need: Any, circle: Any, column: Any
) -> Any:
    """cases[column:] += recent[row, column:] for 32 windows; whether any reaches need[circle]."""
    _check_short(cases, recent, need)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        cases_, recent_, row_, need_, circle_, column_ = arguments
        kinds = signature.args
        total = _pointer(context, builder, kinds[0], cases_, column_)
        added = _load(
            builder, _pointer(context, builder, kinds[1], recent_, row_, column_), WINDOWS
        )
        wanted = _load(
            builder, _pointer(context, builder, kinds[3], need_, circle_, column_), WINDOWS
        )
        found = builder.add(_load(builder, total, WINDOWS), added)
        _store(builder, found, total)
        reached = builder.bitcast(builder.icmp_unsigned(">=", found, wanted), ir.IntType(WINDOWS))
        return builder.icmp_unsigned("!=", reached, reached.type(0))

    i = types.int64
    return types.boolean(cases, recent, i, need, i, i), generate
