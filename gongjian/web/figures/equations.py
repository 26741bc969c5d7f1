"""What the declarations say of figures, as the pages ask for it."""

from dataclasses import dataclass
from itertools import takewhile

from gongjian.indicators.declare import CATALOG, Figure, Indicator, MadeOf, Net, Ratio
from gongjian.indicators.rows import bases_of


def made_of(figure: Figure) -> MadeOf | None:
    """How the figure is the sum of others, if it is."""
    return None if isinstance(figure, Net | Ratio) else figure.made_of


def ledgers_of(figure: Figure) -> tuple[str, ...]:
    """Ledgers whose entries the figure's rows are, the counted one first."""
    return tuple(base.ledger for base in bases_of(figure))


def is_listed(code: str) -> bool:
    """May the indicator be asked for by itself?"""
    return CATALOG.indicator(code).listed


@dataclass(frozen=True, slots=True)
class Among:
    """The figure whose parts the names behind another figure stand in.

    ``whole`` is that figure itself, or the one that it is taken off from; ``twice`` says that an
    entry can stand in several parts.
    """

    whole: Indicator
    made_of: MadeOf

    @property
    def twice(self) -> str:
        """Code of the figure of those that stand in several parts, empty where none can."""
        return self.made_of.repeated or self.made_of.less

    @property
    def sums(self) -> bool:
        """Are the parts sums of an attribute, and not numbers of entries?"""
        return self.whole.value is not None


def among(figure: Figure) -> Among | None:
    """In which parts the names behind ``figure`` stand; None where it has to do with none."""
    for whole in CATALOG:
        parts = made_of(whole)
        if isinstance(whole, Indicator) and parts is not None:
            found = Among(whole, parts)
            if figure.code in (whole.code, found.twice):
                return found
    return None


def short_names(found: Among) -> dict[str, str]:
    """Code of a part → what its name says beyond that of the whole; all of it where nothing."""
    whole = found.whole.name
    said = {code: CATALOG.indicator(code).name for code in found.made_of.parts}
    return {code: _beyond(name, whole) or name for code, name in said.items()}


def _beyond(name: str, whole: str) -> str:
    begin = _alike(name, whole)
    end = min(_alike(name[::-1], whole[::-1]), len(whole) - begin, len(name) - begin)
    return name[begin : len(name) - end]


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return len(list(takewhile(lambda same: same[0] == same[1], zip(one, other, strict=False))))
