"""What the declarations say of figures, as the pages ask for it."""

from gongjian.indicators.declare import CATALOG, Figure, MadeOf, Net, Ratio
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
