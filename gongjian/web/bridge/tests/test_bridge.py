"""Paper totals entered, withdrawn, explained: what people see and what is refused."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.history.models import TrailRecord
from gongjian.indicators.rows import rows_behind
from gongjian.ledgers.tests.city import told
from gongjian.reporting.actions import lock
from gongjian.reporting.bridge import bridge
from gongjian.reporting.models import Explanation, LockedFigure, PaperTotal
from gongjian.reporting.tests.months import CITY, COUNTY, JUNE, TOWN
from gongjian.web.bridge.tests.scene import (
    HERE,
    MONTH,
    enter,
    got,
    person,
    send,
    shop,
    small_city,
    text,
    total,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(db: None) -> None:
    small_city()


def unknown() -> int:
    (line,) = bridge(JUNE, area(COUNTY))
    return line.unknown


# ------------------------------------------------------------------ the sheet


def test_the_empty_page_says_what_it_is_for_and_offers_the_form_to_who_may() -> None:
    page = got(person(), f"/reports/bridge/{HERE}")
    assert "不公布，也不进任何报表" in text(page)
    assert len(page.select("form[action$='/enter/'] .nums input")) == 22
    leader = got(person(Role.LEADER), f"/reports/bridge/{HERE}")
    assert leader.select("#main form[method=post]") == []
    assert "这个月没有填过纸面数" in text(leader)


def test_totals_stand_beside_the_figures_and_open_the_rows() -> None:
    client = person()
    assert enter(client, **{"unions.base": "1，0００", "agreements.employers": " 4 "}) == 302
    page = got(client, f"/reports/bridge/{HERE}")
    row = page.select_one("table.sheet tr:has([data-figure='agreements.employers'])")
    assert row is not None
    cells = [cell.get_text(" ", strip=True) for cell in row.select("td")]
    assert cells == ["4", "3", "−1", "0", "−1", "家"]
    assert "纸面：第二十七期简报" in text(page)
    opened = row.select_one("a[data-figure]")
    assert opened is not None
    rows = got(client, str(opened["href"]))
    assert len(rows.select("table.names tbody tr")) == 3
    assert PaperTotal.objects.get(code="unions.base").value == 1000
    left = {str(field["name"]) for field in page.select(".nums input")}
    assert "agreements.workers" in left
    assert not left & {"unions.base", "agreements.employers"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("九", "“九”不是整数，请只填数字"),
        ("1.5", "“1.5”不是整数"),
        ("-3", "填了 -3，它不会小于 0，请核对纸面"),
    ],
)
def test_a_number_that_makes_no_sense_is_named_and_nothing_is_kept(value: str, said: str) -> None:
    client = person()
    sent = {"area": COUNTY, "month": MONTH, "source": "简报", "agreements.employers": "3"}
    answer = client.post("/reports/bridge/enter/", {**sent, "unions.base": value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="3"' in answer.content.decode()
    assert PaperTotal.objects.count() == 0


def test_without_a_source_or_a_number_nothing_is_entered() -> None:
    client = person()
    answer = client.post(
        "/reports/bridge/enter/", {"area": COUNTY, "month": MONTH, "source": "\u200b "}
    )
    assert (answer.status_code, PaperTotal.objects.count()) == (422, 0)
    assert "请写明这些数出自哪份材料" in answer.content.decode()
    assert enter(client) == 422


def test_what_shrank_may_be_below_nought() -> None:
    assert enter(person(), **{"members.total.net": "−3"}) == 302
    assert PaperTotal.objects.get().value == -3


def test_a_form_sent_twice_enters_once_and_another_is_refused_with_a_sentence() -> None:
    client = person(name="王敏")
    page = got(client, f"/reports/bridge/{HERE}")
    sent = {"area": COUNTY, "month": MONTH, "source": "简报", "word": words(page),
            "unions.base": "3"}  # fmt: skip
    for _ in range(2):
        assert client.post("/reports/bridge/enter/", sent).status_code == 302
    answer = client.post("/reports/bridge/enter/", sent | {"word": "another-word-1"})
    assert answer.status_code == 422
    assert "“基层工会”已由 王敏 填过 3，只填一次" in answer.content.decode()
    assert PaperTotal.objects.count() == 1


def test_the_month_may_be_neither_ahead_nor_behind_the_first_lock() -> None:
    client = person()
    lock(JUNE, area_id=area(CITY), by=OPERATOR)
    for month, said in (("2011-07", "2011-06 起月报已由台账算出并锁定"), ("2031-01", "还没有到")):
        sent = {"area": COUNTY, "month": month, "source": "简报", "unions.base": "3"}
        answer = client.post("/reports/bridge/enter/", sent)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert said in text(got(client, f"/reports/bridge/?area={COUNTY}&month={month}"))
    assert enter(client, **{"unions.base": "3"}) == 302


def test_without_a_month_it_is_the_one_that_was_entered() -> None:
    client = person()
    total(client)
    assert "2011-06-25" in text(got(client, f"/reports/bridge/?area={COUNTY}"))
    above = person(Role.CITY_ORGANISER, CITY)
    assert "涪城区" in text(
        got(above, f"/reports/bridge/?area={CITY}&month={MONTH}"),
        "section[aria-labelledby=below]",
    )


def test_the_locked_number_and_the_one_of_today() -> None:
    client = person()
    found = total(client, code="unions.base")
    lock(JUNE, area_id=area(COUNTY), by=OPERATOR)
    printed = LockedFigure.objects.get(code="unions.base").numerator
    told("unions", shop())
    assert "锁定以后台账又有更正" in text(got(client, f"/reports/bridge/{found.pk}/"))
    page = got(client, f"/reports/bridge/{HERE}")
    assert text(page, "table.sheet td[data-head=锁定时]") == str(printed)
    moved = got(client, f"/reports/bridge/{found.pk}/")
    then = moved.select_one("a[href*=known]")
    assert then is not None
    assert len(got(client, str(then["href"])).select("table.names tbody tr")) == printed


# ------------------------------------------------------------------ explaining


def test_all_that_is_repeated_is_explained_by_one_button_and_taken_back_by_another() -> None:
    client = person()
    found = total(client, "4")
    page = got(client, f"/reports/bridge/{found.pk}/")
    assert "台账里有 1 行在两项或更多里出现" in text(page, "section[aria-labelledby=twice]")
    sent = {"in": "repeated", "all": "1", "cause": "repeated"}
    assert send(client, found, "name", **sent) == 302
    assert unknown() == 0
    one = Explanation.objects.get()
    assert (one.ledger, one.amount, one.row.split(" ")[0]) == ("employers", -1, "甲集团")
    page = got(client, f"/reports/bridge/{found.pk}/")
    assert page.select("section[aria-labelledby=twice]") == []
    assert send(client, found, "name", **sent) == 422
    part = f"/reports/bridge/{found.pk}/parts/{one.link}/"
    assert "甲集团" in text(got(client, part), "table.told")
    assert client.post(f"{part}retract/", {"all": "1", "reason": ""}).status_code == 422
    assert client.post(f"{part}retract/", {"reason": "无"}).status_code == 422
    assert client.post(f"{part}retract/", {"all": "1", "reason": "认错"}).status_code == 302
    assert unknown() == -1
    assert "撤销：认错" in text(got(client, part), "table.told")
    assert client.post(f"{part}retract/", {"ids": one.pk, "reason": "再"}).status_code == 422
    assert "已撤销 1 行" in text(got(client, f"/reports/bridge/{found.pk}/"), "table.deeds")


def test_workers_that_are_repeated_explain_as_many_as_they_are() -> None:
    client = person()
    found = total(client, "225", "agreements.workers")
    sent = {"in": "repeated", "all": "1", "cause": "repeated"}
    behind = rows_behind(
        "agreements.workers.overlap", day=JUNE.cut_off, known_at=None, node=area(COUNTY)
    )
    assert send(client, found, "name", **sent) == 302
    assert Explanation.objects.get().amount == -behind["value"] == -100


def test_rows_are_ticked_by_name() -> None:
    client = person()
    found = total(client, "2")
    page = got(client, f"/reports/bridge/{found.pk}/names/?in=rows&q=丙")
    (tick,) = page.select("tbody input[name=ids]")
    sent = {"in": "rows", "q": "丙", "cause": "missed", "ids": str(tick["value"])}
    assert send(client, found, "name", **sent) == 302
    assert unknown() == 0
    told_ = got(client, f"/reports/bridge/{found.pk}/names/?in=rows")
    assert "漏报未计" in text(told_, "table.pick tr:has(th:-soup-contains('丙店'))")
    assert send(client, found, "name", **sent) == 422
    gone = {**sent, "ids": "99999"}
    assert send(client, found, "name", **gone) == 422
    assert send(client, found, "name", **{**sent, "ids": "x"}) == 422
    assert send(client, found, "name", **{**sent, "ids": ""}) == 422
    assert Explanation.objects.count() == 1


def test_what_has_ended_is_found_in_the_ledger() -> None:
    client = person()
    found = total(client, "4")
    names = f"/reports/bridge/{found.pk}/names/?in=ledger"
    assert "写名称的开头或代码再找" in text(got(client, names))
    (tick,) = got(client, f"{names}&q=%3D乙").select("tbody input[name=ids]")
    sent = {"in": "ledger", "q": "=乙", "cause": "ended", "ids": str(tick["value"])}
    assert send(client, found, "name", **sent) == 422
    assert send(client, found, "name", **sent, each="+1") == 422
    assert send(client, found, "name", **sent, each="-1", words="2010 年注销") == 302
    assert unknown() == 0
    assert "没有找到" in text(got(client, f"{names}&q=查无此名"))
    assert client.get(f"{names}&q=13800001234").status_code == 422


def test_words_explain_where_there_is_no_record() -> None:
    client = person()
    found = total(client, "4")
    assert send(client, found, "say", cause="other", amount="-1", words="") == 422
    assert send(client, found, "say", cause="repeated", amount="2", words="两处都报") == 422
    assert send(client, found, "say", cause="strange", amount="-1", words="两处") == 422
    assert send(client, found, "say", cause="repeated", amount="－１", words="两处都报") == 302
    page = got(client, f"/reports/bridge/{found.pk}/")
    assert "4 纸面 ＋ 0 按名字说明 − 1 文字说明 ＋ 0 原因不明 ＝ 3 台账算出" in text(page, ".eq")
    assert "两处都报" in text(page, "table.deeds")
    assert send(client, found, "say", cause="repeated", amount="-5", words="又是") == 302
    assert "说明的比差额多" in text(got(client, f"/reports/bridge/{found.pk}/"))


def test_a_withdrawn_total_is_read_and_no_longer_explained() -> None:
    client = person(name="王敏")
    found = total(client, "30")
    send(client, found, "say", cause="repeated", amount="-1", words="两处都报")
    assert send(client, found, "withdraw", reason=" ") == 422
    assert send(client, found, "withdraw", reason="多写一个零") == 302
    page = got(client, f"/reports/bridge/{HERE}")
    assert page.select("table.sheet") == []
    assert "王敏" in text(page, "table.gone")
    assert "多写一个零" in text(page, "table.gone")
    old = got(client, f"/reports/bridge/{found.pk}/")
    assert "已撤销" in text(old)
    assert "两处都报" in text(old)
    assert old.select("#main form") == []
    assert client.get(f"/reports/bridge/{found.pk}/names/").status_code == 422
    assert send(client, found, "say", cause="repeated", amount="-1", words="再") == 422
    assert send(client, found, "withdraw", reason="再") == 422
    assert total(client, "4").value == 4


def test_what_was_explained_before_is_taken_over_by_one_button() -> None:
    client = person()
    wrong = total(client, "40")
    send(client, wrong, "say", cause="repeated", amount="-1", words="两处都报")
    send(client, wrong, "withdraw", reason="多写一个零")
    found = total(client, "4")
    page = got(client, f"/reports/bridge/{found.pk}/")
    assert "撤销的那个纸面数有 1 行说明" in text(page, "section[aria-labelledby=left]")
    assert send(client, found, "carry") == 302
    assert unknown() == 0
    page = got(client, f"/reports/bridge/{found.pk}/")
    assert "两处都报" in text(page, "table.deeds")
    assert page.select("section[aria-labelledby=left]") == []
    assert send(client, found, "carry") == 422


# ------------------------------------------------------------------ who


def statuses(client: Client, found: PaperTotal) -> list[int]:
    at = f"/reports/bridge/{found.pk}/"
    sent = {"cause": "repeated", "amount": "-1", "words": "两处"}
    link = found.explanations.latest("pk").link
    return [
        client.get(f"/reports/bridge/{HERE}").status_code,
        client.get(at).status_code,
        client.get(f"{at}names/").status_code,
        client.get(f"{at}parts/{link}/").status_code,
        client.post(f"{at}say/", sent).status_code,
        client.post(f"{at}parts/{link}/retract/", {"all": "1", "reason": "无"}).status_code,
        client.post(f"{at}withdraw/", {"reason": "无"}).status_code,
    ]


def test_outside_it_is_not_there_and_without_the_right_it_is_forbidden() -> None:
    writer = person()
    found = total(writer, "4")
    send(writer, found, "say", cause="repeated", amount="-1", words="两处")
    assert statuses(person(Role.TOWNSHIP_CLERK, TOWN), found) == [404] * 7
    assert statuses(person(Role.LEADER), found) == [200, 200, 403, 200, 403, 403, 403]
    assert statuses(person(Role.TOWNSHIP_CLERK), found) == [200, 200, 403, 200, 403, 403, 403]
    assert statuses(person(Role.ADMINISTRATOR), found) == [403] * 7
    assert statuses(person(Role.CITY_ORGANISER, CITY), found) == [200] * 4 + [302] * 3
    assert writer.get("/reports/bridge/999/").status_code == 404
    assert writer.get(f"/reports/bridge/{found.pk}/parts/1/").status_code == 404
    assert writer.get(f"/reports/bridge/{found.pk}/names/?in=nowhere").status_code == 422


def test_the_trail_tells_what_was_done() -> None:
    client = person(name="王敏")
    found = total(client, "4")
    send(client, found, "name", **{"in": "repeated", "all": "1", "cause": "repeated"})
    (one,) = found.explanations.all()
    client.post(
        f"/reports/bridge/{found.pk}/parts/{one.link}/retract/", {"all": "1", "reason": "认错"}
    )
    send(client, found, "withdraw", reason="抄错")
    said = text(got(client, "/changes/trail/?kind=bridges"))
    assert TrailRecord.objects.filter(kind="bridge").count() == 4
    for told_ in ("填报纸面合计 2011-06，1 个指标", "说明差额 -1：协议覆盖企业（2011-06），重复计数",
                  "撤销 1 行差额说明", "撤销纸面数 4", "抄错", "甲公司"):  # fmt: skip
        assert told_ in said


def test_a_figure_whose_meaning_changed_since_says_so() -> None:
    client = person()
    found = total(client)
    assert "指标定义" not in text(got(client, f"/reports/bridge/{found.pk}/"))
    PaperTotal.objects.update(definition=0)
    assert "填报时是第 0 版，现在是第 1 版" in text(got(client, f"/reports/bridge/{found.pk}/"))


def test_the_pages_take_a_handful_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = person()
    found = total(client, "4")
    send(client, found, "name", **{"in": "repeated", "all": "1", "cause": "repeated"})
    (part,) = found.explanations.all()
    at = f"/reports/bridge/{found.pk}/"
    ways = "names/", "names/?in=repeated", "names/?in=ledger&q=甲", f"parts/{part.link}/"
    for path in (f"/reports/bridge/{HERE}", at, *(at + way for way in ways)):
        client.get(path)
        with django_assert_max_num_queries(32):
            client.get(path)
