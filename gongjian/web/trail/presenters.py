"""Links, looks and verifications as the pages show them."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from gongjian.core.access import Scope
from gongjian.history.trail import Sealed
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.text import moment
from gongjian.web.trail.flows import MOST, Address, numbers_of
from gongjian.web.trail.narrowing import narrowed
from gongjian.web.trail.queries import CHANGE, LOOK, Link
from gongjian.web.trail.wording import Names, words
from gongjian.workflow.declare import FLOWS
from gongjian.workflow.models import Case

_LABELS: Final[Mapping[str, str]] = {
    "change": "变更号",
    "kind": "种类",
    "ledger": "台账",
    "entry": "系统编号",
    "columns": "看了哪几项",
    "actor": "办理人编号",
    "actor_id": "办理人编号",
    "name": "办理人",
    "user": "账号编号",
    "username": "账号",
    "users": "账号编号",
    "reason": "原因",
    "source": "来源文件",
    "sha256": "文件指纹",
    "undoes": "撤销了变更",
    "rows": "行",
    "at": "时间",
    "deed": "做了什么",
    "address": "网络地址",
    "failed": "此前输错次数",
    "count": "几处",
    "post": "岗位编号",
    "posts": "交出的岗位",
    "substitutes": "一并结束的代岗",
    "new": "新岗位编号",
    "role": "角色",
    "area": "区划",
    "union": "工会的系统编号",
    "from": "任职起",
    "to": "任职止（不含）",
    "to_name": "交给",
    "day": "哪一天起",
    "stands_in_for": "代谁",
    "factors_removed": "取消的二次验证",
    "history": "含历史",
    "unmasked": "含完整号码",
    "template": "导出模板编号",
    "figure": "指标",
    "tree": "条块",
    "place": "地方",
    "known": "所知截至变更",
    "known_at": "所知截至变更",
    "year_start": "年度起",
    "format": "格式",
    "after": "变更之后",
    "manifest": "证据包指纹",
    "job": "后台作业",
    "file": "文件",
    "paper": "文件",
    "import": "导入编号",
    "period": "月份",
    "version": "第几版",
    "figures": "锁定的数",
    "records": "核了几条",
    "flow": "流程",
    "case": "事项编号",
    "outside": "管理范围以外",
    "moved": "改动的期限",
    "ok": "首尾相连",
    "broken": "第一处不符",
    "digest": "链尾校验值",
}
"""What the words of a body mean; one that is not here is shown as it stands."""

_NAMED: Final[Mapping[str, Callable[[], dict[str, str]]]] = {
    "ledger": lambda: {ledger.slug: ledger.title for ledger in LEDGERS},
    "flow": lambda: {flow.slug: flow.title for flow in FLOWS},
}
"""Values that are the names of declarations, and their titles."""

_SIDES: Final = {"added": "新写入", "removed": "停止采信"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One link in the list."""

    number: int
    at: datetime
    word: str
    style: str
    who: str
    text: str
    whom: str
    reason: str
    address: str
    opens: str


def _nowhere(case: Case) -> str:  # noqa: ARG001 - no case opens
    return ""


def rows(links: Iterable[Link], scope: Scope, opens: Address = _nowhere) -> list[Row]:
    """The links of a page in words; entries outside ``scope`` by number alone.

    ``opens`` says where a case opens for whoever looks.
    """
    found = list(links)
    names = Names.of(found, scope)
    return [_row(link, names, opens) for link in found]


def _row(link: Link, names: Names, opens: Address) -> Row:
    within = names.cases.of_link(link.said)
    word, style, who, text, whom, reason = words(link, names)
    return Row(
        number=link.number,
        at=link.record.at,
        word=word,
        style=style,
        who=who,
        text=text,
        whom=whom,
        reason=reason,
        address=address_of(link),
        opens=opens(within[0]) if len(within) == 1 else "",
    )


def address_of(link: Link) -> str:
    """The page of the change, or that of the link."""
    change = link.record.change
    if link.kind == CHANGE and change is not None:
        return reverse("change", args=[change])
    return reverse("trail-link", args=[link.number])


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """One link on its own page. ``change`` and ``looks`` are addresses where there are any;
    ``cases`` are those within the scope that it tells of, with where each opens."""

    row: Row
    previous: str
    digest: str
    said: list[tuple[str, str]]
    body: str
    change: str
    looks: str
    cases: list[tuple[str, str]]


def one(link: Link, scope: Scope, *, audits: bool, opens: Address = _nowhere) -> One:
    """A link with all that it says; where somebody signed in from is for auditors alone.

    Of a link that tells of more than the scope reaches, only what was done, by whom, and how
    much of it lies outside.
    """
    names = Names.of([link], scope, most=len(numbers_of(link.said)))
    told = narrowed(link, names.cases) if link.number in names.narrow else link.said
    told = {k: v for k, v in told.items() if audits or k != "address"}
    change = link.record.change
    entry = link.said.get("entry") if isinstance(link.said.get("entry"), int) else None
    return One(
        row=_row(link, names, opens),
        previous=link.record.previous,
        digest=link.record.digest,
        said=[
            (_label(link, name), text)
            for name, value in told.items()
            if (text := _text(name, value))
        ],
        body=link.record.body if told == link.said else "",
        change=reverse("change", args=[change]) if change is not None else "",
        looks=f"{reverse('looks')}?entry={entry}" if link.kind == LOOK and entry else "",
        cases=[(names.cases.title(c), opens(c)) for c in names.cases.of_link(link.said)[:MOST]],
    )


def _label(link: Link, name: str) -> str:
    if (link.kind, name) == ("lock-month", "actor"):
        return "办理人"
    return _LABELS.get(name, name)


def _text(name: str, value: Any) -> str:
    """A value of a body; blank where it says nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if name in _NAMED and isinstance(value, str):
        return _NAMED[name]().get(value, value)
    if name == "rows" and isinstance(value, dict):
        return "；".join(_sealed(slug, sides) for slug, sides in value.items())
    if isinstance(value, list) and not any(isinstance(each, dict) for each in value):
        return "、".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _sealed(slug: str, sides: Any) -> str:
    """用人单位台账：新写入 3 段."""
    title = LEDGERS[slug].title if slug in LEDGERS else slug
    if not isinstance(sides, dict) or any(
        not isinstance(sealed, list) or len(sealed) != len(Sealed._fields)
        for sealed in sides.values()
    ):
        return f"{title}：{sides}"
    told = [
        f"{_SIDES.get(word, word)} {sealed[0]} 段（{sealed[1]}）" for word, sealed in sides.items()
    ]
    return f"{title}：{'，'.join(told)}"


# ------------------------------------------------------------------ verifying


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One verification."""

    number: int
    at: datetime
    who: str
    records: int
    ok: bool
    broken: int | None
    digest: str
    sentence: str

    @property
    def cut(self) -> bool:
        """Does the first fault lie behind the last link?"""
        return self.broken is not None and self.broken > self.records


def result(link: Link) -> Result:
    """A verification in words."""
    said = link.said
    numbers = (said.get("records"), said.get("broken"))
    records, broken = (n if isinstance(n, int) else None for n in numbers)
    ok = bool(said.get("ok"))
    return Result(
        number=link.number,
        at=link.record.at,
        who=str(said.get("name", "")),
        records=records or 0,
        ok=ok,
        broken=broken,
        digest=str(said.get("digest") or ""),
        sentence=_verdict(ok, records or 0, broken),
    )


def _verdict(ok: bool, records: int, broken: int | None) -> str:
    if ok:
        return f"第 1 至 {records:,} 条首尾相连，没有缺号，没有改动。"
    if broken is not None and broken > records:
        return f"前 {records:,} 条首尾相连，但链尾与记下的不符：后面的被删去过，或台账里有留痕上没有的行。请立即查明。"
    return (
        f"第 {broken or 0:,} 条起与原来写的不符：这一条，或它所记的台账行，被改动过。请立即查明。"
    )


def found_digest(
    typed: str, number: int | None, at: datetime | None, newest: int
) -> tuple[str, str]:
    """(kind of note, sentence) for a digest that was written down earlier."""
    if number is None:
        return "bad", (
            f"链上从来没有“{typed}”这个校验值。请先核对有没有抄错；没有抄错，就是留痕被整个重写过，请立即查明。"
        )
    if number == newest:
        return "ok", f"是第 {number:,} 条的校验值，{moment(at)} 写下，就是现在的链尾。"
    return "ok", (
        f"是第 {number:,} 条的校验值，{moment(at)} 写下；以后又写了 {newest - number:,} 条。"
        "再核验一遍通过，就证明那时以前的留痕没有改动。"
    )
