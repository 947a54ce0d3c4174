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

TILE = 8
"""Side of the tiles in which rows are turned into columns."""

_SHORT = ir.IntType(16)
_BLOCKS = ("walk.head", "walk.body", "walk.step", "walk.leave")


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
def first_reached(
    typingctx: Any,
    other: Any,
    slot: Any,
    recent: Any,
    row: Any,
    need: Any,
    column: Any,
    begin: Any,
    end: Any,
    cases: Any,
) -> Any:
    """Walk q from begin to end, adding recent[slot[other[q]], column:] to 32 windows of `cases`.

    Stops at the first q where any window reaches need[row[q], column:], and returns it; else end.
    Most places have nothing recent; adding their empty row is faster than asking.
    """
    _check_short(recent, need, cases)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kinds = signature.args
        other_, slot_, recent_, row_, need_, column_, begin_, end_, cases_ = arguments
        long = begin_.type

        def number(kind: Any, array: Any, index: Any) -> Any:
            return builder.sext(builder.load(_pointer(context, builder, kind, array, index)), long)

        def lanes_of(kind: Any, array: Any, index: Any) -> Any:
            at = _pointer(context, builder, kind, array, index, column_)
            return _load(builder, at, WINDOWS)

        kept_at = _pointer(context, builder, kinds[8], cases_, column_)
        start = _load(builder, kept_at, WINDOWS)
        before = builder.block
        head, body, step, leave = (builder.append_basic_block(n) for n in _BLOCKS)
        builder.branch(head)
        builder.position_at_end(head)
        q, total = builder.phi(long), builder.phi(start.type)
        builder.cbranch(builder.icmp_signed("<", q, end_), body, leave)
        builder.position_at_end(body)
        place = number(kinds[1], slot_, number(kinds[0], other_, q))
        found = builder.add(total, lanes_of(kinds[2], recent_, place))
        wanted = lanes_of(kinds[4], need_, number(kinds[3], row_, q))
        reached = builder.bitcast(builder.icmp_unsigned(">=", found, wanted), ir.IntType(WINDOWS))
        builder.cbranch(builder.icmp_unsigned("!=", reached, reached.type(0)), leave, step)
        builder.position_at_end(step)
        following = builder.add(q, long(1))
        builder.branch(head)
        q.add_incoming(begin_, before)
        q.add_incoming(following, step)
        total.add_incoming(start, before)
        total.add_incoming(found, step)
        builder.position_at_end(leave)
        last = builder.phi(start.type)
        last.add_incoming(total, head)
        last.add_incoming(found, body)
        _store(builder, last, kept_at)
        return q

    i = types.int64
    return i(other, slot, recent, row, need, i, i, i, cases), generate


@vectors
def turn_tile(typingctx: Any, rows: Any, row: Any, columns: Any, event: Any) -> Any:
    """columns[event + e, row + r] = rows[row + r, event + e] for 8 × 8 elements at a time."""
    _check_short(rows, columns)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kinds = signature.args
        rows_, row_, columns_, event_ = arguments
        read = []
        for r in range(TILE):
            at = builder.add(row_, row_.type(r))
            read.append(
                _load(builder, _pointer(context, builder, kinds[0], rows_, at, event_), TILE)
            )
        while len(read) > 1:
            wide = 2 * read[0].type.count
            read = [
                _pick(builder, a, b, range(wide))
                for a, b in zip(read[::2], read[1::2], strict=True)
            ]
        tile = read[0]
        for e in range(TILE):
            at = builder.add(event_, event_.type(e))
            column = _pick(builder, tile, tile, range(e, TILE * TILE, TILE))
            _store(builder, column, _pointer(context, builder, kinds[2], columns_, at, row_))
        return context.get_dummy_value()

    i = types.int64
    return types.void(rows, i, columns, i), generate


def _pick(builder: Any, a: Any, b: Any, lanes: Any) -> Any:
    """The numbered lanes of a and b, one after the other."""
    order = list(lanes)
    mask = ir.Constant(ir.VectorType(ir.IntType(32), len(order)), order)
    return builder.shuffle_vector(a, b, mask)
