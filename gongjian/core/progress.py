"""How far a long piece of work is, on stderr."""

import sys
from types import TracebackType
from typing import Final, NoReturn, Self

from tqdm import tqdm

_PATIENCE: Final = 2.0  # seconds of work before anything is shown


class Progress:
    """Context manager that counts steps and shows a bar once work lasts over two seconds.

    `total` is the number of steps, None where it is unknown. Nothing is shown
    where stderr is no terminal, unless `always`.
    """

    def __init__(self, total: int | None, label: str, *, always: bool = False) -> None:
        self._bar: tqdm[NoReturn] = tqdm(
            total=total,
            desc=label,
            file=sys.stderr,
            delay=_PATIENCE,
            disable=not (always or sys.stderr.isatty()),
            miniters=1,  # look at the clock at each step: steps may be large and rare
            unit="条",
            dynamic_ncols=True,
        )

    def __enter__(self) -> Self:
        return self

    def advance(self, n: int = 1) -> None:
        """Count `n` more steps as done."""
        self._bar.update(n)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.close()
