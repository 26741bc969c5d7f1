"""Figures that count wage agreements, and the employers and workers under them."""

from functools import reduce
from typing import Any, Final

from gongjian.bargaining.enums import INDUSTRY, KINDS, OBJECTED, REGIONAL, SINGLE
from gongjian.employers.indicators import EMPLOYERS_AT, NOT_OPERATING, is_enterprise, operating
from gongjian.employers.indicators import LABEL as EMPLOYER_LABEL
from gongjian.indicators.declare import (
    CATALOG,
    Base,
    Indicator,
    Label,
    Ledgers,
    Link,
    MadeOf,
    Ratio,
    Relation,
)
from gongjian.indicators.problems import Problem
from gongjian.unions.indicators import (
    BY_COVERAGE,
    UNIONS_AT,
    covering,
    existing,
    last_area_of_union,
)
from gongjian.unions.indicators import LABEL as UNION_LABEL

WORDS = {SINGLE: "single", REGIONAL: "regional", INDUSTRY: "industry"}
"""协议类型 → the word in codes."""


def standing(ledgers: Ledgers) -> Relation:
    """Agreements signed and not voided by the day, each held by its union; ``in_force`` is 1 or 0.

    In force: the day lies in the term, last day included, and the agreement is effective: on
    its day of effect, or, where none is given, 15 days after receipt unless there was an
    objection (集体合同规定 第四十七条).
    """
    held = ledgers.held(
        "agreements",
        "number",
        "kind",
        "union_id",
        "opened",
        "term_from",
        "term_to",
        "effective_on",
        "received_on",
        "review",
        "voided_on",
    )
    signed = held.filter(held.voided_on.isnull() | (held.voided_on > held.day))
    unopposed = signed.review.isnull() | (signed.review != OBJECTED)
    silently = signed.effective_on.isnull() & unopposed & (signed.received_on <= signed.ago_15)
    effective = (signed.effective_on <= signed.day) | silently
    in_term = (signed.term_from <= signed.day) & (signed.term_to >= signed.day)
    return signed.select(
        "day",
        "year_from",
        "number",
        "kind",
        "opened",
        entity_id=signed.entry_id,
        holder_id=signed.union_id,
        in_force=(in_term & effective).ifelse(1, 0),
    )


def agreed(ledgers: Ledgers) -> Relation:
    """Employers in 在业 under an agreement in force, their own coverage in force.

    ``most_0`` … is the largest number of workers under one agreement of that kind, nothing
    without one; ``most`` the largest over all, ``kinds`` how many kinds, ``repeated`` what the
    kinds add up to beyond the largest.
    """
    agreements = standing(ledgers)
    in_force = agreements.filter(agreements.in_force == 1)
    coverage = ledgers.held("agreement-coverage", "agreement_id", "employer_id", "staff")
    joined = coverage.join(
        in_force, [coverage.day == in_force.day, coverage.agreement_id == in_force.entity_id]
    )
    by_kind = {
        f"most_{i}": (in_force.kind == kind).ifelse(coverage.staff, None)
        for i, kind in enumerate(KINDS)
    }
    each = joined.select(day=coverage.day, employer_id=coverage.employer_id, **by_kind)
    once = each.group_by("day", "employer_id").agg(**{m: each[m].max() for m in by_kind})
    employers = operating(ledgers)
    found = employers.join(
        once, [employers.day == once.day, employers.entity_id == once.employer_id]
    )
    most = [once[m] for m in by_kind]
    total = reduce(lambda a, b: a + b, [m.fill_null(0) for m in most])
    largest = reduce(_larger, [m.fill_null(0) for m in most])
    attributes = ("day", "code", "name", "nature", "entity_id", "leaf_id")
    return found.select(
        **{a: employers[a] for a in attributes},
        **{m: once[m] for m in by_kind},
        most=largest,
        repeated=total - largest,
        kinds=reduce(lambda a, b: a + b, [m.notnull().ifelse(1, 0) for m in most]),
    )


def _larger(one: Any, other: Any) -> Any:
    return (one >= other).ifelse(one, other)


def covered_and_agreed(ledgers: Ledgers) -> Relation:
    """Enterprises of Covered(d) that are under an agreement in force."""
    under, by_a_union = agreed(ledgers), covering(ledgers)
    enterprises = under.filter(is_enterprise(under))
    return enterprises.semi_join(
        by_a_union,
        [enterprises.day == by_a_union.day, enterprises.entity_id == by_a_union.employer_id],
    )


def renewing(ledgers: Ledgers) -> Relation:
    """Unions that exist on the day; ``until`` is when the first kind of their agreements ends.

    Of each kind the one that runs longest counts: a later one goes on where an earlier one ends.
    """
    held = ledgers.held("agreements", "kind", "union_id", "term_to", "voided_on")
    stands = held.filter(held.voided_on.isnull() | (held.voided_on > held.day))
    longest = stands.group_by("day", "union_id", "kind").agg(until=stands.term_to.max())
    once = longest.group_by("day", "union_id").agg(until=longest.until.min())
    unions = existing(ledgers)
    joined = unions.join(once, [unions.day == once.day, unions.entity_id == once.union_id])
    attributes = ("day", "code", "name", "entity_id", "leaf_id")
    return joined.select(**{a: unions[a] for a in attributes}, until=once.until)


def _soon_over(rows: Relation) -> Any:
    """Within three months, in which either side may demand a new one (集体合同规定 第三十八条)."""
    return (rows.until >= rows.day) & (_month_day(rows.until) <= _month_day(rows.day, later=3))


def _month_day(day: Any, later: int = 0) -> Any:
    """A number that is larger for a later day; days so many months later are told in months."""
    months = day.year().cast("int32") * 12 + day.month().cast("int32") + later
    return months * 100 + day.day().cast("int32")


_BY_UNION = Link(ledger="agreements", by="union_id", entity="entry_id")
_BY_AGREEMENT = Link(ledger="agreement-coverage", by="agreement_id", entity="employer_id")

AGREEMENTS = Base(
    code="agreements",
    group="协议份数",
    ledger="agreements",
    label=Label(key="number", name="number"),
    rows=standing,
    place=last_area_of_union,
    entities={"agreements": "entry_id"},
    through={"unions": _BY_UNION},
    stands=(*UNIONS_AT, _BY_UNION),
)
AGREED = Base(
    code="agreed",
    group="协议覆盖",
    ledger="employers",
    label=EMPLOYER_LABEL,
    rows=agreed,
    entities={"employers": "entry_id", "agreement-coverage": "employer_id"},
    through={"agreements": _BY_AGREEMENT},
    stands=EMPLOYERS_AT,
)
SIGNING = Base(
    code="signing",
    group="协议覆盖",
    ledger="employers",
    label=EMPLOYER_LABEL,
    rows=covered_and_agreed,
    entities={
        "employers": "entry_id",
        "coverage": "employer_id",
        "agreement-coverage": "employer_id",
    },
    through={"agreements": _BY_AGREEMENT, "unions": BY_COVERAGE},
    stands=EMPLOYERS_AT,
)
RENEWING = Base(
    code="renewing",
    group="协议份数",
    ledger="unions",
    label=UNION_LABEL,
    rows=renewing,
    entities={"unions": "entry_id", "agreements": "union_id"},
    stands=UNIONS_AT,
)


def _of_each_kind(code: str) -> tuple[str, ...]:
    return tuple(f"{code}.{word}" for word in WORDS.values())


def _is_of(kind: str) -> Any:
    return lambda rows: rows.kind == kind


def _signed(rows: Relation) -> Any:
    """签订日期 in the year up to the day."""
    return rows.opened >= rows.year_from


def _signed_of(kind: str) -> Any:
    return lambda rows: _signed(rows) & (rows.kind == kind)


def _in_force(rows: Relation) -> Any:
    return rows.in_force == 1


def _in_force_of(kind: str) -> Any:
    return lambda rows: _in_force(rows) & (rows.kind == kind)


def _under(i: int) -> Any:
    return lambda rows: rows[f"most_{i}"].notnull()


_VOIDED = "当日或之前已作废的"
_NOT_EFFECTIVE = (
    "不在期限内的；没有生效日期，又没有收到日期、收到未满 15 日或审查有异议的；已作废的"
)
_NOT_UNDER = f"{NOT_OPERATING}；协议当日无效或覆盖已终止的"

_RENEW: Final[dict[str, Any]] = {"remedy": "登记续签的协议", "deed": "new", "ledger": "agreements"}

CATALOG.register(
    Indicator(
        code="agreements.signed",
        name="本年签订协议",
        unit="份",
        definition="签订日期在本年度起始日至当日、当日未作废的工资集体协议，计在签约工会所在区划",
        excludes=_VOIDED,
        base=AGREEMENTS,
        where=_signed,
        # An agreement is of one kind; an employer may be under agreements of several.
        made_of=MadeOf(parts=_of_each_kind("agreements.signed")),
    ),
    *(
        Indicator(
            code=f"agreements.signed.{WORDS[kind]}",
            name=f"本年签订{kind}协议",
            unit="份",
            definition=f"本年签订的协议中，类型为“{kind}”的",
            excludes=_VOIDED,
            base=AGREEMENTS,
            where=_signed_of(kind),
        )
        for kind in KINDS
    ),
    Indicator(
        code="agreements.in_force",
        name="有效协议",
        unit="份",
        definition=(
            "当日已签订、在期限内（末日算在内）且已生效的协议：填有生效日期的自该日生效，"
            "没有填的自收到之日起满 15 日、审查无异议时生效；工会撤销后仍有效，计在其最后所在区划"
        ),
        excludes=_NOT_EFFECTIVE,
        base=AGREEMENTS,
        where=_in_force,
        made_of=MadeOf(parts=_of_each_kind("agreements.in_force")),
        headline=40,
    ),
    *(
        Indicator(
            code=f"agreements.in_force.{WORDS[kind]}",
            name=f"有效{kind}协议",
            unit="份",
            definition=f"有效协议中，类型为“{kind}”的",
            excludes=_NOT_EFFECTIVE,
            base=AGREEMENTS,
            where=_in_force_of(kind),
        )
        for kind in KINDS
    ),
    Indicator(
        code="agreements.employers",
        name="协议覆盖企业",
        unit="家",
        definition="当日在业、在有效协议之下且覆盖关系有效的用人单位，不论几份协议、几种类型只计一次",
        excludes=_NOT_UNDER,
        base=AGREED,
        made_of=MadeOf(
            parts=_of_each_kind("agreements.employers"), repeated="agreements.employers.overlap"
        ),
        headline=50,
    ),
    *(
        Indicator(
            code=f"agreements.employers.{WORDS[kind]}",
            name=f"{kind}协议覆盖企业",
            unit="家",
            definition=f"协议覆盖企业中，在“{kind}”协议之下的，每家只计一次",
            excludes=_NOT_UNDER,
            base=AGREED,
            where=_under(i),
        )
        for i, kind in enumerate(KINDS)
    ),
    Indicator(
        code="agreements.employers.overlap",
        name="重复覆盖企业",
        unit="家",
        definition="协议覆盖企业中，同时在两种及以上类型的协议之下的",
        excludes="同一类型之下有几份协议的",
        base=AGREED,
        where=lambda rows: rows.kinds >= 2,
    ),
    Indicator(
        code="agreements.workers",
        name="协议覆盖职工",
        unit="人",
        definition="协议覆盖企业各取其所有有效协议中最大的覆盖职工数，相加",
        excludes=_NOT_UNDER,
        base=AGREED,
        value="most",
        made_of=MadeOf(
            parts=_of_each_kind("agreements.workers"), less="agreements.workers.overlap"
        ),
        headline=60,
    ),
    *(
        Indicator(
            code=f"agreements.workers.{WORDS[kind]}",
            name=f"{kind}协议覆盖职工",
            unit="人",
            definition=f"协议覆盖企业各取其“{kind}”协议中最大的覆盖职工数，相加",
            excludes=_NOT_UNDER,
            base=AGREED,
            where=_under(i),
            value=f"most_{i}",
        )
        for i, kind in enumerate(KINDS)
    ),
    Indicator(
        code="agreements.workers.overlap",
        name="重复覆盖职工",
        unit="人",
        definition="重复覆盖企业各取三种类型的覆盖职工数之和减去其中最大的，相加",
        excludes="只在一种类型的协议之下的",
        base=AGREED,
        where=lambda rows: rows.kinds >= 2,
        value="repeated",
    ),
    Indicator(
        code="signing.enterprises",
        name="已建会且已签协议企业",
        unit="家",
        definition="已建会企业中，在有效协议之下的",
        base=SIGNING,
        listed=False,
    ),
    Ratio(
        code="rate.signing",
        name="签订率",
        definition="已建会企业中，在有效协议之下的所占之比",
        over="signing.enterprises",
        under="coverage.enterprises",
        headline=80,
    ),
    Indicator(
        code="unions.lapsed",
        name="协议到期未续签的工会",
        unit="个",
        definition="当日存在的工会中，签过的某一类协议都已过期限、没有登记续签的",
        excludes="协议已作废的；没有签过协议的",
        base=RENEWING,
        where=lambda rows: rows.until < rows.day,
        listed=False,
        problem=Problem(
            weight=5,
            reason="职工不再受协议保护，签订率随之下降",
            **_RENEW,
        ),
    ),
    Indicator(
        code="unions.expiring",
        name="协议三个月内到期的工会",
        unit="个",
        definition="当日存在的工会中，某一类协议今后三个月内（当日也算）期满、还没有登记续签的",
        excludes="协议已作废的；已经到期的",
        base=RENEWING,
        where=_soon_over,
        listed=False,
        problem=Problem(
            weight=2,
            reason="期满前三个月内任何一方都可以要求续签，晚了就断档",
            **_RENEW,
        ),
    ),
)
