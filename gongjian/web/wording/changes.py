"""Kinds of changes as they are called, with the colour of their tag."""

from typing import Final, NamedTuple

from gongjian.history.models import Change
from gongjian.ledgers.declare import LEDGERS


class Kind(NamedTuple):
    """A kind of change: its word, and the style of a tag that bears it."""

    word: str
    style: str


IMPORTED: Final = Kind("导入", "act")
FILLED_IN: Final = Kind("填报", "")
OTHERS: Final = {
    "undo": Kind("撤销", "warn"),
    "annul": Kind("作废", "bad"),
    "merge": Kind("合并", "act"),
    "correct": Kind("更正", "warn"),
}
"""Kinds that history itself knows; every other change brought rows, from a paper or a form."""

CHOICES: Final = (
    ("batch", IMPORTED.word),
    ("single", FILLED_IN.word),
    *((kind, OTHERS[kind].word) for kind in ("undo", "merge", "annul")),
)
"""What a list of changes can be narrowed to."""


def kind_of(change: Change) -> Kind:
    """What a change was: rows from a paper, rows from a form, or a deed of its own."""
    known = OTHERS.get(change.kind)
    return known or (IMPORTED if change.source_name else FILLED_IN)


def ledger_of(change: Change) -> str:
    """The ledger that a change is about, as it is called."""
    return LEDGERS[change.ledger].title if change.ledger in LEDGERS else "台账"


def what(change: Change) -> str:
    """What was done, in a few words."""
    if change.undoes_id:
        return f"撤销变更 {change.undoes_id}"
    return f"{ledger_of(change)} {change.source_name}".strip()


def headline(change: Change) -> str:
    """A change in one line: its kind and what was done."""
    return f"{kind_of(change).word}　{what(change)}"
