"""Seeded chance that comes out the same on every machine and version of Python."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws from ``Random.random`` alone, the one method whose sequence is promised to stay."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed).random

    def below(self, count: int) -> int:
        """A number from 0 up to, not including, ``count``."""
        return int(self.draw() * count)

    def between(self, least: int, most: int) -> int:
        """A number from ``least`` to ``most``, both included."""
        return least + int(self.draw() * (most - least + 1))

    def percent(self, share: float) -> bool:
        """True in ``share`` of a hundred cases."""
        return self.draw() * 100 < share

    def pick(self, options: Sequence[T]) -> T:
        """One of ``options``."""
        return options[int(self.draw() * len(options))]

    def take(self, pool: list[T]) -> T:
        """One of ``pool``, taken out of it; the order of what is left changes."""
        at = int(self.draw() * len(pool))
        pool[at], pool[-1] = pool[-1], pool[at]
        return pool.pop()

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All of ``items`` in another order."""
        pool = list(items)
        return [self.take(pool) for _ in items]

    def of(self, table: Sequence[tuple[int, T]]) -> T:
        """One entry of a table of (weight, entry)."""
        left = int(self.draw() * sum(weight for weight, _ in table))
        for weight, entry in table:
            left -= weight
            if left < 0:
                return entry
        raise ValueError("the table has no weight")


def share(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` divided in whole numbers as ``weights`` say, by largest remainders."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    rest = total - sum(parts)
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[:rest]:
        parts[i] += 1
    return parts


def spread(total: int, weights: Sequence[int], least: int) -> list[int]:
    """Like ``share``, but nobody gets less than ``least``."""
    rest = total - least * len(weights)
    if rest < 0:
        raise ValueError(f"{total} is too little to give {least} to each of {len(weights)}")
    return [least + part for part in share(rest, weights)]
