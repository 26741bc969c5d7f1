"""Figures that read unions, and the employers they cover."""

from typing import Any

from gongjian.employers.enums import ENTERPRISE
from gongjian.employers.indicators import (
    EMPLOYERS_AT,
    NOT_OPERATING,
    is_enterprise,
    is_large,
    operating,
)
from gongjian.employers.indicators import LABEL as EMPLOYER_LABEL
from gongjian.indicators.declare import (
    AFFILIATION,
    CATALOG,
    DIMENSIONS,
    TERRITORY,
    Base,
    Dimension,
    Indicator,
    Label,
    Ledgers,
    Link,
    Listing,
    MadeOf,
    Net,
    Ratio,
    Relation,
)
from gongjian.indicators.problems import Problem
from gongjian.unions.enums import BASE as BASE_KINDS
from gongjian.unions.enums import FEDERATIONS, JOINT, MODES, TERM_YEARS
from gongjian.unions.models import UnionVersion
from gongjian.unions.queries import tree_on

WORDS = ("own", "joint", "federation", "branch")
"""The words in codes for the modes of coverage, in the order of these."""

LABEL = Label(key="code", name="name")
"""Unions are named by credit code and name."""


def _code_of(union_id: int) -> str:
    """The code or name last given to a union, whatever became of that knowledge."""
    said = UnionVersion.objects.filter(entry_id=union_id).order_by("-vid")
    code, name = said.values_list("code", "name")[0]
    return str(code or name)


DIMENSIONS.register(
    Dimension(
        code=AFFILIATION,
        word="union",
        tree_on=tree_on,
        code_of=_code_of,
        narrows={
            "unions": "entry_id",
            "coverage": "union_id",
            "members": "union_id",
            "agreements": "union_id",
        },
    )
)


def existing(ledgers: Ledgers) -> Relation:
    """Unions that exist on the day, each in its own area, with the days its term hangs on."""
    held = ledgers.held(
        "unions", "code", "name", "kind", "area_id", "opened", "elected_on", "term_years"
    )
    return held.rename(entity_id="entry_id", leaf_id="area_id")


def area_of_union(ledgers: Ledgers) -> Relation:
    """The area of each union that exists on the day, for what counts where its union stands."""
    held = ledgers.held("unions", "area_id")
    return held.select("day", holder_id=held.entry_id, leaf_id=held.area_id)


def last_area_of_union(ledgers: Ledgers) -> Relation:
    """The area of each union, of a dissolved one its last, for what outlives its union."""
    last = ledgers.last("unions", "area_id")
    return last.select("day", holder_id=last.entry_id, leaf_id=last.area_id)


def is_base(rows: Relation) -> Any:
    """单独基层工会 or 联合基层工会."""
    return rows.kind.isin(BASE_KINDS)


def is_overdue(rows: Relation) -> Any:
    """A base union whose term is over: it should have elected anew by the day.

    The term runs from the last election, else from the founding; 29 February falls to the 28th
    (a term of 3 or 5 years never ends in a leap year that began in one). 工会法 第十六条.
    """
    since = rows.elected_on.coalesce(rows.opened)
    years = rows.term_years.coalesce(TERM_YEARS).cast("int32")
    of_year = since.month().cast("int32") * 100 + since.day().cast("int32")
    until = (since.year().cast("int32") + years) * 10_000 + _less_leap_day(of_year)
    day = rows.day
    today = day.year() * 10_000 + day.month() * 100 + day.day()
    return is_base(rows) & (until <= today)


def _less_leap_day(of_year: Any) -> Any:
    return (of_year == 229).ifelse(228, of_year)


def covering(ledgers: Ledgers) -> Relation:
    """Coverage in force on the day by a union that exists on it, whatever the employer is."""
    unions = ledgers.held("unions")
    coverage = ledgers.held("coverage", "union_id", "employer_id", "mode")
    return coverage.semi_join(
        unions, [coverage.day == unions.day, coverage.union_id == unions.entry_id]
    )


def covered(ledgers: Ledgers) -> Relation:
    """Covered(d): employers in 在业 with a coverage in force by a union that exists on the day.

    ``mode_0`` … are 1 where some such coverage is of that mode, else 0; ``modes`` is how many.
    """
    by_a_union = covering(ledgers)
    flags = {f"mode_{i}": (by_a_union["mode"] == mode).ifelse(1, 0) for i, mode in enumerate(MODES)}
    marked = by_a_union.select("day", "employer_id", **flags)
    once = marked.group_by("day", "employer_id").agg(**{f: marked[f].max() for f in flags})
    employers = operating(ledgers)
    joined = employers.join(
        once, [employers.day == once.day, employers.entity_id == once.employer_id]
    )
    modes = sum((once[f] for f in list(flags)[1:]), once["mode_0"])
    attributes = ("day", "code", "name", "nature", "staff", "entity_id", "leaf_id")
    return joined.select(
        **{a: employers[a] for a in attributes}, **{f: once[f] for f in flags}, modes=modes
    )


def orphaned(ledgers: Ledgers) -> Relation:
    """Areas that are not there on the day, have no heir, and in which somebody still stands.

    Each counts in itself: what stands there counts in the area that was above.
    """
    last, there = ledgers.last("areas", "code", "name", "heir_id"), ledgers.held("areas")
    alone = last.filter(last.heir_id.isnull())
    gone = alone.anti_join(there, [alone.day == there.day, alone.entry_id == there.entry_id])
    standing = _standing(ledgers, "employers").union(_standing(ledgers, "unions"))
    left = gone.semi_join(standing, [gone.day == standing.day, gone.entry_id == standing.area_id])
    return left.select("day", "code", "name", entity_id=left.entry_id, leaf_id=left.entry_id)


def _standing(ledgers: Ledgers, ledger: str) -> Relation:
    return ledgers.held(ledger, "area_id").select("day", "area_id")


def _has_mode(i: int) -> Any:
    return lambda rows: rows[f"mode_{i}"] == 1


UNIONS_AT = (Link(ledger="unions", by="area_id", entity="entry_id"),)
"""Unions count where they are."""

BY_COVERAGE = Link(ledger="coverage", by="union_id", entity="employer_id")
"""A union moves the employers it covers."""


UNIONS = Base(
    code="unions",
    group="工会组织",
    ledger="unions",
    label=LABEL,
    rows=existing,
    entities={"unions": "entry_id"},
    stands=UNIONS_AT,
)
COVERED = Base(
    code="covered",
    group="建会涵盖",
    ledger="employers",
    label=EMPLOYER_LABEL,
    rows=covered,
    entities={"employers": "entry_id", "coverage": "employer_id"},
    through={"unions": BY_COVERAGE},
    stands=EMPLOYERS_AT,
)

ORPHANED = Base(
    code="orphaned",
    group="区划",
    ledger="areas",
    label=LABEL,
    rows=orphaned,
    trees=(TERRITORY,),
    entities={"areas": "entry_id", "employers": "area_id", "unions": "area_id"},
)
"""An area moves with whoever comes to stand in it or leaves it."""

_NOT_COVERED = f"{NOT_OPERATING}；只由当日不存在的工会涵盖的"

CATALOG.register(
    Indicator(
        code="areas.orphaned",
        name="停用未并入的区划",
        unit="个",
        definition=(
            "当日不存在、没有指定并入区划，名下还有当日存在的用人单位或工会的区划；它们暂计在原上级"
        ),
        base=ORPHANED,
        listed=False,
        problem=Problem(
            weight=4,
            reason="名下各家暂计在原上级，各乡镇的数加起来少了它们",
            remedy="指定并入哪个区划",
        ),
    ),
    Indicator(
        code="coverage.units",
        name="涵盖单位",
        unit="家",
        definition="当日在业、且有当日存在的工会以有效涵盖关系涵盖的用人单位，每家只计一次",
        excludes=_NOT_COVERED,
        base=COVERED,
        made_of=MadeOf(
            parts=tuple(f"coverage.units.{word}" for word in WORDS),
            repeated="coverage.units.overlap",
        ),
        listing=Listing(question="covered"),
        headline=20,
    ),
    Indicator(
        code="coverage.enterprises",
        name="已建会企业",
        unit="家",
        definition="涵盖单位中，单位性质为企业的",
        excludes=_NOT_COVERED,
        base=COVERED,
        listing=Listing(question="covered", values=(("nature", ENTERPRISE),)),
        where=is_enterprise,
    ),
    *(
        Indicator(
            code=f"coverage.units.{word}",
            name=f"{name}涵盖单位",
            unit="家",
            definition=f"涵盖单位中，有涵盖方式为“{mode}”的有效涵盖关系的，每家只计一次",
            excludes=_NOT_COVERED,
            base=COVERED,
            where=_has_mode(i),
        )
        for i, (word, mode, name) in enumerate(
            zip(
                WORDS,
                MODES,
                ("单独建会", "联合基层工会", "工会联合会", "分会"),
                strict=True,
            )
        )
    ),
    Indicator(
        code="coverage.units.overlap",
        name="多重涵盖单位",
        unit="家",
        definition="涵盖单位中，同时有两种及以上涵盖方式的",
        excludes="同一方式之下有几个工会的",
        base=COVERED,
        where=lambda rows: rows.modes >= 2,
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
        excludes="工会联合会、总工会、工会工作委员会、分会；当日已撤销的",
        base=UNIONS,
        where=is_base,
        listing=Listing(values=tuple(("kind", kind) for kind in BASE_KINDS)),
        headline=10,
    ),
    Indicator(
        code="unions.joint",
        name="联合基层工会",
        unit="个",
        definition="基层工会中的联合基层工会",
        base=UNIONS,
        where=lambda rows: rows.kind == JOINT,
        listing=Listing(values=(("kind", JOINT),)),
    ),
    Indicator(
        code="unions.federations",
        name="工会联合会",
        unit="个",
        definition="当日存在的区域性工会联合会和行业性工会联合会",
        base=UNIONS,
        where=lambda rows: rows.kind.isin(FEDERATIONS),
    ),
    Indicator(
        code="unions.overdue",
        name="逾期未换届工会",
        unit="个",
        definition=(
            "基层工会中，换届日期（未填的按建会日期）加届期年数（未填的按 5 年）不晚于当日的；"
            "2 月 29 日起的届期到 2 月 28 日满"
        ),
        base=UNIONS,
        where=is_overdue,
        listing=Listing(question="overdue"),
        problem=Problem(
            weight=3,
            reason="届满未换届，工会的行为没有合法的任期作依据",
            remedy="换届后登记换届日期",
        ),
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
        headline=70,
    ),
    Ratio(
        code="rate.union.over100",
        name="百人以上企业建会率",
        definition="已建会的百人以上企业占在业的百人以上企业之比",
        over="coverage.over100",
        under="employers.over100",
    ),
)
