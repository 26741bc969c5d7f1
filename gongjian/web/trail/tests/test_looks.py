"""Who looked at whom: whole numbers and opened records in one list, and finding a person."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.areas.queries import area_by_code
from gongjian.core.days import now, today
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.web.records.models import Opening
from gongjian.web.records.tests.desk import main
from gongjian.web.tests.people import signed_in
from gongjian.web.trail import looks
from gongjian.web.trail.queries import links_page
from gongjian.web.trail.tests.scene import (
    ABOVE,
    HERE,
    THERE,
    TOP,
    auditor,
    cells,
    looked,
    person,
    place,
    sign_in,
    text,
)
from tests.worlds import entry, good, member, number, union, without

pytestmark = pytest.mark.django_db

LOOKS = "/changes/looks/"


@pytest.fixture
def seen(client: Client) -> int:
    """The member was looked at by 王敏 in full and by 李芳 masked; the system number."""
    found = place()
    wang = person("county-organiser", ABOVE, "王敏")
    sign_in(client, wang)
    client.get(f"/ledgers/members/{found}/")
    client.post(f"/ledgers/members/{found}/unmask/", {"purpose": "办理互助保障"})
    client.get(f"/ledgers/members/{found}/")
    sign_in(client, person("township-clerk", HERE, "李芳"))
    client.get(f"/ledgers/members/{found}/")
    return found


def who(client: Client, query: str = "") -> list[str]:
    return [f"{row[1]} {row[3]}" for row in cells(client, f"{LOOKS}{query}")]


def test_looks_of_both_kinds_stand_in_one_list_newest_first(client: Client, seen: int) -> None:
    auditor(client)
    link = TrailRecord.objects.get(kind="unmask").number
    rows = [row[1:] for row in cells(client, LOOKS)]
    one = f"会员1 系统编号 {seen}"
    assert rows == [
        ["李芳", one, "遮住的号码", "打开记录页", "—", "—"],
        ["王敏", one, "完整号码", "打开记录页", "—", "—"],
        ["王敏", one, "完整号码", "证件号码、手机", "办理互助保障", f"第 {link} 条"],
        ["王敏", one, "遮住的号码", "打开记录页", "—", "—"],
    ]


def test_they_are_narrowed_by_who_whom_how_much_and_day(client: Client, seen: int) -> None:
    good("members", member(2))
    other = entry("members", number(2))
    looked(person("county-organiser", ABOVE, "钱进"), other)
    Opening.objects.filter(name="李芳").update(at=now() - timedelta(days=3))
    auditor(client)
    full, masked = "王敏 完整号码", "王敏 遮住的号码"
    assert who(client, "?who=王敏") == [full, full, masked]
    assert who(client, "?saw=full") == ["钱进 完整号码", full, full]
    assert who(client, "?saw=masked") == [masked, "李芳 遮住的号码"]
    assert who(client, f"?entry={seen}") == [full, full, masked, "李芳 遮住的号码"]
    assert who(client, f"?entry={other}") == ["钱进 完整号码"]
    past = today() - timedelta(days=3)
    assert who(client, f"?first={past}&last={past}") == ["李芳 遮住的号码"]
    assert who(client, f"?first={today()}&who=李芳") == []
    assert who(client, "?who=谁也不是") == []
    assert "谁看了谁：会员1" in text(client, f"{LOOKS}?entry={seen}")


def test_looks_lie_where_the_entry_stands_and_papers_where_their_owner_works(
    client: Client, seen: int
) -> None:
    li = person("township-clerk", HERE, "刘丽")
    body = {"ledger": "members", "actor": li.pk, "name": "刘丽", "reason": "导入时改错"}
    trail.note("unmask-import", body | {"paper": "三月名册.xlsx", "import": 1})
    trail.note("unmask", body)
    for code, rows in ((TOP, 6), (HERE, 6), (THERE, 0)):
        for role in ("auditor", "township-clerk"):
            signed_in(client, role, area_id=area_by_code(code))
            assert len(who(client)) == rows
    auditor(client, THERE, "别处")
    assert "会员1" not in text(client, f"{LOOKS}?entry={seen}")
    for role in ("leader", "administrator", "grid-worker"):
        signed_in(client, role, area_id=area_by_code(TOP))
        assert client.get(LOOKS).status_code == 403


def test_the_record_leads_to_who_looked_at_it(client: Client, seen: int) -> None:
    signed_in(client, "inspector", area_id=area_by_code(HERE))
    page = main(client.get(f"/ledgers/members/{seen}/"))
    link = page.find("a", href=f"{LOOKS}?entry={seen}")
    assert link is not None
    assert len(who(client, f"?entry={seen}")) == 5
    back = main(client.get(f"{LOOKS}?entry={seen}"))
    assert back.find("a", href=f"/ledgers/members/{seen}/")
    auditor(client)
    assert main(client.get(f"{LOOKS}?entry={seen}")).select("#rows a[href^='/ledgers']") == []


# ------------------------------------------------------------------ paging


def test_pages_of_both_lists_go_on_where_the_last_one_ended(
    client: Client, seen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    wang = person("county-organiser", ABOVE, "钱进")
    for i in range(5):
        looked(wang, seen, reason=f"用途{i}")
        Opening.objects.create(ledger="members", entry=seen, reader_id=1, name=f"甲{i}")
        if i % 2:
            Opening.objects.create(ledger="members", entry=seen, reader_id=1, name=f"乙{i}")
    auditor(client)
    whole = [row[1:] for row in cells(client, LOOKS)]
    assert len(whole) == 16
    for size in (1, 2, 3, 5, 16):
        monkeypatch.setattr(looks, "PAGE", size)
        monkeypatch.setattr(looks, "_STEPS", (2, 2))
        monkeypatch.setattr(links_page, "__kwdefaults__", {"most": size})
        address, found = LOOKS, list[Any]()
        for _ in range(60):
            found += [row[1:] for row in cells(client, address)]
            further = main(client.get(address)).find("a", rel="next")
            if further is None:
                break
            address = f"{LOOKS}{further['href']}"
        assert found == whole, size


@pytest.mark.parametrize("place_", ["", "x", "1", "1.2.3", "-1.2", "٣.4", f"{10**20}.1"])
def test_a_place_that_is_none_is_the_beginning(client: Client, seen: int, place_: str) -> None:
    auditor(client)
    assert len(who(client, f"?below={place_}")) == 4


def test_a_page_of_looks_takes_a_handful_of_queries(
    client: Client, seen: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for i in range(60):
        Opening.objects.create(ledger="members", entry=seen, reader_id=1, name=f"甲{i}")
    auditor(client, HERE)
    client.get(LOOKS)
    with django_assert_max_num_queries(21):
        assert len(who(client)) == 50


# ------------------------------------------------------------------ whose number


def test_a_person_is_found_by_name_or_number_and_nothing_is_unmasked(
    client: Client, seen: int
) -> None:
    auditor(client)
    before = trail.verify().records
    for word in ("会员1", number(1), number(1).lower(), f" {number(1)} "):
        answer: Any = client.post(LOOKS, {"q": word})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{LOOKS}?entry={seen}")
        assert number(1) not in answer.headers["Location"]
    assert trail.verify().records == before
    assert number(1) not in client.get(f"{LOOKS}?entry={seen}").content.decode()


def test_of_several_of_a_name_one_is_chosen(client: Client, seen: int) -> None:
    good("members", member(2) | {"姓名": "会员1"})
    auditor(client)
    answer = client.post(LOOKS, {"q": "会员1"})
    links = main(answer).select(".found a")
    other = entry("members", number(2))
    assert sorted(str(a["href"]) for a in links) == sorted(
        f"{LOOKS}?entry={one}" for one in (seen, other)
    )
    assert number(2) not in answer.content.decode()


def test_whoever_is_outside_is_not_there(client: Client, seen: int) -> None:
    good("unions", union("乙工会") | {"所属区划": THERE})
    good("members", without(member(3), "所属工会") | {"所属工会": "乙工会"})
    auditor(client, HERE)
    for word in ("会员3", number(3), number(9)):
        answer = client.post(LOOKS, {"q": word})
        assert answer.status_code == 422
        page = main(answer).get_text()
        assert "管理范围内没有" in page
    missing = client.post(LOOKS, {"q": number(9)}).content.decode()
    assert f"叫“{number(9)}”" not in missing
    assert "请填会员的姓名" in client.post(LOOKS, {"q": ""}).content.decode()
    assert client.post(LOOKS, {"q": "会员3\x00"}).status_code in (400, 422)


def test_of_an_entry_elsewhere_a_look_tells_the_number_and_not_the_name(
    client: Client, seen: int
) -> None:
    good("unions", union("乙工会") | {"所属区划": THERE})
    good("members", without(member(3), "所属工会") | {"所属工会": "乙工会"})
    other = entry("members", number(3))
    moved = person("township-clerk", HERE, "赵静")
    link = looked(moved, other)
    signed_in(client, "township-clerk", area_id=area_by_code(HERE))
    pages = (LOOKS, f"{LOOKS}?entry={other}", "/changes/trail/", f"/changes/trail/{link}/")
    for address in pages:
        told = text(client, address)
        assert f"系统编号 {other}" in told, address
        assert "会员3" not in told, address
    auditor(client)
    assert all("会员3" in text(client, address) for address in pages)
