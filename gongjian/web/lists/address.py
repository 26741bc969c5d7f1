"""The address of a list: all that a list shows is in it, and every link is made from it."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

PAGING: Final = frozenset({"after", "before", "further"})
MOMENT: Final = frozenset({"at", "known"})

Pair = tuple[str, str]


class Address:
    """The parameters of a list, empty ones left out."""

    def __init__(self, path: str, query: QueryDict) -> None:
        self.path = path
        self.pairs: list[Pair] = [
            (name, value) for name in query for value in query.getlist(name) if value.strip()
        ]

    def to(self, **changed: str | None) -> str:
        """The same list with some parameters set anew or, with None, taken away, at its start."""
        gone = PAGING | changed.keys()
        pairs = [pair for pair in self.pairs if pair[0] not in gone]
        return self._said([*pairs, *((k, v) for k, v in changed.items() if v is not None)])

    def without(self, pairs: Iterable[Pair]) -> str:
        """The same list without some values of parameters."""
        gone = set(pairs)
        return self._said(p for p in self.pairs if p not in gone and p[0] not in PAGING)

    def without_names(self, names: Iterable[str]) -> str:
        """The same list without some parameters."""
        gone = PAGING | set(names)
        return self._said(pair for pair in self.pairs if pair[0] not in gone)

    def kept(self, *, besides: Iterable[str] = ()) -> list[Pair]:
        """What a form must carry along that sets the parameters ``besides`` itself."""
        gone = PAGING | set(besides)
        return [pair for pair in self.pairs if pair[0] not in gone]

    def lasting(self) -> str:
        """The query string without the day, the knowledge and the page: what a view keeps."""
        return urlencode([p for p in self.pairs if p[0] not in PAGING | MOMENT])

    def query(self) -> str:
        """The query string of the list as it is, without the page."""
        return urlencode([p for p in self.pairs if p[0] not in PAGING])

    def _said(self, pairs: Iterable[Pair]) -> str:
        query = urlencode(list(pairs))
        return f"{self.path}?{query}" if query else self.path
