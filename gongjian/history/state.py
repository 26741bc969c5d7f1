"""States of the record: what answers worked out from it may be kept under."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, Final, NamedTuple, ParamSpec, Protocol, TypeVar, TypeVarTuple, cast

from gongjian.history import sql
from gongjian.history.shapes import SHAPES

_P = ParamSpec("_P")
_T_co = TypeVar("_T_co", covariant=True)
_R = TypeVar("_R")
_Ts = TypeVarTuple("_Ts")


class State(NamedTuple):
    """The record up to ``change``; ``digest`` tells it from the same number of another history.

    Nothing that happens later alters what was known in a state, so an answer kept under it
    stays right for ever.
    """

    change: int
    digest: str


class Kept(Protocol[_P, _T_co]):
    """A function whose answers are kept; asked under what they follow from."""

    def __call__(self, state: Hashable, /, *args: _P.args, **more: _P.kwargs) -> _T_co: ...

    def cache_clear(self) -> None:
        """Forget all answers."""


_KEPT: Final = 64
"""Answers kept of which state touched what: of one state of now, and of past ones asked about."""

_Seen = dict[tuple[Any, ...], Any]
_seen: ContextVar[_Seen | None] = ContextVar("states_seen", default=None)

HEAD: Final = (
    "SELECT h.change, COALESCE(r.digest, h.digest) AS digest FROM history_head h"
    " LEFT JOIN history_trailrecord r ON r.change = h.change WHERE h.id = 1"
)
"""The question for the state of now: one row, always."""


def latest() -> State:
    """The state of now."""
    return once(_read, (), None)


def afresh() -> State:
    """The state of now, asked for anew even within a steady moment.

    For whoever reads what is believed now, and must see whether a change came between.
    """
    return State._make(sql.fetch_often(HEAD)[0])


def touching(*slugs: str, known_at: int | None = None) -> State:
    """The newest state, at ``known_at`` or before, in which any of these ledgers was changed.

    What is read of nothing but these ledgers is the same in every state from there to
    ``known_at``. Change 0 where none was touched yet.
    """
    return once(_read, slugs, known_at)


def keep_answers(most: int) -> Callable[[Callable[_P, _T_co]], Kept[_P, _T_co]]:
    """Decorate a function that reads the record to keep its last ``most`` answers by process.

    It is then called with one argument more, the first: what, beside its own arguments, the
    answer follows from. That is the state of what it reads, in a tuple with whatever else it
    looks at. Arguments are hashable and named by their place.
    """

    def wrap(answer: Callable[_P, _T_co]) -> Kept[_P, _T_co]:
        @lru_cache(maxsize=most)
        @wraps(answer)
        def under(_state: Hashable, /, *args: _P.args, **more: _P.kwargs) -> _T_co:
            return answer(*args, **more)

        return cast("Kept[_P, _T_co]", under)

    return wrap


@contextmanager
def steady(now: State | None = None) -> Iterator[None]:
    """Within it the record is asked for its state once: all that is read is of one moment.

    ``now`` is that state, where it was just read with something else. For reading only: whoever
    writes must see what others wrote before the lock was had.
    """
    token = _seen.set({} if now is None else {(_read, (), None): now})
    try:
        yield
    finally:
        _seen.reset(token)


@contextmanager
def one_moment() -> Iterator[None]:
    """One view of the database and a steady moment of its state: nothing read within it moves on.

    Inside a transaction of somebody else's it is that one's view: one that holds the head's lock.
    """
    with sql.one_view(), steady():
        yield


def once(ask: Callable[[*_Ts], _R], *asked: *_Ts) -> _R:
    """The answer of ``ask``, which only reads: within a steady moment it is asked for once."""
    seen = _seen.get()
    if seen is None:
        return ask(*asked)
    key = ask, *asked
    if key not in seen:
        seen[key] = ask(*asked)
    found: _R = seen[key]
    return found


def at_hand(answer: _R, ask: Callable[[*_Ts], _R], *asked: *_Ts) -> None:
    """Within a steady moment ``ask`` need not be asked: its answer was read with something else."""
    seen = _seen.get()
    if seen is not None:
        seen[ask, *asked] = answer


def _read(slugs: tuple[str, ...], known_at: int | None) -> State:
    return _touching(slugs, known_at, latest()) if slugs else afresh()


@lru_cache(maxsize=_KEPT)
def _touching(slugs: tuple[str, ...], known_at: int | None, now: State) -> State:
    # Rows of a change not yet sealed are not known: the head names the newest that is.
    known = now.change if known_at is None else min(now.change, known_at)
    touched = []
    for slug in slugs:
        for column in ("added_in", "removed_in"):
            table = SHAPES[slug].table
            touched.append(f'SELECT MAX({column}) AS change FROM "{table}" WHERE {column} <= %s')
    # A change whose link somebody took away stands under the newest link there is.
    query = (
        "SELECT t.change, COALESCE(r.digest, h.digest) FROM history_head h"
        f" CROSS JOIN (SELECT MAX(a.change) AS change FROM ({' UNION ALL '.join(touched)}) a) t"
        " LEFT JOIN history_trailrecord r ON r.change = t.change WHERE h.id = 1"
    )
    change, digest = sql.fetch(query, [known] * len(touched))[0]
    return State(0, "") if change is None else State(change, digest)
