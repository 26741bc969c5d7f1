"""A small city, and random deeds done to it: rows brought, changes undone, entries annulled and merged."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from gongjian.core.errors import Refused
from gongjian.history import sql
from gongjian.history.record import newest
from gongjian.history.repair import annul, merge
from gongjian.history.shapes import SHAPES
from gongjian.history.undo import Blocked, undo
from tests.papers import bring, county
from tests.worlds import (
    BY,
    covers,
    firm,
    good,
    member,
    pact,
    under,
    union,
)

CUTOFFS = [date(2010, 12, 31), date(2011, 1, 25), date(2011, 6, 25), date(2012, 6, 25)]
DAY = date(2011, 3, 1)

days_ = st.sampled_from(["2009-01-01", "2010-12-31", "2011-01-25", "2011-06-01", "2012-01-01"])
areas = st.sampled_from(["5107", "510703", "510703001", "510703002"])
firms = st.sampled_from([0, 1])
unions = st.sampled_from(["甲工会", "乙工会"])
pacts = st.sampled_from(["一号", "二号"])


def some(**cells: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the cells, each with some value."""
    return st.fixed_dictionaries({}, optional=cells)


rows = st.one_of(
    st.tuples(
        st.just("employers"),
        st.builds(
            lambda i, more: firm(i) | more,
            firms,
            some(
                所属区划=areas,
                单位性质=st.sampled_from(["企业", "机关"]),
                经营状态=st.sampled_from(["在业", "停业"]),
                职工人数=st.sampled_from([90, 100, 110]),
                成立日期=days_,
                注销日期=days_,
                生效日期=days_,
            ),
        ),
    ),
    st.tuples(
        st.just("unions"),
        st.builds(
            lambda name, more: union(name) | more,
            unions,
            some(
                工会类型=st.sampled_from(["联合基层工会", "区域性工会联合会"]),
                上级工会=unions,
                建会日期=days_,
                换届日期=days_,
                届期=st.sampled_from(["3", "5"]),
                撤销日期=days_,
                生效日期=days_,
                主席姓名=st.sampled_from(["王一", "王二"]),
            ),
        ),
    ),
    st.tuples(
        st.just("coverage"),
        st.builds(
            lambda name, i, more: covers(name, f"第{i}公司") | more,
            unions,
            firms,
            some(
                涵盖方式=st.sampled_from(["联合", "联合会", "分会"]),
                起始日期=days_,
                终止日期=days_,
                生效日期=days_,
            ),
        ),
    ),
    st.tuples(
        st.just("members"),
        st.builds(
            lambda i, more: member(i) | more,
            st.sampled_from([1, 2]),
            some(
                所属工会=unions,
                是否农民工=st.sampled_from(["是", "否"]),
                新就业形态=st.sampled_from(["快递员", "清空"]),
                入会日期=days_,
                会籍状态=st.sampled_from(["保留", "转出待接收", "退会"]),
                会籍变化日期=days_,
                生效日期=days_,
                手机=st.just("13900000000"),
            ),
        ),
    ),
    st.tuples(
        st.just("agreements"),
        st.builds(
            lambda name, more: pact(name) | more,
            pacts,
            some(
                协议类型=st.sampled_from(["区域性", "行业性"]),
                签约工会=unions,
                期限止=st.just("2012-12-31"),
                生效日期=days_,
                收到日期=days_,
                审查意见=st.sampled_from(["有异议", "无异议"]),
                作废日期=days_,
            ),
        ),
    ),
    st.tuples(
        st.just("agreement-coverage"),
        st.builds(
            lambda name, i, more: under(name, f"第{i}公司") | more,
            pacts,
            firms,
            some(覆盖职工数=st.sampled_from([10, 20]), 终止日期=st.just("2011-12-31")),
        ),
    ),
    st.tuples(
        st.just("areas"),
        st.builds(
            lambda more: {"区划代码": "510703002", "名称": "塘汛镇", "类型": "镇"} | more,
            some(
                上级代码=st.sampled_from(["5107", "510703"]),
                停用日期=days_,
                并入区划代码=st.just("510703001"),
                生效日期=days_,
            ),
        ),
    ),
)
deeds = st.one_of(
    st.tuples(st.just("row"), rows),
    st.tuples(st.just("row"), rows),
    st.tuples(st.just("row"), rows),
    st.tuples(st.just("undo"), st.integers(0, 6)),
    st.tuples(st.just("annul"), st.sampled_from(["coverage", "members", "agreement-coverage"])),
    st.tuples(st.just("merge"), st.sampled_from(["employers", "unions"])),
)


def opened_city() -> None:
    """Two firms, two unions, and everything that ties them."""
    county()
    good("employers", firm(0), firm(1), on=DAY)
    good("unions", union("甲工会"), union("乙工会") | {"上级工会": "甲工会"})
    good("coverage", covers("甲工会", "第0公司"), covers("乙工会", "第1公司"))
    good("members", member(1), member(2) | {"所属工会": "乙工会"})
    effective = {"生效日期": "2011-04-01"}
    good("agreements", pact("一号") | effective, pact("二号") | effective | {"协议类型": "区域性"})
    good(
        "agreement-coverage", under("一号", "第0公司"), under("二号", "第0公司") | {"覆盖职工数": 9}
    )


def believed_entries(slug: str) -> list[int]:
    query = f'SELECT DISTINCT entry_id FROM "{SHAPES[slug].table}" WHERE removed_in IS NULL'
    return sorted(e for (e,) in sql.fetch(query))


def perform(kind: str, what: Any) -> None:
    """Do one deed; what the product refuses is nobody's business here."""
    if kind == "row":
        bring(what[0], what[1], on=DAY, skip_bad=True)
        return
    held = [] if kind == "undo" else believed_entries(what)
    try:
        if kind == "undo":
            undo(newest() - what, by=BY)
        elif kind == "annul" and held:
            annul(what, held[0], by=BY)
        elif kind == "merge" and len(held) > 1:
            merge(what, held[0], held[1], by=BY)
    except (Refused, Blocked):
        return
