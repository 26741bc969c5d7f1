"""Figures that read unions, and the employers they cover."""

from gongjian.employers.indicators import LABEL as EMPLOYER_LABEL
from gongjian.employers.indicators import is_enterprise, is_large, operating
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
from gongjian.unions.enums import BASE as BASE_KINDS

LABEL = Label(key="code", name="name")
"""Unions are named by credit code and name."""


def existing(ledgers: Ledgers) -> Relation:
    """Unions that exist on the day, each in its own area."""
    held = ledgers.held("unions", "code", "name", "kind", "area_id")
    return held.select("day", "code", "name", "kind", entity_id=held.entry_id, leaf_id=held.area_id)


def area_of_union(ledgers: Ledgers) -> Relation:
    """The area of each union that exists on the day, for what counts where its union stands."""
    held = ledgers.held("unions", "area_id")
    return held.select("day", holder_id=held.entry_id, leaf_id=held.area_id)


def covered(ledgers: Ledgers) -> Relation:
    """Covered(d): employers in 在业 with a coverage in force by a union that exists on the day."""
    employers, unions = operating(ledgers), ledgers.held("unions")
    coverage = ledgers.held("coverage", "union_id", "employer_id")
    by_a_union = coverage.semi_join(
        unions, [coverage.day == unions.day, coverage.union_id == unions.entry_id]
    )
    return employers.semi_join(
        by_a_union,
        [employers.day == by_a_union.day, employers.entity_id == by_a_union.employer_id],
    )


UNIONS = Base(code="unions", ledger="unions", label=LABEL, rows=existing)
COVERED = Base(code="covered", ledger="employers", label=EMPLOYER_LABEL, rows=covered)

CATALOG.register(
    Indicator(
        code="coverage.units",
        name="涵盖单位",
        unit="家",
        definition="当日在业、且有当日存在的工会以有效涵盖关系涵盖的用人单位，每家只计一次",
        base=COVERED,
    ),
    Indicator(
        code="coverage.enterprises",
        name="已建会企业",
        unit="家",
        definition="涵盖单位中，单位性质为企业的",
        base=COVERED,
        where=is_enterprise,
    ),
    Indicator(
        code="coverage.over100",
        name="已建会百人以上企业",
        unit="家",
        definition="已建会企业中，职工人数不少于 100 人的",
        base=COVERED,
        where=is_large,
        listed=False,
    ),
    Indicator(
        code="coverage.staff",
        name="涵盖单位职工人数",
        unit="人",
        definition="涵盖单位的职工人数之和",
        base=COVERED,
        value="staff",
        listed=False,
    ),
    Indicator(
        code="unions.base",
        name="基层工会",
        unit="个",
        definition="当日存在的单独基层工会和联合基层工会",
        base=UNIONS,
        where=lambda rows: rows.kind.isin(BASE_KINDS),
    ),
    Net(
        code="unions.base.net",
        name="基层工会净增",
        unit="个",
        definition="当日的基层工会数减去年度起始日前一天的基层工会数",
        of="unions.base",
    ),
    Net(
        code="coverage.units.net",
        name="涵盖单位净增",
        unit="家",
        definition="当日的涵盖单位数减去年度起始日前一天的涵盖单位数",
        of="coverage.units",
    ),
    Ratio(
        code="rate.union",
        name="建会率",
        definition="已建会企业占在业企业之比",
        over="coverage.enterprises",
        under="employers.enterprises",
    ),
    Ratio(
        code="rate.union.over100",
        name="百人以上企业建会率",
        definition="已建会的百人以上企业占在业的百人以上企业之比",
        over="coverage.over100",
        under="employers.over100",
    ),
)
