"""Who had access to an area or an entry on a day."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.actions import NewPost, end_post, give_post, hand_over, stop
from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import Manager
from gongjian.areas.queries import area_by_code
from gongjian.core.access import OPERATOR
from gongjian.core.days import SHANGHAI, today
from gongjian.history.models import Change, TrailRecord
from gongjian.web.tests.people import make_person, signed_in
from gongjian.web.trail.tests.scene import (
    ABOVE,
    HERE,
    THERE,
    TOP,
    auditor,
    cells,
    person,
    place,
    text,
)
from tests.worlds import entry, good, union

pytestmark = pytest.mark.django_db

BY = Manager(actor=OPERATOR)
DAY = date(2012, 6, 30)


def known_since(day: date) -> None:
    """Everything told so far is taken to have been told on that day."""
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
    Change.objects.update(at=moment)
    TrailRecord.objects.update(at=moment)


def rows(client: Client, query: str, table: str = "whole") -> list[list[str]]:
    """(who, post, what they see, remarks) in one of the two tables."""
    address = f"/changes/access/?{query}"
    found = cells(client, address, f"section[aria-labelledby={table}] tbody tr")
    return [[row[0], row[1], row[3], row[5]] for row in found]


FULL, MASKED = "看记录，说明理由后看完整号码", "看记录，号码遮住"


def test_posts_at_the_area_and_above_reach_it_and_those_below_a_part(client: Client) -> None:
    place()
    for role, code, name in (
        ("city-organiser", TOP, "市"),
        ("county-organiser", ABOVE, "县"),
        ("township-clerk", HERE, "镇"),
        ("township-clerk", THERE, "别镇"),
        ("grid-worker", HERE, "网格"),
        ("leader", ABOVE, "领导"),
    ):
        person(role, code, name)
    make_person("union-officer", union_id=entry("unions", "甲工会"), name="主席")
    auditor(client)

    assert rows(client, f"area={HERE}&day={DAY}") == [
        ["市", "绵阳市 · 市级组织员", FULL, "在任"],
        ["县", "涪城区 · 县级组织员", FULL, "在任"],
        ["网格", "城厢街道 · 网格员", MASKED, "在任"],
        ["镇", "城厢街道 · 乡镇街道经办人", MASKED, "在任"],
        ["周远", "绵阳市 · 审计员", "只看留痕", "在任"],
        ["领导", "涪城区 · 领导", "只看指标和构成它的名单", "在任"],
    ]
    assert [row[0] for row in rows(client, f"area={HERE}&day={DAY}", "part")] == ["主席"]
    part = rows(client, f"area={ABOVE}&day={DAY}", "part")
    assert sorted(row[0] for row in part) == sorted(["网格", "镇", "别镇", "主席"])
    assert rows(client, f"area={HERE}&day=1999-12-31") == []


def test_of_an_entry_its_union_counts_and_what_a_role_may_open(client: Client) -> None:
    member = place()
    known_since(date(2012, 1, 1))
    make_person("union-officer", union_id=entry("unions", "甲工会"), name="主席")
    person("grid-worker", HERE, "网格")
    person("township-clerk", THERE, "别镇")
    person("administrator", TOP, "管理员")
    auditor(client)

    found = rows(client, f"ledger=members&entry={member}&day={DAY}")

    assert sorted([row[0], row[2]] for row in found) == sorted(
        [
            ["主席", MASKED],
            ["周远", "只看留痕"],
            ["管理员", "看不到记录"],
            ["网格", "看不到记录"],
        ]
    )
    assert "还没有录入" in text(
        client, f"/changes/access/?ledger=members&entry={member}&day=2011-12-31"
    )


def test_an_entry_counts_where_it_stood_that_day(client: Client) -> None:
    """As it was known that day: what was told later of that day opened nothing then."""
    place()
    good("unions", union("乙工会"))
    known_since(date(2012, 1, 1))
    moved = entry("unions", "乙工会")
    good(
        "unions", union("乙工会") | {"系统编号": moved, "所属区划": THERE, "生效日期": "2012-03-01"}
    )
    person("township-clerk", HERE, "城厢的")
    person("township-clerk", THERE, "塘汛的")
    auditor(client)

    def clerks(day: date) -> list[str]:
        found = rows(client, f"ledger=unions&entry={moved}&day={day}")
        return [row[0] for row in found if "经办人" in row[1]]

    assert clerks(DAY) == ["城厢的"]
    assert clerks(today()) == ["塘汛的"]


# ------------------------------------------------------------------ posts as they were that day


@pytest.fixture
def desk(db: None) -> tuple[User, User, Post]:
    """王敏 with a post of 城厢 from 2000 on, and 陈红 with none there."""
    place()
    wang, chen = person("township-clerk", HERE, "王敏"), person("township-clerk", THERE, "陈红")
    return wang, chen, Post.objects.get(user=wang)


def remarks(client: Client, day: date) -> dict[str, str]:
    found = rows(client, f"area={HERE}&day={day}")
    return {f"{row[0]} {row[1].split(' 代')[-1]}": row[3] for row in found if "经办人" in row[1]}


CLERK = "城厢街道 · 乡镇街道经办人"


def test_ended_handed_over_and_stand_in_posts_count_on_their_days(
    client: Client, desk: tuple[User, User, Post]
) -> None:
    wang, chen, post = desk
    now = today()
    new = NewPost(role=Role.TOWNSHIP_CLERK, valid_from=now, valid_to=now + timedelta(days=5),
                  area_id=area_by_code(HERE))  # fmt: skip
    give_post(chen, new, by=BY, stands_in_for=wang)
    li = person("township-clerk", ABOVE, "李芳")
    hand_over([post], li, now + timedelta(days=9), by=BY)
    auditor(client)

    def names(day: date) -> list[str]:
        found = rows(client, f"area={HERE}&day={day}")
        return [f"{row[0]} {row[1]}" for row in found if row[1].startswith("城厢")]

    both = [f"王敏 {CLERK}", f"陈红 {CLERK} 代王敏"]
    assert names(now - timedelta(days=1)) == [f"王敏 {CLERK}"]
    assert sorted(names(now)) == sorted(both)
    assert names(now + timedelta(days=6)) == [f"王敏 {CLERK}"]
    assert names(now + timedelta(days=9)) == [f"李芳 {CLERK}"]


def test_what_was_entered_afterwards_is_told_apart(
    client: Client, desk: tuple[User, User, Post]
) -> None:
    _, chen, post = desk
    now, day = today(), today() - timedelta(days=10)
    give_post(
        chen, NewPost(role=Role.TOWNSHIP_CLERK, valid_from=day, area_id=area_by_code(HERE)), by=BY
    )
    end_post(post, day - timedelta(days=5), by=BY)
    auditor(client)
    earlier = day - timedelta(days=5)
    assert remarks(client, day) == {
        f"王敏 {CLERK}": f"{now} 才登记为 {earlier} 起不再任职，当天实际仍在用",
        f"陈红 {CLERK}": f"{now} 才登记，当天还没有这个岗位",
    }
    assert f"陈红 {CLERK}" in remarks(client, now)
    assert f"王敏 {CLERK}" not in remarks(client, now + timedelta(days=1))
    seen = {row[0]: row[2] for row in rows(client, f"area={HERE}&day={day}")}
    assert (seen["陈红"], seen["王敏"]) == ("当天看不到", MASKED)


def test_a_stopped_account_could_not_come_in(client: Client, desk: tuple[User, User, Post]) -> None:
    wang, _, _ = desk
    stop(wang, by=BY)
    auditor(client)
    assert remarks(client, today())[f"王敏 {CLERK}"].startswith("账号当天")
    after = today() + timedelta(days=1)
    assert remarks(client, after)[f"王敏 {CLERK}"] == "账号当天已停用，不能登录"
    assert remarks(client, today() - timedelta(days=1))[f"王敏 {CLERK}"] == "在任"


# ------------------------------------------------------------------ who may ask


def test_auditors_alone_ask_and_within_their_scope(client: Client) -> None:
    member = place()
    known_since(date(2012, 1, 1))
    auditor(client, THERE)
    assert f"没有代码或名称是“{HERE}”" in text(client, f"/changes/access/?area={HERE}")
    page = text(client, f"/changes/access/?ledger=members&entry={member}&day={DAY}")
    assert "不在您的管理范围内" in page
    assert "查哪一天、哪里" in text(client, "/changes/access/")
    signed_in(client, "county-organiser", area_id=area_by_code(TOP))
    assert client.get("/changes/access/").status_code == 403


def test_the_number_of_queries_does_not_grow_with_posts(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    place()
    for i in range(30):
        person("township-clerk", HERE, f"镇{i}")
    auditor(client)
    client.get(f"/changes/access/?area={HERE}")
    with django_assert_max_num_queries(16):
        assert len(rows(client, f"area={HERE}")) == 31
