"""A figure as it is proved to somebody without the product: its words, its parts, its queries."""

from typing import Any, Final

from gongjian.indicators.declare import (
    CATALOG,
    DIMENSIONS,
    Base,
    Figure,
    Indicator,
    Net,
    Ratio,
    parts_of,
)
from gongjian.indicators.rows import bases_of
from gongjian.indicators.sections import read_sections, room_of, section_name

VENDORS: Final = ("sqlite", "postgresql")
"""Databases whose queries are told: those that the record lives in."""

_KINDS: Final = {Indicator: "count", Ratio: "rate", Net: "net"}


def definition(figure: Figure, tree: str) -> dict[str, Any]:
    """What a figure means and how it is counted along ``tree``, as plain values.

    ``parts`` are the indicators it is made of, a rate's numerator first; ``queries`` what their
    bases compile to, of a past knowledge, for that answers the same for ever: of each the sums
    and the named rows, by database. The column of an indicator bears its code.
    """
    return {
        "code": figure.code,
        "name": figure.name,
        "unit": figure.unit,
        "kind": _KINDS[type(figure)],
        "definition": figure.definition,
        "excludes": figure.excludes,
        "version": figure.version,
        "parts": [_part(CATALOG.indicator(code)) for code in parts_of(figure)],
        "queries": {base.code: _queries(base, tree) for base in bases_of(figure)},
    }


def _part(part: Indicator) -> dict[str, Any]:
    return {
        "code": part.code,
        "name": part.name,
        "definition": part.definition,
        "excludes": part.excludes,
        "version": part.version,
        "base": part.base.code,
    }


def _queries(base: Base, tree: str) -> dict[str, dict[str, str]]:
    narrowed = tree if DIMENSIONS[tree].narrows else ""
    found: dict[str, dict[str, str]] = {}
    for vendor in VENDORS:
        texts = read_sections(room_of(base) / "sql" / f"{vendor}.sql")
        for kind in ("sums", "rows"):
            name = section_name(base, kind, believed=False, narrowed=narrowed)
            found.setdefault(kind, {})[vendor] = texts[name]
    return found
