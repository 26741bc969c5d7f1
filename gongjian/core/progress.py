"""How far a long piece of work is: on stderr, and to whoever listens."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Thread
from types import TracebackType
from typing import Final, NoReturn, Protocol, Self

from tqdm import tqdm


class Listener(Protocol):
    """Hears of every piece of work that begins, moves and ends while it listens.

    It is called at each step and must be quick. A Refused that it raises ends the work.
    """

    def begin(self, label: str, total: int | None) -> None:
        """A piece of work begins, inside the one before it if that has not ended."""

    def advance(self, n: int) -> None:
        """The innermost piece of work came `n` steps further."""

    def end(self) -> None:
        """The innermost piece of work is over, well or badly."""


_LISTENER: Final[ContextVar[Listener | None]] = ContextVar("progress_listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Everything this thread reports inside goes to `listener` too."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


_PATIENCE: Final = 2.0  # seconds of work before anything is shown
_TICK: Final = 0.5  # seconds between two looks at the clock where no step is counted


class Progress:
    """Context manager that shows how far work is once it lasts over two seconds.

    `total` is the number of steps; where it is None no step is counted and the
    seconds so far are shown. Nothing is shown where stderr is no terminal,
    unless `always`.
    """

    def __init__(self, total: int | None, label: str, *, always: bool = False) -> None:
        self._label, self._total = label, total
        self._listener = _LISTENER.get()
        self._bar: tqdm[NoReturn] = tqdm(
            total=total,
            desc=label,
            file=sys.stderr,
            delay=_PATIENCE,
            disable=not (always or sys.stderr.isatty()),
            miniters=1,  # look at the clock at each step: steps may be large and rare
            unit="条",
            dynamic_ncols=True,
            bar_format="{desc}… {elapsed}" if total is None else None,
        )
        self._over = Event()
        counts = total is not None or self._bar.disable
        self._clock = None if counts else Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Self:
        if self._listener is not None:
            self._listener.begin(self._label, self._total)
        if self._clock is not None:
            self._clock.start()
        return self

    def _tick(self) -> None:
        """Show the seconds so far, from the moment on when they are worth showing."""
        if not self._over.wait(_PATIENCE):
            self._bar.refresh()
        while not self._over.wait(_TICK):
            self._bar.refresh()

    def advance(self, n: int = 1) -> None:
        """Count `n` more steps as done."""
        self._bar.update(n)
        if self._listener is not None:
            self._listener.advance(n)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._clock is not None:
            self._clock.join()
        self._bar.close()
        if self._listener is not None:
            self._listener.end()
