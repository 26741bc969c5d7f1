"""The list of all links: in words, as far as one sees, narrowed, paged; and one link."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.actions import NewPost, give_post, hand_over
from gongjian.accounts.enums import Role
from gongjian.accounts.queries import Manager
from gongjian.areas.queries import area_by_code
from gongjian.core.access import EVERYTHING, OPERATOR
from gongjian.core.days import today
from gongjian.history import trail
from gongjian.history.models import Head, TrailRecord
from gongjian.web.records.tests.desk import main
from gongjian.web.tests.people import make_person, signed_in
from gongjian.web.trail import presenters, queries
from gongjian.web.trail.tests.scene import (
    ABOVE,
    HERE,
    THERE,
    TOP,
    auditor,
    came_in,
    cells,
    exported,
    listed,
    looked,
    person,
    place,
    sign_in,
    text,
)
from tests.worlds import entry, firm, good

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------ in words


def deeds_of_every_kind() -> int:
    """One link of each kind; the member that was looked at."""
    member = place()
    li = person("township-clerk", HERE, "李芳")
    wang = person("county-organiser", ABOVE, "王敏")
    looked(wang, member)
    came_in(li, failed=2)
    came_in(li, "locked", failed=5)
    trail.note("sign-in", {"deed": "locked", "address": "10.9.9.9", "failed": 5})
    exported(wang, unmasked=True, rows=1200, reason="核对")
    trail.note("export", {"figure": "members.total", "place": TOP, "at": "2011-12-25", "actor": 1,
                          "name": "王敏"})  # fmt: skip
    trail.note("export", {"format": "parquet", "after": 0, "change": 3, "name": "系统操作员"})
    trail.note("download", {"job": 7, "actor": wang.pk, "name": "王敏"})
    trail.note("backup", {"file": "城.gj", "actor": None, "name": "系统操作员", "reason": "每日"})
    trail.note("unmask-import", {"ledger": "members", "paper": "三月名册.xlsx", "actor": li.pk,
                                 "name": "李芳", "reason": "导入时改错", "import": 1})  # fmt: skip
    area = area_by_code(HERE)
    trail.note("lock-month", {"period": "2011-11", "area": area, "version": 1, "actor": "王敏",
                              "actor_id": wang.pk, "reason": "", "figures": {}})  # fmt: skip
    by = Manager(actor=OPERATOR)
    new = NewPost(role=Role.TOWNSHIP_CLERK, valid_from=today(), area_id=area)
    post = give_post(wang, new, by=by)
    chen = person("grid-worker", HERE, "陈红")
    hand_over([post], chen, today() + timedelta(days=3), by=by)
    trail.note("something-new", {"deed": "flow-begun", "actor": wang.pk, "name": "王敏"})
    return member


def test_every_kind_of_link_is_told_in_plain_words(client: Client) -> None:
    member = deeds_of_every_kind()
    auditor(client)

    told = [row[2:] for row in cells(client, "/changes/trail/")]

    later, now = today() + timedelta(days=3), today()
    assert told == [
        ["王敏", "其他 flow-begun", "", ""],
        ["系统操作员", "人员岗位 交接岗位",
         f"王敏 交给 陈红：城厢街道 · 乡镇街道经办人（{now} 起，{later} 起不再任职）", ""],
        ["系统操作员", "人员岗位 派岗位", f"王敏：城厢街道 · 乡镇街道经办人（{now} 起）", ""],
        ["王敏", "锁定月报 锁定 2011-11 月报，第 1 版", "城厢街道", ""],
        ["李芳", "看号码 导入时看了认错的几格里的完整号码", "三月名册.xlsx", "导入时改错"],
        ["系统操作员", "备份 备份数据库", "城.gj", "每日"],
        ["王敏", "导出 下载导出的文件", "后台作业 7", ""],
        ["系统操作员", "导出 导出全部台账（Parquet）", "变更 1 至 3", ""],
        ["王敏", "导出 导出名单：会员", "5107，2011-12-25", ""],
        ["王敏", "导出 导出会员台账 1,200 行，含完整号码", "2011-12-25", "核对"],
        ["没有这个账号", "登录 连续输错密码，被锁定", "", ""],
        ["李芳", "登录 连续输错密码，被锁定", "", ""],
        ["李芳", "登录 登录，此前输错 2 次", "", ""],
        ["王敏", "看号码 看了证件号码、手机", f"会员1（会员，系统编号 {member}）", "办理互助保障"],
        ["系统操作员", "更改 填报：会员台账", "变更 3", ""],
        ["系统操作员", "更改 填报：工会台账", "变更 2", ""],
        ["系统操作员", "更改 填报：区划台账", "变更 1", ""],
    ]  # fmt: skip


def test_a_link_shows_its_digests_and_what_it_says(client: Client) -> None:
    member = place()
    wang = person("county-organiser", ABOVE, "王敏")
    number = looked(wang, member)
    auditor(client)
    record = TrailRecord.objects.get(pk=number)

    page = text(client, f"/changes/trail/{number}/")

    assert record.digest in page
    assert record.previous in page
    assert record.body in page
    assert f"第 {number} 条，就是这一条" in page
    assert "看了哪几项 证件号码、手机" in page
    opened = main(client.get(f"/changes/trail/{number}/"))
    assert opened.find("a", href=f"/changes/looks/?entry={member}")
    change = main(client.get("/changes/trail/3/"))
    assert change.find("a", href="/changes/3/")
    assert "会员台账：新写入 1 段" in change.get_text()


def test_where_somebody_signed_in_from_is_for_auditors_alone(client: Client) -> None:
    place()
    li = person("township-clerk", HERE, "李芳")
    number = came_in(li)
    auditor(client)
    assert "10.1.2.3" in text(client, f"/changes/trail/{number}/")
    signed_in(client, "county-organiser", area_id=area_by_code(ABOVE))
    assert "10.1.2.3" not in text(client, f"/changes/trail/{number}/")


def test_a_spoilt_link_is_shown_as_such_and_stops_nobody(client: Client) -> None:
    member = place()
    li = person("township-clerk", HERE, "李芳")
    number = looked(li, member)
    with connection.cursor() as cursor:
        for spoilt in ("zzz", '{"entry": "x"}', "[]"):
            cursor.execute(
                "UPDATE history_trailrecord SET body = %s WHERE number = %s", [spoilt, number]
            )
            auditor(client, name=f"周{len(spoilt)}")
            assert client.get("/changes/trail/").status_code == 200
            assert client.get("/changes/looks/").status_code == 200
            assert listed(client, "?who=李芳") == []
        cursor.execute("UPDATE history_trailrecord SET body = 'zzz' WHERE number = %s", [number])
    assert "请核验留痕" in text(client, "/changes/trail/")


SPOILT = [None, 7, -1, "x", [], [1], {}, {"a": 1}, [{"to": 5}], True, 10**30]


def test_whatever_a_link_was_altered_to_the_pages_stand(client: Client) -> None:
    """Whoever audits a chain that somebody spoilt must see it all the same."""
    member = place()
    li = person("township-clerk", HERE, "李芳")
    by = Manager(actor=OPERATOR)
    area = area_by_code(THERE)
    post = give_post(li, NewPost(role=Role.GRID_WORKER, valid_from=today(), area_id=area), by=by)
    hand_over([post], person("inspector", HERE, "钱进"), today() + timedelta(days=2), by=by)
    looked(li, member)
    came_in(li, failed=2)
    exported(li)
    trail.note("verify", {"ok": False, "records": 3, "broken": 2, "actor": li.pk, "name": "李芳"})
    trail.note("flow", {"deed": "open", "flow": "report", "cases": [[1]], "name": "李芳"})
    auditor(client)
    links = list(TrailRecord.objects.order_by("number"))
    for link in links:
        body = queries.body_of(link.body)
        for name in body:
            for at, value in enumerate(SPOILT):
                spoilt = queries.Link(record=link, said=body | {name: value})
                assert len(presenters.rows([spoilt], EVERYTHING)) == 1
                presenters.one(spoilt, EVERYTHING, audits=True)
                presenters.result(spoilt)
                if (name, at) == (list(body)[link.number % len(body)], link.number % len(SPOILT)):
                    record = TrailRecord.objects.filter(pk=link.pk)
                    record.update(body=trail.canonical(body | {name: value}))
                    for address in ("trail/", f"trail/{link.number}/", "looks/", "verify/"):
                        assert client.get(f"/changes/{address}").status_code in (200, 404)
        TrailRecord.objects.filter(pk=link.pk).update(body=link.body)


def test_a_nul_that_somebody_typed_keeps_no_link_from_being_written(client: Client) -> None:
    place()
    li = person("township-clerk", HERE, "李芳")
    number = exported(li, reason="a\x00b \\u0000")
    auditor(client)
    assert listed(client, "?who=李芳") == [number]
    assert trail.verify().ok


# ------------------------------------------------------------------ who sees which


@pytest.fixture
def deeds(db: None) -> dict[str, int]:
    """Links here and there, by name; the newest change is 4, of 塘汛."""
    member = place()
    good("employers", firm(1) | {"所属区划": THERE})
    li, wu = person("township-clerk", HERE, "李芳"), person("township-clerk", THERE, "吴明")
    wang = person("city-organiser", TOP, "王敏")
    return {
        "in of li": came_in(li),
        "in of wu": came_in(wu),
        "in of wang": came_in(wang),
        "look of wang at a member here": looked(wang, member),
        "look of wu at a member here": looked(wu, member),
        "export of li": exported(li),
        "backup": trail.note("backup", {"file": "x", "actor": None, "name": "系统操作员"}).number,
        "wang resets the password of wu": trail.note(
            "user",
            {"deed": "reset-password", "user": wu.pk, "username": "吴明",
             "actor": wang.pk, "name": "王敏"},
        ).number,
        "month of here": trail.note(
            "lock-month", {"area": area_by_code(HERE), "period": "2011-11", "actor": "某", "version": 1}
        ).number,
    }  # fmt: skip


ALL_ = {
    TOP: "all",
    HERE: ["in of li", "look of wang at a member here", "look of wu at a member here",
           "export of li", "month of here"],
    THERE: ["in of wu", "look of wu at a member here", "wang resets the password of wu"],
}  # fmt: skip


def test_links_lie_where_what_they_tell_of_does(client: Client, deeds: dict[str, int]) -> None:
    for code, changes in ((TOP, [1, 2, 3, 4]), (HERE, [1, 2, 3]), (THERE, [1, 4])):
        wanted = list(deeds) if ALL_[code] == "all" else ALL_[code]
        numbers = sorted(changes + [deeds[name] for name in wanted], reverse=True)
        for role in ("auditor", "inspector"):
            signed_in(client, role, area_id=area_by_code(code))
            assert listed(client) == numbers, code
            seen = [
                n
                for n in range(1, max(deeds.values()) + 1)
                if client.get(f"/changes/trail/{n}/").status_code == 200
            ]
            assert seen == numbers[::-1], code
        assert client.get(f"/changes/trail/{10**20}/").status_code == 404


def test_an_area_narrows_to_there_and_below(client: Client, deeds: dict[str, int]) -> None:
    auditor(client)
    wanted = sorted([1, 2, 3, *(deeds[name] for name in ALL_[HERE])], reverse=True)
    assert listed(client, f"?area={HERE}") == wanted
    assert listed(client, "?area=城厢街道") == wanted
    assert listed(client, f"?area={TOP}") == listed(client)
    signed_in(client, "auditor", area_id=area_by_code(THERE))
    page = text(client, f"/changes/trail/?area={HERE}")
    assert f"管理范围内没有代码或名称是“{HERE}”的区划" in page


def test_a_past_post_still_says_where_deeds_lie(client: Client, deeds: dict[str, int]) -> None:
    gone = person("township-clerk", HERE, "赵强")
    number = came_in(gone)
    gone.posts.update(valid_to=today() - timedelta(days=400))
    auditor(client, HERE)
    assert listed(client)[0] == number
    auditor(client, THERE, "别的审计")
    assert number not in listed(client)


def test_a_post_at_a_union_lies_where_the_union_stands(client: Client) -> None:
    place()
    officer = make_person("union-officer", union_id=entry("unions", "甲工会"), name="主席")
    number = came_in(officer)
    auditor(client, HERE)
    assert number in listed(client)
    sign_in(client, officer)
    assert listed(client) == [number, 3, 2]


# ------------------------------------------------------------------ narrowed and paged


def test_the_list_is_narrowed_by_everything(client: Client, deeds: dict[str, int]) -> None:
    auditor(client)
    member = TrailRecord.objects.get(pk=deeds["look of wang at a member here"])
    seen = queries.body_of(member.body)["entry"]

    def found(query: str) -> set[str | int]:
        names = {number: name for name, number in deeds.items()}
        return {names.get(n, n) for n in listed(client, query)}

    looks = {"look of wang at a member here", "look of wu at a member here"}
    reset = "wang resets the password of wu"
    assert found("?kind=looks") == looks
    assert found("?kind=changes") == {1, 2, 3, 4}
    assert found("?kind=sign-ins") == {"in of li", "in of wu", "in of wang"}
    assert found("?kind=staff") == {reset}
    assert found("?kind=backups") == {"backup"}
    assert found("?who=王敏") == {"in of wang", "look of wang at a member here", reset}
    assert found("?who=吴明") == {"in of wu", "look of wu at a member here", reset}
    assert found("?who=吴明&kind=looks") == {"look of wu at a member here"}
    assert found("?who=系统操作员") == {1, 2, 3, 4, "backup"}
    assert found("?who=7") == set()
    assert found("?who=查无此人") == set()
    assert found("?ledger=members") == {3, *looks, "export of li"}
    assert found(f"?entry={seen}&ledger=members") == {3, *looks}
    assert found(f"?entry={seen}&ledger=members&kind=changes") == {3}
    assert found(f"?first={today()}&last={today()}") == {1, 2, 3, 4, *deeds}
    assert found(f"?last={today() - timedelta(days=1)}") == set()
    assert found(f"?first={today() + timedelta(days=1)}") == set()
    assert found("?entry=一二") == found("")
    assert "系统编号是一串数字" in text(client, "/changes/trail/?entry=一二")
    assert found("?self=1&kept=2&below=99999&who=吴明") == found("?who=吴明")


def test_days_are_found_by_the_clock_of_the_links(client: Client, deeds: dict[str, int]) -> None:
    """Also where a clock was put back for a while."""
    auditor(client)
    numbers = sorted(TrailRecord.objects.values_list("pk", flat=True))
    moved = {numbers[0]: 5, numbers[1]: 5, numbers[2]: 3, numbers[3]: 4, numbers[4]: 3}
    for number, days in moved.items():
        record = TrailRecord.objects.get(pk=number)
        record.at -= timedelta(days=days)
        record.save()
    third, fifth = today() - timedelta(days=3), today() - timedelta(days=5)
    assert listed(client, f"?first={third}&last={third}") == [numbers[4], numbers[2]]
    assert listed(client, f"?last={fifth}") == [numbers[1], numbers[0]]
    assert listed(client, f"?first={today()}") == numbers[:4:-1]


@pytest.mark.parametrize("code", [TOP, HERE])
def test_pages_go_on_where_the_last_one_ended(
    client: Client, deeds: dict[str, int], monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    auditor(client, code)
    whole = listed(client)
    for page, steps in ((2, (1, 2)), (3, (2, 1, 1)), (1, (1, 1, 1))):
        monkeypatch.setattr(queries, "STEPS", steps)
        monkeypatch.setattr(queries.links_page, "__kwdefaults__", {"most": page})
        seen: list[int] = []
        address: Any = "/changes/trail/"
        for _ in range(60):
            shown = main(client.get(address))
            cells_ = shown.select("#rows tbody td:first-child a")
            seen += [int(a.get_text()) for a in cells_]
            further = shown.find("a", rel="next")
            if further is None:
                break
            address = f"/changes/trail/{further['href']}"
        assert seen == whole


def test_a_page_takes_a_handful_of_queries(
    client: Client, deeds: dict[str, int], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    li = person("township-clerk", HERE, "刘丽")
    for _ in range(60):
        came_in(li)
        exported(li)
    for code in (TOP, HERE):
        auditor(client, code, name=f"周{code}")
        client.get("/changes/trail/")
        with django_assert_max_num_queries(26):
            assert len(listed(client)) == 50


def test_the_head_stands_above_the_list(client: Client, deeds: dict[str, int]) -> None:
    auditor(client)
    head = Head.objects.get()
    page = text(client, "/changes/trail/")
    assert f"链尾：第 {head.record} 条" in page
    assert head.digest in page.replace(" ", "")
