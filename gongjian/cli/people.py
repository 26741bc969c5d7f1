"""Whose name stands behind a command, and the places that its options name."""

from gongjian.accounts.queries import actor_named
from gongjian.areas.queries import area_by_code
from gongjian.core.access import EVERYTHING, OPERATOR, Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotPermitted, WrongUse
from gongjian.ledgers.lookup import References
from gongjian.unions.queries import branch_of


def actor(
    name: str | None, permission: Permission, deed: str, *, ledger: str | None = None
) -> Actor:
    """The person named, as far as today's posts allow the deed; without a name the operator.

    ``ledger`` is the ledger it is done in; None: in all of them.

    Raises NotPermitted where no post of theirs allows it.
    """
    if name is None:
        return OPERATOR
    person = actor_named(
        name, today(), permission=permission, ledger=ledger, expand_unions=branch_of
    )
    if not person.may(permission):
        raise NotPermitted(f"“{name}”的岗位不能{deed}，请由有此权限的人办理。")
    return person


def area_named(code: str) -> int:
    """An area by code."""
    found = area_by_code(code)
    if found is None:
        raise WrongUse(f"没有代码为“{code}”的区划，请核对。")
    return found


def union_by_name(word: str) -> int:
    """A union by code or unique name."""
    refs = References(EVERYTHING)
    refs.find("unions", [word])
    found = refs.meaning("unions", word)
    if len(found) != 1:
        raise WrongUse(f"没有找到唯一的工会“{word}”，请填工会代码或全称。")
    return found[0].id
