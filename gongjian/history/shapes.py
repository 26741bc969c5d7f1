"""The shape of a version table: which columns it has and how each of them moves in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from gongjian.history.models import Entry, Version

FRAME = ("valid_from", "valid_to", "opened", "stated")
"""The columns that place a version on the days, in the order of a version tuple."""


class Secret:
    """A value that is stored encrypted and compared by its keyed hash.

    ``blind`` is the hash in hex, ``sealed`` the ciphertext once there is one, ``plain`` the text while
    it is at hand. Two secrets are equal when their hashes are.
    """

    __slots__ = ("blind", "plain", "sealed")

    def __init__(self, blind: str, sealed: bytes | None = None, plain: str | None = None) -> None:
        self.blind = blind
        self.sealed = sealed
        self.plain = plain

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.blind == other.blind

    def __hash__(self) -> int:
        return hash(self.blind)

    def __repr__(self) -> str:
        return "Secret(…)"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Columns of one ledger's version table.

    dated   fields whose value holds from a day on, each on its own (bit *i* of ``stated``;
            append new ones at the end, never reorder)
    whole   fields that are facts of the whole entry: a correction replaces them everywhere
    ending  fields that belong to the end of a period and stand on its last version only
    secret  those of the fields that are stored as two columns, ``X_blind`` and ``X_sealed``
    refs    database column → slug of the ledger it refers to
    """

    slug: str
    entry_model: type[Entry]
    version_model: type[Version]
    dated: tuple[str, ...]
    whole: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    secret: frozenset[str] = frozenset()
    refs: dict[str, str] = field(default_factory=dict)
    keys: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """All value fields in the order of a version tuple after its frame."""
        return self.dated + self.whole + self.ending

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Database columns of ``fields``: references end in ``_id``, secrets are two."""
        return tuple(c for f in self.fields for c in self.columns_of(f))

    def columns_of(self, name: str) -> tuple[str, ...]:
        """Database columns of one field."""
        if name in self.secret:
            return (f"{name}_blind", f"{name}_sealed")
        column = getattr(self.version_model._meta.get_field(name), "column", None)
        if column is None:
            raise ValueError(f"{name!r} of {self.slug!r} is no column")
        return (str(column),)

    @cached_property
    def table(self) -> str:
        return self.version_model._meta.db_table

    @cached_property
    def entry_table(self) -> str:
        return self.entry_model._meta.db_table

    @cached_property
    def bits(self) -> dict[str, int]:
        """Dated field → its bit in ``stated``."""
        return {name: 1 << i for i, name in enumerate(self.dated)}

    def refs_itself(self, name: str) -> bool:
        """Does this field refer to an entry of the same ledger?"""
        return self.refs.get(self.columns_of(name)[0]) == self.slug

    @cached_property
    def _secret_places(self) -> tuple[int, ...]:
        """Places of the secrets among ``fields``, last first: each grows into two or shrinks."""
        return tuple(at for at, name in enumerate(self.fields) if name in self.secret)[::-1]

    def pack(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """Values by field → values by database column."""
        if not self.secret:
            return values
        packed = list(values)
        for at in self._secret_places:
            value = packed[at]
            packed[at : at + 1] = (None, None) if value is None else (value.blind, value.sealed)
        return tuple(packed)

    def unpack(self, stored: Sequence[Any]) -> tuple[Any, ...]:
        """Values by database column → values by field."""
        values = list(stored)
        places = self._secret_places
        for i, at in enumerate(places):
            first = at + len(places) - 1 - i  # those before it still stand in two columns each
            values[first : first + 2] = (_secret(*values[first : first + 2]),)
        return tuple(values)


def _secret(blind: str | None, sealed: bytes | None) -> Secret | None:
    return None if blind is None else Secret(blind, bytes(sealed or b""))


class _Catalog:
    """Every shape by slug, in the order of declaration."""

    def __init__(self) -> None:
        self._shapes: dict[str, Shape] = {}

    def register(self, shape: Shape) -> Shape:
        """Add a shape; a second one of the same slug is our own mistake."""
        if shape.slug in self._shapes:
            raise ValueError(f"ledger {shape.slug!r} is declared twice")
        self._shapes[shape.slug] = shape
        return shape

    def __iter__(self) -> Iterator[Shape]:
        return iter(self._shapes.values())

    def __getitem__(self, slug: str) -> Shape:
        return self._shapes[slug]


SHAPES = _Catalog()
