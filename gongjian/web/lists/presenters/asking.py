"""The form of filters, the columns to choose from, chips and tabs."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from gongjian.employers.enums import INDUSTRIES
from gongjian.ledgers.cells import Day
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.web.lists.address import Address
from gongjian.web.lists.columns import choosable, head_of
from gongjian.web.lists.filters import BLANK, Filter, blanks_of, filters_of
from gongjian.web.lists.forms import SIZES, Wanted


@dataclass(frozen=True, slots=True)
class Box:
    """One filter of the form, with what was put into it and what is wrong with that."""

    kind: str
    label: str
    names: tuple[str, ...]
    values: tuple[str, ...]
    options: tuple[tuple[str, str, bool], ...]
    input: str
    problem: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, by a tick or a link."""

    value: str
    title: str
    chosen: bool
    address: str = ""
    help: str = ""


def boxes(wanted: Wanted, query: QueryDict) -> list[Box]:
    """The filters of a ledger: first its name, then what is chosen from lists, then the rest."""
    head, order = head_of(wanted.ledger).main, {"choice": 1}
    asked = [f for f in filters_of(wanted.ledger) if f.kind != "fill"]
    asked.sort(key=lambda f: 0 if f.column is head else order.get(f.kind, 2))
    return [_box(f, wanted, query) for f in asked]


def _box(one: Filter, wanted: Wanted, query: QueryDict) -> Box:
    given = set(query.getlist(one.names[0]))
    options = tuple((value, _named(one, value), value in given) for value in one.choices)
    values = tuple(query.get(name, "") for name in one.names)
    problem = " ".join(wanted.problems[n] for n in one.names if n in wanted.problems)
    # A browser shows nothing in a date field for what is no day.
    kind = "date" if isinstance(one.column.kind, Day) and not problem else "text"
    return Box(one.kind, one.label, one.names, values, options, kind, problem)


def _named(one: Filter, value: str) -> str:
    return f"{value} {INDUSTRIES[value]}" if one.column.field == "industry" else value


def blanks(ledger: Ledger, query: QueryDict) -> list[Choice]:
    """Columns that may be asked for being empty."""
    given = set(query.getlist(BLANK))
    return [Choice(c.field, c.header, c.field in given) for c in blanks_of(ledger)]


def columns(wanted: Wanted) -> list[Choice]:
    """All columns, those shown ticked."""
    return [Choice(c.field, c.header, c.field in wanted.columns) for c in choosable(wanted.ledger)]


def tabs(wanted: Wanted, address: Address) -> list[Choice]:
    """全部 and the quick tabs of the ledger."""
    chosen = wanted.tab.code if wanted.tab else ""
    found = [Choice("", "全部", not chosen, address.to(tab=None), "所选范围内的全部")]
    for tab in LEDGERS.questions(wanted.ledger.slug):
        there = address.to(tab=tab.code)
        found.append(Choice(tab.code, tab.title, tab.code == chosen, there, tab.help))
    return found


def chips(wanted: Wanted, address: Address) -> list[dict[str, Any]]:
    """The filters at work, each with the address without it."""
    return [
        {"text": chip.text, "address": address.without(chip.pairs)} for chip in wanted.asked.chips
    ]


def sizes(wanted: Wanted) -> list[int]:
    """Rows on a page; the first is the usual one."""
    return [size for size in SIZES if size != wanted.size]
