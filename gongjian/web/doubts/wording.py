"""How a doubt is called."""

from gongjian.core.errors import WrongUse
from gongjian.indicators.declare import CATALOG, Figure
from gongjian.web.doubts.models import Doubt


def figure_of(doubt: Doubt) -> Figure | None:
    """The figure that is doubted; None where the catalogue no longer has it."""
    try:
        (figure,) = CATALOG.asked([doubt.figure])
    except WrongUse:
        return None
    return figure


def called(doubt: Doubt) -> str:
    """The name of the figure, else its code."""
    figure = figure_of(doubt)
    return doubt.figure if figure is None else figure.name


def headline(doubt: Doubt) -> str:
    """A doubt in a few words: what is doubted, where, of which day."""
    return f"对“{called(doubt)}”的疑问（{doubt.place_name}，{doubt.day}）"
