"""What an address asks of a list, read and checked."""

from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict

from gongjian.areas.queries import area_by_code
from gongjian.core.access import Scope
from gongjian.core.errors import NotInScope, Refused
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.questions import Condition, Moment, Question
from gongjian.web.lists.columns import choosable, usual
from gongjian.web.lists.filters import BLANK, Asked, filters_of, read_filters
from gongjian.web.lists.ground import AFFILIATION, TERRITORY, Ground, ground, sides
from gongjian.web.lists.walk import EFFORT, FURTHER, Position, Walk
from gongjian.web.moment import AsOf

SIZES: Final = (50, 100, 200)
_OWN: Final = frozenset(
    {"at", "known", "tree", "area", "union", "below", "tab", "size", "dense", "cols"}
)
_PAGING: Final = frozenset({"after", "before", "further"})


@dataclass(kw_only=True)
class Wanted:
    """A list as asked for. Where there are ``problems``, by parameter, there is nothing to show."""

    ledger: Ledger
    asof: AsOf
    moment: Moment
    side: str = TERRITORY
    node: int | None = None
    below: bool = True
    tab: Question | None = None
    asked: Asked = field(default_factory=Asked)
    columns: tuple[str, ...] = ()
    size: int = SIZES[0]
    dense: bool = False
    after: Position | None = None
    before: Position | None = None
    effort: int = EFFORT

    @property
    def problems(self) -> dict[str, str]:
        return self.asked.problems

    def ground(self, scope: Scope) -> Ground:
        """Where its rows stand; NotInScope for a node outside the scope."""
        return ground(
            self.ledger, self.moment, scope, side=self.side, node=self.node, below=self.below
        )

    def walk(self, ground_: Ground) -> Walk:
        """The way over its rows."""
        where: list[Condition] = list(self.asked.conditions)
        if self.tab is not None:
            where.append(self.tab.where(self.moment))
        return Walk(ground=ground_, where=where, hints=self.asked.hints)


def ledger_of(slug: str) -> Ledger:
    """The ledger of that name; NotInScope where there is none."""
    if slug not in LEDGERS:
        raise NotInScope("没有这本台账。")
    return LEDGERS[slug]


def own_names(ledger: Ledger) -> frozenset[str]:
    """The parameters that filter a ledger."""
    return frozenset(name for f in filters_of(ledger) for name in f.names) | {BLANK}


def read(ledger: Ledger, query: QueryDict, asof: AsOf, scope: Scope) -> Wanted:
    """The list that an address asks for, by somebody who sees ``scope``.

    What cannot be read becomes a problem of its parameter. Raises NotInScope for an area that is
    not there.
    """
    moment = Moment.of(asof.day, asof.known_at)
    wanted = Wanted(ledger=ledger, asof=asof, moment=moment)
    wanted.asked = read_filters(ledger, query)
    _unknown(ledger, query, wanted)
    _side(query, wanted, scope)
    _shape(query, wanted)
    _paging(query, wanted)
    return wanted


def _unknown(ledger: Ledger, query: QueryDict, wanted: Wanted) -> None:
    known = _OWN | _PAGING | own_names(ledger)
    for name in query:
        if name not in known:
            wanted.problems[name] = f"地址里的“{name[:40]}”不是这本台账的条件，请去掉。"


def _side(query: QueryDict, wanted: Wanted, scope: Scope) -> None:
    possible = sides(wanted.ledger)
    usual_side = TERRITORY
    if AFFILIATION in possible and not scope.everything and not scope.inside.get("areas"):
        usual_side = AFFILIATION
    wanted.side = query.get("tree", "") or usual_side
    if wanted.side not in possible:
        wanted.problems["tree"] = f"这本台账不能按“{wanted.side[:40]}”排列，请换一种。"
        wanted.side = usual_side
        return
    if wanted.side == TERRITORY:
        wanted.node = _area(query.get("area", ""))
    else:
        wanted.node = _union(query.get("union", ""))
    wanted.below = wanted.node is None or query.get("below", "") != "0"


def _area(code: str) -> int | None:
    if not code:
        return None
    found = area_by_code(code) if code.isprintable() else None
    if found is None:
        raise NotInScope("没有这个区划。")
    return found


def _union(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise NotInScope("没有这个工会。")
    return int(text)


def _shape(query: QueryDict, wanted: Wanted) -> None:
    tab = query.get("tab", "")
    wanted.tab = next((q for q in LEDGERS.questions(wanted.ledger.slug) if q.code == tab), None)
    if tab and wanted.tab is None:
        wanted.problems["tab"] = f"没有“{tab[:40]}”这个视图，请从上方选一个。"
    size = query.get("size", "") or str(SIZES[0])
    if size in map(str, SIZES):
        wanted.size = int(size)
    else:
        sizes = "、".join(map(str, SIZES))
        wanted.problems["size"] = f"每页不能是“{size[:40]}”行，请选 {sizes}。"
    wanted.dense = query.get("dense", "") == "1"
    fields = [c.field for c in choosable(wanted.ledger)]
    chosen = {name for name in query.getlist("cols") if name}
    for name in chosen.difference(fields):
        wanted.problems["cols"] = f"这本台账没有“{name[:40]}”这一列，请从“列”里选。"
    wanted.columns = tuple(f for f in fields if f in (chosen or usual(wanted.ledger)))


def _paging(query: QueryDict, wanted: Wanted) -> None:
    after, before = query.get("after", ""), query.get("before", "")
    if after and before:
        wanted.problems["after"] = "上一页和下一页不能同时要，请从第一页看起。"
        return
    try:
        wanted.after = Position.read(after) if after else None
        wanted.before = Position.read(before) if before else None
    except Refused as error:
        # Said later: a place outside the scope is not there, whatever else is wrong.
        wanted.problems["after" if after else "before"] = error.sentence
    wanted.effort = FURTHER if query.get("further", "") == "1" else EFFORT
