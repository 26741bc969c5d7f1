"""One column of many rows: chosen in the list, tried, committed and undone as one change."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.core.days import today
from gongjian.history.models import Change
from gongjian.history.sql import fetch
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.tests.city import told
from gongjian.web.batches.forms import columns_of
from gongjian.web.imports.models import Paper
from gongjian.web.lists import chosen
from gongjian.web.tests.desk import clerk, paper_folder, town
from gongjian.web.tests.people import signed_in

__all__ = ["clerk", "paper_folder", "town"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


def batch(client: Client, slug: str = "employers", query: str = "", **form: Any) -> Any:
    return client.post(reverse("ledger-batch", args=[slug]) + query, {"address": "", **form})


def soup_of(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def fields(answer: Any) -> dict[str, Any]:
    """What the last form of the page would send."""
    form = soup_of(answer).select("main form")[-1]
    sent: dict[str, Any] = {}
    for box in form.select("input"):
        sent.setdefault(str(box["name"]), []).append(str(box.get("value", "")))
    return {name: values if name == "ids" else values[-1] for name, values in sent.items()}


def tried(client: Client, answer: Any, slug: str = "employers", **cells: str) -> Any:
    """The form that a page shows, with its value and day filled in."""
    return batch(client, slug, **(fields(answer) | cells | {"step": "try"}))


def named(*names: str) -> list[int]:
    """Employers called so today."""
    rows = fetch(
        "SELECT DISTINCT entry_id, name FROM employers_employerversion WHERE removed_in IS NULL"
    )
    return sorted(entry for entry, name in rows if name in names)


def natures() -> set[tuple[str, str]]:
    """(name, nature) as believed from the first day of 2024 on."""
    rows = fetch(
        "SELECT name, nature FROM employers_employerversion WHERE removed_in IS NULL"
        " AND valid_from >= %s",
        ["2024-01-01"],
    )
    return set(rows)


def problems(answer: Any) -> str:
    return " ".join(note.get_text(strip=True) for note in soup_of(answer).select("main .note"))


def test_which_columns_may_be_changed_together() -> None:
    told_of = {ledger.slug: [c.header for c in columns_of(ledger)] for ledger in LEDGERS}

    assert told_of["members"] == [
        "性别", "民族", "学历", "技术等级", "政治面貌", "户籍类型", "是否农民工", "是否劳务派遣",
        "新就业形态", "所属工会", "工作单位", "会籍状态",
    ]  # fmt: skip
    assert told_of["coverage"] == ["涵盖方式", "涵盖职工数"]
    assert (told_of["agreements"], told_of["agreement-coverage"]) == ([], [])


def test_ticked_rows_are_tried_committed_and_undone_as_one(clerk: Client) -> None:
    ids = named("甲公司", "丙店")
    first = batch(clerk, ids=ids)
    assert "批量变更 2 行" in soup_of(first).h1.text  # type: ignore[union-attr]
    second = batch(clerk, ids=ids, column="nature")
    assert "个体工商户 1 行，企业 1 行" in soup_of(second).select("main .hd .mut")[0].text

    answer = tried(clerk, second, nature="其他", effective="2024-01-01")

    paper = Paper.objects.get()
    assert answer["Location"] == reverse("import-trial", args=[paper.pk])
    shown = soup_of(clerk.get(answer["Location"]))
    lines = [[td.get_text(strip=True) for td in tr.select("td")] for tr in shown.select(".tb tr")]
    assert sorted(line[1:] for line in lines if line) == [
        ["丙店", "单位性质", "个体工商户", "其他", "2024-01-01"],
        ["甲公司", "单位性质", "企业", "其他", "2024-01-01"],
    ]
    clerk.post(
        reverse("import-commit", args=[paper.pk]), {"revision": paper.revision, "policy": "refuse"}
    )
    run_pending()
    paper.refresh_from_db()
    assert natures() == {("甲公司", "其他"), ("丙店", "其他")}
    assert Change.objects.latest("number").kind == "import"


def test_all_rows_of_a_filter_within_the_scope(client: Client) -> None:
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703002"))
    form = batch(client, all="1", address="f_nature=个体工商户", column="source")

    answer = tried(client, form, source="统计", effective="2024-01-01")

    assert answer.status_code == 302
    paper = Paper.objects.get()
    assert paper.name == "批量变更来源 1 行 2024-01-01.xlsx"
    assert (paper.counted or {})["bad"] == 0


def test_a_standing_takes_its_own_day(clerk: Client) -> None:
    ids = [e for (e,) in fetch("SELECT DISTINCT entry_id FROM members_memberversion"
                               " WHERE removed_in IS NULL AND name = '安'")]  # fmt: skip
    form = batch(clerk, "members", ids=ids, column="status")

    answer = tried(clerk, form, "members", status="保留", effective="2024-01-01")

    assert answer.status_code == 302
    assert (Paper.objects.get().counted or {})["bad"] == 0


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"nature": "", "effective": "2024-01-01"}, "请填写“新的单位性质”"),
        ({"nature": "企业", "effective": ""}, "请填写“生效日期”"),
        ({"nature": "公司", "effective": "2024-01-01"}, "公司"),
        ({"nature": "企业", "effective": "2024-13-01"}, "2024-13-01"),
        ({"nature": "清空", "effective": "2024-01-01"}, "不能清空"),
    ],
)
def test_a_bad_value_is_named_and_stays(
    clerk: Client, cells: dict[str, str], sentence: str
) -> None:
    form = batch(clerk, ids=named("丙店"), column="nature")

    answer = tried(clerk, form, **cells)

    assert answer.status_code == 422
    assert sentence in soup_of(answer).select_one("main .err").text  # type: ignore[union-attr]
    assert cells["effective"] in answer.content.decode()
    assert Paper.objects.count() == 0


def test_rows_outside_the_scope_make_it_404_as_a_whole(client: Client) -> None:
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703002"))

    assert batch(client, ids=named("丙店", "甲公司")).status_code == 404
    assert batch(client, ids=["999999"]).status_code == 404
    assert batch(client, ids=["x"]).status_code == 404
    assert batch(client, all="1", address="area=510703001").status_code == 404
    assert batch(client, ids=named("丙店")).status_code == 200


def test_404_before_403_before_422(client: Client) -> None:
    signed_in(client, Role.INSPECTOR, area_id=area("510703002"))
    past = "?at=2011-01-01"
    assert batch(client, query=past, ids=named("甲公司")).status_code == 404
    assert batch(client, query=past, ids=named("丙店")).status_code == 403
    assert batch(client, all="1", address="area=510703001&f_x=1").status_code == 404
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    assert batch(client, query=past, ids=named("丙店")).status_code == 422
    assert batch(client).status_code == 422
    assert batch(client, "nothing", all="1").status_code == 404
    assert batch(client, "agreements", all="1").status_code == 422
    assert batch(client, ids=named("丙店"), column="name").status_code == 422
    assert client.get(reverse("ledger-batch", args=["employers"])).status_code == 405


def test_too_many_rows_are_refused(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongjian.web.batches.views.MOST_TOGETHER", 1)

    answer = batch(clerk, all="1")

    assert answer.status_code == 422
    assert "一次最多办 1 行" in answer.content.decode()
    assert chosen.MOST_TOGETHER == 20_000


def test_who_changed_a_row_meanwhile_is_said_first(clerk: Client) -> None:
    form = batch(clerk, ids=named("甲公司", "丙店"), column="nature")
    told("employers", {"单位名称": "丙店", "所属区划": "510703002", "职工人数": 4}, on=today())

    stale = tried(clerk, form, nature="企业", effective="2024-01-01")

    assert stale.status_code == 409
    assert "有 1 行被别人改过：丙店" in problems(stale)
    assert Paper.objects.count() == 0
    again = tried(clerk, stale, nature="企业", effective="2024-01-01")
    assert (again.status_code, Paper.objects.count()) == (302, 1)


def test_other_rows_than_were_shown_are_said_first(clerk: Client) -> None:
    form = batch(clerk, all="1", address="f_nature=个体工商户", column="source")
    told("employers", {"单位名称": "丁店", "所属区划": "510703002", "单位性质": "个体工商户",
                       "职工人数": 1, "成立日期": date(2011, 1, 1)})  # fmt: skip

    stale = tried(clerk, form, source="统计", effective="2024-01-01")

    assert stale.status_code == 409
    assert "现在是 2 行" in problems(stale)


def test_a_ticked_row_that_left_the_list_is_said(clerk: Client) -> None:
    ids = named("丙店")
    told("employers", {"单位名称": "丙店", "所属区划": "510703002", "单位性质": "企业"}, on=today())

    answer = batch(clerk, ids=ids, address="f_nature=个体工商户")

    assert answer.status_code == 422
    assert "选中的 1 行里有 1 行已不在这个列表里" in answer.content.decode()


def test_sent_twice_it_is_one_paper(clerk: Client) -> None:
    form = batch(clerk, ids=named("丙店"), column="nature")

    first = tried(clerk, form, nature="企业", effective="2024-01-01")
    second = tried(clerk, form, nature="企业", effective="2024-01-01")

    assert first["Location"] == second["Location"]
    assert Paper.objects.count() == 1


def test_rows_without_names_are_told_by_their_numbers(clerk: Client) -> None:
    form = batch(clerk, "coverage", all="1", column="mode")
    assert form.status_code == 200

    answer = tried(clerk, form, "coverage", mode="联合会", effective="2024-01-01")

    shown = soup_of(clerk.get(answer["Location"]))
    called = [a.get_text(strip=True) for a in shown.select(".tb tbody td a")]
    assert called != []
    assert all(name.startswith("系统编号 ") for name in called)
