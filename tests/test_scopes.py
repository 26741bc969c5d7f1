"""Random trees and posts: no row gets in, and none gets out, beyond what a post covers."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from gongjian.accounts.actions import add_user
from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import actor_named
from gongjian.areas.queries import area_by_code
from gongjian.core.access import OPERATOR, Actor, Permission
from gongjian.core.builders import make_credit_code, make_identity
from gongjian.core.days import today
from gongjian.core.errors import NotInScope
from gongjian.history.undo import Touched, undo
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.export import write_export
from gongjian.ledgers.scoping import require_touched_within
from gongjian.unions.queries import branch_of
from tests.papers import bring, codes
from tests.test_histories import BY, wipe

DAY = date(2011, 6, 1)

# Each number is the parent of an area of the tree; the first area, the root, has none.
trees = st.integers(2, 6).flatmap(
    lambda size: st.tuples(*(st.integers(0, max(0, i - 1)) for i in range(size)))
)


def code(area: int) -> str:
    return f"51{area:04d}"


def inside(tree: tuple[int, ...], area: int, post: int) -> bool:
    """Does the post's area lie on the way from the area to the root?"""
    while area not in (post, 0):
        area = tree[area]
    return area == post


def settle(tree: tuple[int, ...]) -> None:
    """A firm, its union, its coverage and a member in every area; changes 1 to 5."""
    number = range(len(tree))
    parents = [None, *(code(parent) for parent in tree[1:])]
    bring(
        "areas",
        *(
            {"区划代码": code(i), "名称": f"{i}区", "上级代码": parents[i], "类型": "其他"}
            for i in number
        ),
    )
    bring("employers", *(firm(i) for i in number), on=DAY)
    bring("unions", *(union(i) for i in number), on=DAY)
    bring("coverage", *(cover(i) for i in number), on=DAY)
    bring("members", *(member(i) for i in number), on=DAY)


def firm(i: int, staff: int = 10) -> dict[str, object]:
    return {
        "统一社会信用代码": make_credit_code(i),
        "单位名称": f"{i}厂",
        "所属区划": code(i),
        "单位性质": "企业",
        "职工人数": staff,
        "成立日期": "2005-01-01",
    }


def union(i: int, chair: str = "甲") -> dict[str, object]:
    return {
        "工会名称": f"{i}厂工会",
        "工会类型": "单独基层工会",
        "所属区划": code(i),
        "建会日期": "2006-01-01",
        "主席姓名": chair,
    }


def cover(i: int, staff: int = 1) -> dict[str, object]:
    return {
        "工会": f"{i}厂工会",
        "用人单位": f"{i}厂",
        "涵盖方式": "单独",
        "起始日期": "2006-01-01",
        "涵盖职工数": staff,
    }


def member(i: int, name: str = "王甲") -> dict[str, object]:
    return {
        "证件号码": make_identity("510703", date(1980, 1, 1), i),
        "姓名": name,
        "所属工会": f"{i}厂工会",
        "入会日期": "2007-01-01",
    }


def changed(slug: str, i: int) -> dict[str, object]:
    """The row of area ``i`` with one other value."""
    if slug == "employers":
        return firm(i, 11)
    if slug == "unions":
        return union(i, "乙")
    return cover(i, 2) if slug == "coverage" else member(i, "王乙")


def clerk(post: int) -> Actor:
    add_user(name="clerk", role=Role.TOWNSHIP_CLERK, by=OPERATOR, area_id=area_by_code(code(post)))
    permission = Permission.IMPORT_LEDGER
    return actor_named("clerk", today(), permission=permission, expand_unions=branch_of)


def exported(slug: str, actor: Actor) -> set[str]:
    """The names that an export within the actor's scope shows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        write_export(LEDGERS[slug], path, day=DAY, within=dict(actor.scope.inside))
        sheet = load_workbook(path).active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
    header = next(i for i, row in enumerate(rows) if "单位名称" in row or "工会名称" in row)
    column = next(i for i, word in enumerate(rows[header]) if word in ("单位名称", "工会名称"))
    return {str(row[column]) for row in rows[header + 1 :]}


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees, data=st.data())
def test_nothing_gets_in_or_out_beyond_a_post(tree: tuple[int, ...], data: st.DataObject) -> None:
    Post.objects.all().delete()
    User.objects.all().delete()
    wipe()
    settle(tree)
    post = data.draw(st.integers(0, len(tree) - 1))
    actor = clerk(post)
    within = [i for i in range(len(tree)) if inside(tree, i, post)]

    for slug in ("employers", "unions", "coverage", "members"):
        answer = bring(slug, *(changed(slug, i) for i in range(len(tree))), on=DAY, actor=actor)
        refused = [p.row for p in answer.problems if p.code == "out-of-scope"]
        assert refused == [i + 2 for i in range(len(tree)) if i not in within]
        assert codes(answer) == [(n, codes(answer)[0][1], "out-of-scope") for n in refused]
        assert (answer.change is None) is bool(refused)
    assert exported("employers", actor) == {f"{i}厂" for i in within}
    assert exported("unions", actor) == {f"{i}厂工会" for i in within}

    def allow(touched: Touched) -> None:
        require_touched_within(touched, 5, actor.scope)

    if len(within) < len(tree):
        with pytest.raises(NotInScope):
            undo(5, by=BY, allow=allow)
