"""Whose name stands behind a command."""

from gongjian.accounts.queries import actor_named
from gongjian.core.access import EVERYTHING, OPERATOR, Actor
from gongjian.core.days import today
from gongjian.core.errors import WrongUse
from gongjian.ledgers.lookup import References
from gongjian.unions.queries import branch_of


def actor(name: str | None) -> Actor:
    """The person named, with the scope of today's posts; without a name the machine's operator."""
    if name is None:
        return OPERATOR
    return actor_named(name, today(), expand_unions=branch_of)


def union_by_name(word: str) -> int:
    """A union by code or unique name."""
    refs = References(EVERYTHING)
    refs.find("unions", [word])
    found = refs.meaning("unions", word)
    if len(found) != 1:
        raise WrongUse(f"没有找到唯一的工会“{word}”，请填工会代码或全称。")
    return found[0].id
