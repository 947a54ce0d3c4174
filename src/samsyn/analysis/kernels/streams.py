"""Random numbers that do not depend on who draws them.

Each replicate has a key; its i-th number is a hash of key and i (SplitMix64: Steele, Lea & Flood,
"Fast splittable pseudorandom number generators", OOPSLA 2014). Compiled kernels and numpy draw the
same numbers, in any order and on any number of threads.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

GAMMA = 0x9E3779B97F4A7C15
FIRST = 0xBF58476D1CE4E5B9
SECOND = 0x94D049BB133111EB

Words64 = npt.NDArray[np.uint64]


def stream_keys(seed: int, replicates: int) -> Words64:
    """One 64-bit key per replicate; a longer list begins with the shorter one."""
    keys = np.random.SeedSequence(seed).generate_state(max(replicates, 1), np.uint64)
    return keys[:replicates].astype(np.uint64)


def numbers(keys: Words64, position: int) -> Words64:
    """Random 64-bit number `position` (1, 2, …) of each stream."""
    z = keys + np.uint64((position * GAMMA) % 2**64)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(FIRST)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(SECOND)
    mixed: Words64 = z ^ (z >> np.uint64(31))
    return mixed


def range_bits(size: int) -> int:
    """Bits that hold `size`: a draw below it takes the upper 64 − bits of a number, bias < 2^(2·bits−64)."""
    return int(size).bit_length()


def below(numbers: Words64, bound: int, bits: int) -> npt.NDArray[np.int64]:
    """Random whole numbers 0 … bound − 1, for bound ≤ 2^bits."""
    scaled = ((numbers >> np.uint64(bits)) * np.uint64(bound)) >> np.uint64(64 - bits)
    return scaled.astype(np.int64)
