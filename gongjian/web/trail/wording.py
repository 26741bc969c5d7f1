"""Kinds of links in plain words: what was done, to whom or where."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.queries import tree_on
from gongjian.core.access import OPERATOR, Scope
from gongjian.core.days import today
from gongjian.history.models import Change
from gongjian.indicators.declare import CATALOG
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.naming import names_of
from gongjian.ledgers.scoping import inside
from gongjian.reporting.models import Cause
from gongjian.web.trail.flows import MOST, Cases
from gongjian.web.trail.narrowing import reaches_outside
from gongjian.web.trail.queries import CHANGE, LOOK, LOOKED, Link, whole
from gongjian.web.trail.sight import holds_all
from gongjian.web.wording.changes import kind_of, what
from gongjian.workflow.declare import FLOWS, RESERVED


class Kind(NamedTuple):
    """A group of kinds as the filter calls it, and the style of its tag."""

    word: str
    style: str
    kinds: tuple[str, ...]


KINDS: Final[Mapping[str, Kind]] = {
    "changes": Kind("更改", "", (CHANGE,)),
    "looks": Kind("看号码", "warn", LOOKED),
    "exports": Kind("导出", "act", ("export", "download", "evidence")),
    "doubts": Kind("疑问", "warn", ("doubt",)),
    "sign-ins": Kind("登录", "", ("sign-in",)),
    "staff": Kind("人员岗位", "lead", ("user", "post")),
    "flows": Kind("流程", "act", ("flow", "rule-pack", "calendar")),
    "locks": Kind("锁定月报", "act", ("lock-month",)),
    "bridges": Kind("期初衔接", "act", ("bridge",)),
    "backups": Kind("备份", "", ("backup",)),
    "checks": Kind("核验", "ok", ("verify",)),
}
"""By the word in the address."""

_OF: Final = {kind: group for group in KINDS.values() for kind in group.kinds}

_AT_THE_DOOR: Final = {
    "in": "登录",
    "out": "退出",
    "out-elsewhere": "退出其他地方的登录",
    "locked": "连续输错密码，被锁定",
    "refused": "密码对，但账号已停用，没有放行",
    "failed-code": "动态码输错",
    "password": "改了自己的密码",
    "totp-activated": "设置了动态码",
    "totp-deactivated": "取消了动态码",
    "recovery-codes-generated": "生成了备用码",
    "webauthn-added": "添加了通行密钥",
    "webauthn-removed": "删去了通行密钥",
    "token-made": "生成了接口令牌",
    "token-revoked": "停用了接口令牌",
}
_STAFF: Final = {
    "add": "添加人员",
    "stop": "停用账号",
    "resume": "启用账号",
    "reset-password": "重置密码",
    "set-phone": "登记办公电话",
    "set-email": "登记邮箱",
    "remove-second-factor": "取消二次验证",
    "demo": "添加演示账号",
    "give-post": "派岗位",
    "stand-in": "派代岗",
    "end-post": "结束岗位",
    "hand-over": "交接岗位",
}
_DEEDS: Final = {"paper": "交材料", "urge": "催办"}
_BRIDGED: Final = {
    "enter": "填报纸面合计",
    "withdraw": "撤销纸面数",
    "explain": "说明差额",
    "retract": "撤销差额说明",
}
_DOUBTED: Final = {"ask": "提出", "answer": "答复", "reopen": "再问", "close": "了结"}
NOBODY: Final = "没有这个账号"
SPOILT: Final = "这一条的内容已不是原来写的，请核验留痕"


@dataclass(slots=True)
class Names:
    """What the people, places and entries are called that links tell of by number.

    ``narrow`` are the numbers of the links that tell of more than the scope reaches.
    """

    people: dict[int, str] = field(default_factory=dict)
    entries: dict[tuple[str, int], str] = field(default_factory=dict)
    unions: dict[int, str] = field(default_factory=dict)
    cases: Cases = field(default_factory=Cases)
    narrow: frozenset[int] = frozenset()

    @classmethod
    def of(cls, links: Sequence[Link], scope: Scope, *, most: int = MOST) -> "Names":
        """Everything that these links name: two queries for each ledger, and one for the people.

        A link also lies where its people work, and may tell of an entry somewhere else: what lies
        outside ``scope`` stays a number.
        """
        wanted: dict[str, set[int]] = {}
        people, unions = set[int](), set[int]()
        for said in (told for link in links for told in _parts(link.said)):
            if ledger_of(said) in LEDGERS and whole(said.get("entry")):
                wanted.setdefault(said["ledger"], set()).add(said["entry"])
            if whole(said.get("union")):
                unions.add(said["union"])
            if whole(said.get("stands_in_for")):
                people.add(said["stands_in_for"])
        names = cls(unions=names_of("unions", unions), cases=Cases.of(links, scope, most=most))
        if not holds_all(scope):
            told = (link for link in links if reaches_outside(link, scope, names.cases))
            names.narrow = frozenset(link.number for link in told)
        for slug, entries in wanted.items():
            within = inside(LEDGERS[slug], entries, scope)
            names.entries |= {(slug, e): name for e, name in names_of(slug, within).items()}
        if people:
            found = User.objects.filter(pk__in=people).values_list("pk", "username")
            names.people = dict(found)
        return names

    def entry(self, slug: str, entry: object) -> str:
        """安（会员，系统编号 12）."""
        name = self.entries.get((slug, entry), "") if isinstance(entry, int) else ""
        noun = LEDGERS[slug].noun if slug in LEDGERS else slug
        return f"{name}（{noun}，系统编号 {entry}）" if name else f"{noun}，系统编号 {entry}"

    def place(self, said: Mapping[str, Any]) -> str:
        """Where a post is."""
        area, union = said.get("area"), said.get("union")
        if isinstance(union, int):
            return self.unions.get(union, f"工会，系统编号 {union}")
        tree = tree_on(today())
        return tree.name(area) if area in tree.leaves() else "未知区划"

    def post(self, said: Mapping[str, Any]) -> str:
        """城厢街道 · 乡镇街道经办人，2011-01-01 起，2011-12-31 止."""
        role = said.get("role", "")
        title = Role(role).label if role in Role.values else str(role)
        ends = f"，{said['to']} 起不再任职" if said.get("to") else ""
        other = said.get("stands_in_for")
        instead = f"，代{self.people.get(other, other)}" if isinstance(other, int) else ""
        return f"{self.place(said)} · {title}（{said.get('from', '')} 起{ends}{instead}）"


def ledger_of(said: Mapping[str, Any]) -> str:
    """The ledger that a body names; blank where it names none."""
    slug = said.get("ledger")
    return slug if isinstance(slug, str) else ""


def _parts(said: dict[str, Any]) -> list[dict[str, Any]]:
    """A body, and the posts it hands over or takes away along with others."""
    lists = (said.get(name) for name in ("posts", "substitutes"))
    more = [part for parts in lists if isinstance(parts, list) for part in parts]
    return [said, *(part for part in more if isinstance(part, dict))]


class Words(NamedTuple):
    """A link in one line."""

    word: str
    style: str
    who: str
    text: str
    whom: str
    reason: str


def words(link: Link, names: Names) -> Words:
    """What a link says, in a line."""
    said = link.said
    kind = _OF.get(link.kind, Kind("其他", "", ()))
    try:
        text, whom = _TOLD.get(link.kind, _other)(link, names) if said else ("", "")
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        # Somebody spoilt what it says; whoever audits must see the list all the same.
        text, whom = "", ""
    if not text:
        return Words(kind.word, "bad", "", SPOILT, "", "")
    reason = "" if link.number in names.narrow else str(said.get("reason") or "")
    return Words(kind.word, kind.style, who(link), text, whom, reason)


def who(link: Link) -> str:
    """Who did it."""
    said = link.said
    if link.kind == "sign-in":
        return str(said.get("username", NOBODY))
    if link.kind == "lock-month":
        return str(said.get("actor") or OPERATOR.name)
    return str(said.get("name") or OPERATOR.name)


def change_of(said: Mapping[str, Any]) -> Change:
    """A change as its link tells of it."""
    return Change(
        number=said.get("change", 0),
        kind=said.get("kind", ""),
        ledger=said.get("ledger", ""),
        source_name=said.get("source", ""),
        undoes_id=said.get("undoes"),
    )


_Told = tuple[str, str]


def _change(link: Link, _: Names) -> _Told:
    change = change_of(link.said)
    return f"{kind_of(change).word}：{what(change)}", f"变更 {change.number}"


def _look(link: Link, names: Names) -> _Told:
    said = link.said
    columns = "、".join(said.get("columns", ())) or "完整号码"
    whom = names.entry(said.get("ledger", ""), said["entry"]) if "entry" in said else ""
    return f"看了{columns}", whom


def _look_at_paper(link: Link, _: Names) -> _Told:
    return "导入时看了认错的几格里的完整号码", str(link.said.get("paper") or "一份导入的文件")


def _export(link: Link, _: Names) -> _Told:
    said = link.said
    if said.get("format") == "parquet":
        return "导出全部台账（Parquet）", f"变更 {said.get('after', 0) + 1} 至 {said.get('change')}"
    full = "，含完整号码" if said.get("unmasked") else ""
    if "chart" in said:
        return f"导出挂图，{len(said['chart'])} 个指标", f"{said.get('place', '')}，{said['at']}"
    if "bridge" in said:
        return f"导出期初衔接：{said['bridge']}", f"{said.get('place', '')}，{said.get('at', '')}"
    if "difference" in said:
        return f"导出差异表：{said['difference']}", f"{said.get('place', '')}，{said.get('at', '')}"
    if "figure" in said:
        return f"导出名单：{_figure(said)}{full}", f"{said.get('place', '')}，{said.get('at', '')}"
    slug = said.get("ledger", "")
    title = LEDGERS[slug].title if slug in LEDGERS else slug
    count = f"{said['rows']:,} 行" if isinstance(said.get("rows"), int) else ""
    return (
        f"导出{title} {count}{full}".rstrip(),
        f"{said.get('area', '')} {said.get('at', '')}".strip(),
    )


def _download(link: Link, names: Names) -> _Told:
    if "case" in link.said:
        return "打开材料", names.cases.told(link.said)
    return "下载导出的文件", f"后台作业 {link.said.get('job', '')}"


def _evidence(link: Link, _: Names) -> _Told:
    said = link.said
    text = f"封存证据包：{_figure(said)}，{said.get('rows', 0):,} 行"
    return text, f"{said.get('place', '')}，{said.get('at', '')}"


def _doubt(link: Link, _: Names) -> _Told:
    said = link.said
    text = (
        f"疑问 {said.get('doubt', '')}：{_DOUBTED.get(said.get('deed', ''), '')}，{_figure(said)}"
    )
    return text, f"{said.get('place', '')}，{said.get('at', '')}"


def _figure(said: Mapping[str, Any]) -> str:
    known = {figure.code: figure.name for figure in CATALOG}
    return str(known.get(said["figure"], said["figure"]))


def _sign_in(link: Link, _: Names) -> _Told:
    said = link.said
    deed = said.get("deed", "")
    text = _AT_THE_DOOR.get(deed, deed)
    if deed == "in" and said.get("failed"):
        text += f"，此前输错 {said['failed']} 次"
    return text, ""


def _staff(link: Link, names: Names) -> _Told:
    said = link.said
    deed = said.get("deed", "")
    text = _STAFF.get(deed, str(deed))
    if deed == "hand-over":
        posts = "；".join(names.post(post) for post in said.get("posts", ()))
        givers = {post.get("username", "") for post in said.get("posts", ())}
        return text, f"{'、'.join(sorted(givers))} 交给 {said.get('to_name', '')}：{posts}"
    whom = str(said.get("username", ""))
    return text, f"{whom}：{names.post(said)}" if "role" in said else whom


def _lock(link: Link, names: Names) -> _Told:
    said = link.said
    return f"锁定 {said.get('period', '')} 月报，第 {said.get('version', '')} 版", names.place(said)


def _bridge(link: Link, names: Names) -> _Told:
    """Paper totals entered or taken back, differences explained or no longer."""
    said = link.said
    if link.number in names.narrow:
        return _BRIDGED[said["deed"]], "管理范围以外"
    deed, place = said["deed"], names.place(said)
    if deed == "enter":
        return f"填报纸面合计 {said['period']}，{len(said['totals'])} 个指标", place
    figure = f"{_figure(said)}（{said['period']}）"
    if deed == "withdraw":
        return f"撤销纸面数 {said['value']:,}：{figure}", place
    if deed == "retract":
        return f"撤销 {len(said['explanations'])} 行差额说明：{figure}", place
    cause = Cause(said["cause"]).label
    whom = names.entry(said["ledger"], said["entry"]) if "entry" in said else place
    return f"说明差额 {said['amount']:,}：{figure}，{cause}", whom


def _backup(link: Link, _: Names) -> _Told:
    return "备份数据库", str(link.said.get("file", ""))


def _verify(link: Link, _: Names) -> _Told:
    said = link.said
    if said.get("ok"):
        return f"核验留痕 {said.get('records', 0):,} 条，无误", ""
    return f"核验留痕，从第 {said.get('broken', ''):,} 条起对不上", ""


def _other(link: Link, _: Names) -> _Told:
    return str(link.said.get("deed") or link.kind), ""


def _flow(link: Link, names: Names) -> _Told:
    """A step, and of which cases."""
    said = link.said
    whom = names.cases.told(said)
    known = {flow.slug: flow for flow in FLOWS}.get(str(said.get("flow", "")))
    steps = {step.code: step.title for step in known.steps} if known else {}
    deed = str(said.get("deed", ""))
    text = steps.get(deed) or RESERVED.get(deed) or _DEEDS.get(deed, deed)
    return (f"{known.title}：{text}" if known else text), whom


def _rule_pack(link: Link, _: Names) -> _Told:
    said = link.said
    deed = "停用规则包" if said.get("deed") == "end" else "写入规则包"
    return f"{deed}：{said.get('law', '')}{said.get('article', '')}", ""


def _calendar(link: Link, _: Names) -> _Told:
    """What was done to the calendar, and how many deadlines moved with it."""
    said = link.said
    year = f"{said.get('year', '')} 年的放假安排"
    told = {"enter": f"录入 {year}", "withdraw": f"撤销 {year}"}
    deed = told.get(str(said.get("deed"))) or f"更正工作日历：{said.get('day', '')}"
    moved = said.get("moved") or ()
    return deed, f"{len(moved)} 件待办的期限改动" if moved else ""


_TOLD: Final[Mapping[str, Callable[[Link, Names], _Told]]] = {
    CHANGE: _change,
    LOOK: _look,
    LOOKED[1]: _look_at_paper,
    "export": _export,
    "download": _download,
    "evidence": _evidence,
    "doubt": _doubt,
    "sign-in": _sign_in,
    "user": _staff,
    "post": _staff,
    "lock-month": _lock,
    "bridge": _bridge,
    "flow": _flow,
    "rule-pack": _rule_pack,
    "calendar": _calendar,
    "backup": _backup,
    "verify": _verify,
}
