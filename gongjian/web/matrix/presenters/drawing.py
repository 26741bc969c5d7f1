"""The cells of a chart as HTML: thousands of them, so the building block is asked once a column.

What is put into it later are numbers and addresses of ours, both safe once the address is escaped.
"""

from typing import Any, NamedTuple

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import Environment
from markupsafe import Markup, escape

_TEXT, _ADDRESS, _SMALL, _STYLE = "{text}", "{address}", "{small}", "{style}"
"""Fields of ``str.format``: nothing in them is changed by escaping."""


class Cell(NamedTuple):
    """One number; ``small`` is its rank or its change, ``style`` the class that colours it."""

    text: str
    small: str
    style: str


class Drawn:
    """How the cells of one chart are drawn: the same for every line of it.

    ``paths`` are the addresses of the pages of the figures ``codes``.
    """

    def __init__(self, codes: tuple[str, ...], paths: list[str]) -> None:
        module: Any = _templates().get_template("matrix/cell.html").module
        self._leading = [
            str(module.cell(_STYLE, _TEXT, path + _ADDRESS, _SMALL, code))
            for code, path in zip(codes, paths, strict=True)
        ]
        self._plain = [str(module.cell(_STYLE, _TEXT, "", _SMALL, code)) for code in codes]
        self._own_leading = [
            str(module.cell(_STYLE, _TEXT, path + _ADDRESS, _SMALL, "")) for path in paths
        ]
        self._own_plain = [str(module.cell(_STYLE, _TEXT, "", _SMALL, "")) for _ in paths]

    def cells(self, cells: list[Cell], query: str, *, own: bool) -> Markup:
        """The cells of a line; ``query`` names its place and moment, empty where none may look."""
        safe = str(escape(query))
        if own:
            patterns = self._own_leading if query else self._own_plain
        else:
            patterns = self._leading if query else self._plain
        drawn = (
            pattern.format(text=c.text, small=c.small, style=c.style, address=safe)
            for pattern, c in zip(patterns, cells, strict=True)
        )
        return Markup("".join(drawn))  # noqa: S704 - drawn by the template, filled with what is safe


def _templates() -> Environment:
    engine = engines.all()[0]
    if not isinstance(engine, Jinja2):  # pragma: no cover - settings name no other
        raise TypeError("templates are Jinja2")
    return engine.env
