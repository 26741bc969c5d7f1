"""Figures that count members."""

from gongjian.core.codes import mask_identity
from gongjian.history.keys import field_keys
from gongjian.indicators.declare import (
    CATALOG,
    Base,
    Indicator,
    Label,
    Ledgers,
    Net,
    Ratio,
    Relation,
)
from gongjian.members.enums import ACTIVE
from gongjian.unions.indicators import area_of_union


def masked(sealed: bytes) -> str:
    """The identity number as it may be shown."""
    return mask_identity(field_keys().open(bytes(sealed), "members.identity"))


def active(ledgers: Ledgers) -> Relation:
    """Memberships in 正常 on the day, each held by its union."""
    held = ledgers.held("members", "identity_sealed", "name", "union_id", "status")
    return held.filter(held.status == ACTIVE).select(
        "day",
        "identity_sealed",
        "name",
        entity_id=held.entry_id,
        holder_id=held.union_id,
    )


MEMBERS = Base(
    code="members",
    ledger="members",
    label=Label(key="identity_sealed", name="name", shown=masked),
    rows=active,
    place=area_of_union,
)

CATALOG.register(
    Indicator(
        code="members.total",
        name="会员",
        unit="人",
        definition="当日会籍状态为正常、所属工会当日存在的会员，计在工会所在区划",
        base=MEMBERS,
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
