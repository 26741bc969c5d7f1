"""Figures that count members."""

from gongjian.core.codes import mask_identity
from gongjian.history.keys import field_keys
from gongjian.indicators.declare import (
    CATALOG,
    Base,
    Indicator,
    Label,
    Ledgers,
    Link,
    Net,
    Ratio,
    Relation,
)
from gongjian.indicators.problems import Problem
from gongjian.members.enums import ACTIVE, FEMALE
from gongjian.unions.indicators import LABEL as UNION_LABEL
from gongjian.unions.indicators import UNIONS_AT, area_of_union, existing, is_base


def masked(sealed: bytes) -> str:
    """The identity number as it may be shown."""
    return mask_identity(field_keys().open(bytes(sealed), "members.identity"))


def active(ledgers: Ledgers) -> Relation:
    """Memberships in 正常 on the day, each held by its union."""
    held = ledgers.held(
        "members",
        "identity_sealed",
        "name",
        "union_id",
        "status",
        "sex",
        "migrant",
        "dispatched",
        "newform",
    )
    return held.filter(held.status == ACTIVE).select(
        "day",
        "identity_sealed",
        "name",
        "sex",
        "migrant",
        "dispatched",
        "newform",
        entity_id=held.entry_id,
        holder_id=held.union_id,
    )


def hollow(ledgers: Ledgers) -> Relation:
    """Base unions that exist on the day without a single membership in 正常."""
    unions, members = existing(ledgers), ledgers.held("members", "union_id", "status")
    base, counted = unions.filter(is_base(unions)), members.filter(members.status == ACTIVE)
    return base.anti_join(counted, [base.day == counted.day, base.entity_id == counted.union_id])


_BY_UNION = Link(ledger="members", by="union_id", entity="entry_id")

MEMBERS = Base(
    code="members",
    group="会员",
    ledger="members",
    label=Label(key="identity_sealed", name="name", shown=masked),
    rows=active,
    place=area_of_union,
    entities={"members": "entry_id"},
    through={"unions": _BY_UNION},
    stands=(*UNIONS_AT, _BY_UNION),
)
HOLLOW = Base(
    code="hollow",
    group="工会组织",
    ledger="unions",
    label=UNION_LABEL,
    rows=hollow,
    entities={"unions": "entry_id", "members": "union_id"},
    stands=UNIONS_AT,
)

_NOT_COUNTED = "会籍保留、转出待接收、已退会、除名、去世的；所属工会当日不存在的"

CATALOG.register(
    Indicator(
        code="unions.hollow",
        name="空壳工会",
        unit="个",
        definition="当日存在的基层工会中，没有一名会籍正常的会员的",
        base=HOLLOW,
        problem=Problem(
            weight=5,
            reason="组建数里有它，会员数里没有一个人：公布的组建率虚高",
            remedy="导入会员名册",
            deed="import",
            ledger="members",
        ),
    ),
    Indicator(
        code="members.total",
        name="会员",
        unit="人",
        definition="当日会籍状态为正常、所属工会当日存在的会员，计在工会所在区划",
        excludes=_NOT_COUNTED,
        base=MEMBERS,
        headline=30,
    ),
    Indicator(
        code="members.female",
        name="女会员",
        unit="人",
        definition="会员中，性别为女的",
        excludes=_NOT_COUNTED,
        base=MEMBERS,
        where=lambda rows: rows.sex == FEMALE,
    ),
    Indicator(
        code="members.migrant",
        name="农民工会员",
        unit="人",
        definition="会员中，是农民工的",
        excludes=_NOT_COUNTED,
        base=MEMBERS,
        where=lambda rows: rows.migrant == 1,
    ),
    Indicator(
        code="members.dispatched",
        name="劳务派遣会员",
        unit="人",
        definition="会员中，是劳务派遣职工的",
        excludes=_NOT_COUNTED,
        base=MEMBERS,
        where=lambda rows: rows.dispatched == 1,
    ),
    Indicator(
        code="members.newform",
        name="新就业形态会员",
        unit="人",
        definition="会员中，填有新就业形态的",
        excludes=_NOT_COUNTED,
        base=MEMBERS,
        where=lambda rows: rows.newform.notnull(),
    ),
    Net(
        code="members.total.net",
        name="会员净增",
        unit="人",
        definition="当日的会员数减去年度起始日前一天的会员数",
        of="members.total",
    ),
    Ratio(
        code="rate.members.unit",
        name="已建会单位入会率",
        definition="会员占涵盖单位职工人数之比",
        over="members.total",
        under="coverage.staff",
    ),
    Ratio(
        code="rate.members.all",
        name="全部单位入会率",
        definition="会员占在业的用人单位职工人数之比",
        over="members.total",
        under="employers.staff",
    ),
)
