"""What may be asked in an address, described for OpenAPI; read it is by the forms of the pages."""

from collections.abc import Iterable
from typing import Any, Final

from gongjian.accounts.actions.checks import EARLIEST, LATEST
from gongjian.api.cursors import MOST, USUAL
from gongjian.indicators.declare import AFFILIATION, CATALOG, TERRITORY
from gongjian.ledgers.cells import Count, Day
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.web.lists.filters import BLANK, Filter, blanks_of, filters_of
from gongjian.web.lists.ground import sides
from gongjian.web.wording.changes import CHOICES
from gongjian.workflow.declare import FLOWS

Parameter = dict[str, Any]

_LARGEST: Final = 10**14 - 1
_DIGITS: Final = "^[0-9]{0,14}$"


def query(name: str, said: str, **schema: Any) -> Parameter:
    """A parameter that may be left out."""
    return {
        "in": "query",
        "name": name,
        "required": False,
        "description": said,
        "schema": {"type": "string", **schema},
    }


def several(name: str, said: str, values: Iterable[str]) -> Parameter:
    """A parameter that may be given several times, each time one of ``values``."""
    listed: Any = {"type": "array", "items": {"type": "string", "enum": list(values)}}
    return {**query(name, said), "schema": listed, "style": "form", "explode": True}


AT: Final = query("at", f"哪一天（{EARLIEST} 至 {LATEST}），不填是今天", format="date")
KNOWN: Final = query(
    "known",
    "只用到这个变更号为止所知的；不填是此刻所知",
    type="integer",
    minimum=0,
    maximum=_LARGEST,
)
MOMENT: Final = [AT, KNOWN]
CURSOR: Final = query("cursor", "上一次答复里的 next，其他参数照旧；不填从头取")
PAGING: Final = [
    CURSOR,
    query(
        "limit",
        f"一次至多几行，不填 {USUAL}",
        type="integer",
        minimum=1,
        maximum=MOST,
        default=USUAL,
    ),
]
_AREA: Final = query("area", "区划代码；不填是您管理范围的最上一级")
_UNION: Final = query("union", "工会的系统编号，按隶属统计时用", pattern=_DIGITS)
_TREE: Final = query(
    "tree", "按属地（territory）还是按隶属（affiliation）", enum=[TERRITORY, AFFILIATION]
)


def of_list(ledger: Ledger) -> list[Parameter]:
    """What a list of this ledger may be asked: where, a quick question, every filter."""
    where = [query("area", "区划代码；不填是您管理范围的全部")]
    if len(sides(ledger)) > 1:
        where += [_TREE, _UNION]
    where.append(query("below", "0：只要直接记在这个区划或工会的", enum=["0", "1"]))
    tabs = [q.code for q in LEDGERS.questions(ledger.slug)]
    asked = [query("tab", "常用的问题，见台账一览的 tabs", enum=tabs)] if tabs else []
    filters = [p for one in filters_of(ledger) for p in _filter(one)]
    blanks = [c.field for c in blanks_of(ledger)]
    empty = [several(BLANK, "这些列空着的", blanks)] if blanks else []
    return [*MOMENT, *where, *asked, *filters, *empty, *PAGING]


def _filter(one: Filter) -> list[Parameter]:
    if one.kind == "choice":
        return [several(name, f"{one.label}，可以给几个", one.choices) for name in one.names]
    if one.kind == "text":
        return [query(name, f"{one.label}，开头是") for name in one.names]
    kind = one.column.kind
    schema: dict[str, Any] = {"format": "date"} if isinstance(kind, Day) else {}
    if isinstance(kind, Count):
        schema = {"type": "integer", "minimum": 0}
    return [
        query(name, f"{one.label}{'不小于' if name.endswith('_from') else '不大于'}", **schema)
        for name in one.names
    ]


YEAR: Final = query(
    "year_start", "年度从哪一天起（MM-DD），不填 01-01", pattern="^([0-9]{2}-[0-9]{2})?$"
)
FIGURE: Final = [*MOMENT, _AREA, _TREE, _UNION, YEAR]


def of_figures() -> list[Parameter]:
    """What figures may be asked."""
    codes = {"type": "array", "items": {"type": "string", "enum": [f.code for f in CATALOG]}}
    named = {**query("codes", "指标代码，用逗号隔开；不填是全部"), "schema": codes}
    named |= {"style": "form", "explode": False}
    children = query("children", "1：连同直接下级", enum=["0", "1"])
    return [*FIGURE, named, children]


def states() -> list[str]:
    """The states of all flows."""
    return sorted({state.code for flow in FLOWS for state in flow.states})


def of_cases() -> list[Parameter]:
    """What a list of cases may be narrowed to."""
    return [
        query("flow", "流程", enum=[flow.slug for flow in FLOWS]),
        query("state", "状态", enum=states()),
        query("area", "区划代码：在这个区划及以下的"),
        query("overdue", "1：只要有待办逾期的", enum=["0", "1"]),
        *PAGING,
    ]


def of_changes() -> list[Parameter]:
    """What a list of changes may be narrowed to."""
    return [
        *MOMENT,
        query("who", "用户名", maxLength=200),
        query("kind", "哪一类", enum=[kind for kind, _ in CHOICES]),
        query("ledger", "台账", enum=[ledger.slug for ledger in LEDGERS]),
        query("first", "从哪一天", format="date"),
        query("last", "到哪一天", format="date"),
        CURSOR,
    ]
