"""Rows chosen in a list: ticked one by one, or all that it finds; refused in one order.

Outside the scope 404 for all of them, without the right 403, not now or not so 422.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.http import HttpRequest, QueryDict

from gongjian.core.access import Actor, Permission, Scope
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.lookup import References
from gongjian.web.lists.forms import Wanted, read
from gongjian.web.lists.ground import Ground
from gongjian.web.lists.walk import Walk
from gongjian.web.moment import moment_of
from gongjian.web.people import reader, require

MOST_TICKED: Final = 500
"""Rows that may be ticked one by one."""

MOST_TOGETHER: Final = 20_000
"""Rows that may be changed in one go."""

_NONE: Final = "还没有选中任何一行，请先勾选，或选“全部符合的行”。"


class RowsGone(Refused):
    """Some of the rows that were ticked are no longer in the list."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What was sent: the list by its ``address``, and ``ids`` of it, None for all it finds.

    ``seen`` is who sees the list, with everything their posts let them see.
    """

    ledger: Ledger
    address: str
    wanted: Wanted
    ground: Ground
    ids: tuple[int, ...] | None
    seen: Actor

    def walk(self) -> Walk:
        """The way over the rows of the list."""
        return self.wanted.walk(self.ground)

    def entries(self, most: int) -> list[int]:
        """The entries chosen, ascending.

        Raises Refused where there are none or more than ``most``, RowsGone where ticked ones are
        no longer in the list.
        """
        found = self._all(most) if self.ids is None else self._ticked()
        if not found:
            raise Refused("现在没有符合条件的行，请去掉一些条件再选。")
        return sorted(found)

    def _all(self, most: int) -> set[int]:
        found = set(islice(self.walk().entries(), most + 1))
        if len(found) > most:
            raise Refused(f"符合的行超过 {most:,} 行，一次最多办 {most:,} 行，请先用条件缩小范围。")
        return found

    def _ticked(self) -> set[int]:
        ids = set(self.ids or ())
        found = set(self.walk().covers(sorted(ids)))
        if found != ids:
            raise RowsGone(
                f"选中的 {len(ids)} 行里有 {len(ids - found)} 行已不在这个列表里"
                "（可能刚被别人改过），请回到列表重新选。"
            )
        return found


def chosen(request: HttpRequest, ledger: Ledger) -> Chosen:
    """Read what was chosen. Raises NotInScope for a place or a row that is not for these eyes."""
    seen = reader(request, ledger.slug)
    asof = moment_of(request)
    address = request.POST.get("address", "")
    wanted = read(ledger, QueryDict(address), asof, seen.scope)
    ground = wanted.ground(seen.scope)
    ids = None if "all" in request.POST else _ids(request.POST.getlist("ids"))
    if ids:
        require_seen(ledger, ids, seen.scope)
    return Chosen(ledger=ledger, address=address, wanted=wanted, ground=ground, ids=ids, seen=seen)


def _ids(texts: Iterable[str]) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for text in texts:
        if not (text.isascii() and text.isdecimal() and len(text) <= 15):
            raise NotInScope("没有这一行。")
        found[int(text)] = None
    return tuple(found)


def require_seen(ledger: Ledger, entries: Sequence[int], scope: Scope) -> None:
    """NotInScope unless every one of ``entries`` is there and stands within ``scope``."""
    if _outside(ledger, entries[: MOST_TICKED + 1], scope):
        raise NotInScope("选中的行里有不在您管理范围内的。")


def _outside(ledger: Ledger, entries: Sequence[int], scope: Scope) -> int:
    refs = References(scope)
    refs.load(ledger.slug, entries)
    targets = [refs.get(ledger.slug, entry) for entry in entries]
    return sum(t is None or not scope.covers(t.standing) for t in targets)


def allowed(request: HttpRequest, what: Chosen, permission: Permission, deed: str) -> Actor:
    """Who may do ``deed`` to rows of this list, now.

    Raises NotPermitted without the right to it there, NotNow on a page of the past, Refused where
    the address cannot be read, nothing is ticked or too much.
    """
    actor = require(request, permission, deed, ledger=what.ledger.slug)
    try:
        what.wanted.ground(actor.scope)
    except NotInScope:
        raise NotPermitted(f"您的岗位不能在这里{deed}，请由所在地的工会办理。") from None
    asof = moment_of(request)
    if not asof.present:
        raise NotNow(f"这是过去的一天或过去的所知，只能看；请回到今天再{deed}。")
    if what.wanted.problems:
        raise Refused(next(iter(what.wanted.problems.values())))
    if what.ids is not None and not what.ids:
        raise Refused(_NONE)
    if what.ids is not None and len(what.ids) > MOST_TICKED:
        raise Refused(f"一次最多勾选 {MOST_TICKED:,} 行，请改用条件筛选后选“全部符合的行”。")
    return actor


def require_own(what: Chosen, entries: Sequence[int], actor: Actor, deed: str) -> None:
    """NotPermitted unless all ``entries`` stand where ``actor`` may do ``deed``."""
    if actor.scope == what.seen.scope:
        return
    outside = _outside(what.ledger, entries, actor.scope)
    if outside:
        raise NotPermitted(
            f"选中的 {len(entries)} 行里有 {outside} 行不在您可以{deed}的范围，请去掉这些行再办。"
        )
