"""Figures that read employers alone."""

from typing import Any

from gongjian.employers.enums import ENTERPRISE, OPERATING
from gongjian.indicators.declare import (
    CATALOG,
    TERRITORY,
    Base,
    Indicator,
    Label,
    Ledgers,
    Link,
    Listing,
    Relation,
)
from gongjian.indicators.problems import Problem

LABEL = Label(key="code", name="name")
"""Employers are named by credit code and name."""

LARGE = 100
"""Staff from which an enterprise is large (百人以上企业)."""


def operating(ledgers: Ledgers) -> Relation:
    """E(d): employers in 在业 on the day, each in its own area."""
    held = ledgers.held("employers", "code", "name", "area_id", "nature", "staff", "status")
    return held.filter(held.status == OPERATING).select(
        "day",
        "code",
        "name",
        "nature",
        "staff",
        entity_id=held.entry_id,
        leaf_id=held.area_id,
    )


def is_enterprise(rows: Relation) -> Any:
    """单位性质 is 企业."""
    return rows.nature == ENTERPRISE


def is_large(rows: Relation) -> Any:
    """An enterprise of a hundred or more."""
    return is_enterprise(rows) & (rows.staff >= LARGE)


EMPLOYERS_AT = (Link(ledger="employers", by="area_id", entity="entry_id"),)
"""Employers count where they are."""

EMPLOYERS = Base(
    code="employers",
    group="用人单位",
    ledger="employers",
    label=LABEL,
    rows=operating,
    trees=(TERRITORY,),
    entities={"employers": "entry_id"},
    stands=EMPLOYERS_AT,
)
"""Along the affiliation of unions there is no employer but by way of a union."""

NOT_OPERATING = "停业、注销、迁出的"

CATALOG.register(
    Indicator(
        code="employers.total",
        name="用人单位",
        unit="家",
        definition="当日经营状态为在业的用人单位",
        base=EMPLOYERS,
        listing=Listing(values=(("status", OPERATING),)),
        excludes=NOT_OPERATING,
    ),
    Indicator(
        code="employers.enterprises",
        name="企业",
        unit="家",
        definition="当日在业的用人单位中，单位性质为企业的",
        base=EMPLOYERS,
        listing=Listing(values=(("status", OPERATING), ("nature", ENTERPRISE))),
        excludes=NOT_OPERATING,
        where=is_enterprise,
    ),
    Indicator(
        code="employers.over100",
        name="百人以上企业",
        unit="家",
        definition=f"当日在业的企业中，职工人数不少于 {LARGE} 人的",
        base=EMPLOYERS,
        excludes=NOT_OPERATING,
        where=is_large,
    ),
    Indicator(
        code="employers.staff",
        name="职工人数",
        unit="人",
        definition="当日在业的用人单位的职工人数之和",
        base=EMPLOYERS,
        excludes=NOT_OPERATING,
        value="staff",
    ),
    Indicator(
        code="employers.unstaffed",
        name="职工人数空缺单位",
        unit="家",
        definition="当日在业的用人单位中，职工人数为 0 的",
        base=EMPLOYERS,
        excludes=NOT_OPERATING,
        where=lambda rows: rows.staff == 0,
        listed=False,
        listing=Listing(question="unstaffed"),
        problem=Problem(weight=2, reason="入会率的分母因此偏小，入会率偏高", remedy="补填职工人数"),
    ),
)
