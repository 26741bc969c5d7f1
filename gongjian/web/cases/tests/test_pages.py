"""The pages of cases, as each of those who use them finds them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.enums import Role
from gongjian.areas.queries import area_by_code
from gongjian.calendars.queries import calendar
from gongjian.core.access import OPERATOR
from gongjian.core.days import today
from gongjian.files.models import StoredFile
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.web.cases import queries
from gongjian.web.tests.people import signed_in
from gongjian.workflow.actions import NewCase, open_case
from gongjian.workflow.models import Case, CasePaper, Passage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("permit")]
COUNTY, TOWN, OTHER = "510703", "510703001", "510703002"
PDF = b"%PDF-1.7 form"


def begun(subject: str = "甲", code: str = TOWN, **how: Any) -> Case:
    new = NewCase(subject=subject, title=f"{subject}的许可", place_id=area_by_code(code) or 0)
    return open_case("permit", new, by=OPERATOR, **how)


def person(role: Role, code: str) -> Client:
    client = Client()
    signed_in(client, role, area_id=area_by_code(code))
    return client


def clerk(code: str = TOWN) -> Client:
    return person(Role.TOWNSHIP_CLERK, code)


def organiser() -> Client:
    return person(Role.COUNTY_ORGANISER, COUNTY)


def got(client: Client, path: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:500]
    return BeautifulSoup(answer.content, "html.parser")


def page(client: Client, case: Case) -> BeautifulSoup:
    return got(client, f"/cases/{case.pk}/")


def text(found: Tag, where: str) -> str:
    return " ".join(" ".join(one.get_text(" ", strip=True).split()) for one in found.select(where))


def panel(found: BeautifulSoup, name: str) -> str:
    return text(found, f"section[aria-labelledby={name}]")


def bring(client: Client, case: Case, name: str = "申请表.pdf", content: bytes = PDF) -> int:
    sent = {"paper": "form", "file": SimpleUploadedFile(name, content)}
    return client.post(f"/cases/{case.pk}/papers/", sent).status_code


def taken(client: Client, case: Case, step: str, remark: str = "", seen: int | None = None) -> int:
    case.refresh_from_db()
    sent = {"step": step, "remark": remark, "seen": str(seen or case.passed)}
    return client.post(f"/cases/{case.pk}/take/", sent).status_code


def asked(subject: str = "甲") -> Case:
    case = begun(subject)
    town = clerk()
    assert bring(town, case) == 302
    assert taken(town, case, "ask", "请审查") == 302
    return case


def test_a_case_from_the_clerk_to_the_licence() -> None:
    case, town, county = begun(), clerk(), organiser()
    first = page(town, case)
    assert "申请 缺材料“申请表”。 解锁：请先交“申请表”。" in panel(first, "locks")
    assert "公示 现在是“草稿”，到“待审”才能办。 解锁：请先办“申请”。" in panel(first, "locks")
    assert "还没有交" in panel(first, "papers")
    assert bring(town, case) == 302
    ready = page(town, case)
    assert [str(b["value"]) for b in ready.select("button[name=step]")] == ["ask"]
    assert "已交 1 / 1" in panel(ready, "papers")
    assert taken(town, case, "ask", "请审查") == 302
    waiting = page(county, case)
    assert "公示 涪城区，由能“审核、退回下级月报，代下级报送”的人办" in panel(waiting, "waits")
    assert f"从 {today()} 起 10 个工作日，遇休息日顺延" in panel(waiting, "waits")
    assert "四眼：最后办“申请”的人，不能再办“公示”。" in panel(waiting, "deeds")
    assert taken(county, case, "post") == 302
    assert taken(county, case, "give") == 302
    done = page(county, case)
    assert "发证 → 已发" in panel(done, "path")
    (licence,) = (a for a in done.select(".his a") if a.get_text() == "许可证")
    paper = got(town, str(licence["href"]))
    number = Passage.objects.get(case=case, step="give").number
    assert "准予许可。" in text(paper, ".a4")
    assert f"第 {number} 步“发证”" in text(paper, ".a4 footer")
    assert done.select("button[name=step]") == []
    assert [li["class"] for li in done.select(".life li")] == [["d"]] * 4
    record = text(got(town, f"/cases/{case.pk}/record/"), ".a4")
    digests = TrailRecord.objects.filter(kind="flow").values_list("digest", flat=True)
    assert all(digest in record for digest in digests if digest)
    assert StoredFile.objects.get().sha256 in record


def test_what_somebody_else_is_to_do_is_said_with_the_reason() -> None:
    case = asked()
    found = page(clerk(), case)
    assert "现在没有您要办的" in panel(found, "deeds")
    said = {one["data-step"]: text(one, "small") for one in found.select(".oth")}
    assert "不能办“公示”" in said["post"]
    assert set(said) == {"post", "back", "refuse", "stop"}


def test_whoever_did_the_step_before_is_told_of_the_four_eyes() -> None:
    case = begun(code="5107")
    root = Client()
    user = signed_in(root, Role.COUNTY_ORGANISER, area_id=area_by_code("5107"))
    assert bring(root, case) == 302
    assert taken(root, case, "ask") == 302
    found = page(root, case)
    assert Passage.objects.filter(actor_id=user.pk).count() == 1
    assert "“申请”是您自己办的，“公示”要由另一个人办理。" in panel(found, "deeds")
    assert taken(root, case, "post") == 403


def test_a_pause_is_shown_with_what_it_added() -> None:
    case, county = asked(), organiser()
    assert taken(county, case, "stop") == 422
    assert taken(county, case, "stop", "等名册") == 302
    paused = page(county, case)
    assert "中止" in text(paused, ".ph .tag")
    assert f"从 {today()} 起中止" in text(paused, ".note")
    assert [str(b["value"]) for b in paused.select("button[name=step]")] == ["go-on"]
    assert "解锁：请先办“恢复”。" in panel(paused, "locks")
    Case.objects.filter(pk=case.pk).update(paused_on=today() - timedelta(14))
    todo = case.todos.get(step="post", closed_at=None)
    case.todos.filter(pk=todo.pk).update(since=today() - timedelta(20))
    assert taken(county, case, "go-on") == 302
    gone = page(county, case)
    works = calendar().works
    added = sum(works(today() - timedelta(ago)) for ago in range(14))
    assert f"（其中因中止加了 {added} 个工作日）" in panel(gone, "waits")
    record = text(got(county, f"/cases/{case.pk}/record/"), ".a4")
    assert f"中止： {today()} 至 {today()} （等名册）" in record


def test_a_condition_is_shown_with_its_law() -> None:
    found = page(organiser(), asked("丁7"))
    assert "公示 事由里不能有 7。 试行办法第三条 解锁：请改掉事由里的 7。" in panel(found, "locks")


def test_rules_are_those_of_the_first_day_with_their_source() -> None:
    said = panel(page(clerk(), begun()), "rules")
    assert "审查期限 10 个工作日 试行办法第三条 已核原文 各地， 2000-01-01 起" in said
    assert "遇休息日顺延 是" in said


def test_what_is_not_there_comes_before_what_is_forbidden_before_what_is_too_early() -> None:
    case = begun()
    for path in ("", "record/", "take/", "papers/", "papers/1/licence/", "files/1/"):
        deed = Client.post if path in ("take/", "papers/") else Client.get
        assert deed(clerk(OTHER), f"/cases/{case.pk}/{path}").status_code == 404
        assert deed(clerk(), f"/cases/{case.pk + 1}/{path}").status_code == 404
        if path not in ("take/", "papers/"):
            assert (
                deed(person(Role.GRID_WORKER, TOWN), f"/cases/{case.pk}/{path}").status_code == 403
            )
    inspector = person(Role.INSPECTOR, TOWN)
    assert taken(inspector, case, "ask") == 403
    assert bring(inspector, case) == 403
    assert taken(clerk(), case, "give") == 403
    assert taken(clerk(), case, "ask") == 422
    assert taken(clerk(), case, "fly") == 422
    assert taken(organiser(), case, "ask") == 403
    assert Passage.objects.filter(case=case).count() == 1


def test_what_was_refused_is_said_on_the_page_with_what_had_been_written() -> None:
    case = asked("丁7")
    county = organiser()
    sent = {"step": "post", "remark": "已看过 <b>", "seen": str(case.passed + 1)}
    answer = county.post(f"/cases/{case.pk}/take/", sent)
    found = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    said = "现在不能办“公示”：事由里不能有 7（试行办法第三条）；请改掉事由里的 7"
    assert said in text(found, ".note.bad")
    assert text(found, "textarea[name=remark]") == "已看过 <b>"
    answer = clerk().post(f"/cases/{case.pk}/papers/", {"paper": "form"})
    assert "没有选文件" in text(BeautifulSoup(answer.content, "html.parser"), ".note.bad")


def test_who_saw_an_older_state_is_told_so() -> None:
    case = asked()
    county = organiser()
    assert taken(county, case, "post", seen=1) == 422
    assert taken(county, case, "post") == 302


def test_papers_are_taken_of_their_kinds_alone() -> None:
    case, town = begun(), clerk()
    assert bring(town, case, "表.exe") == 422
    assert bring(town, case, "表.png") == 422
    assert town.post(f"/cases/{case.pk}/papers/", {"paper": "form"}).status_code == 422
    assert bring(town, case) == 302
    assert bring(town, case, "盖章的.pdf") == 302
    assert "盖章的.pdf" in panel(page(town, case), "papers")
    assert CasePaper.objects.filter(case=case).count() == 2


def test_opening_a_paper_stands_on_the_trail_and_opens_with_the_case_alone() -> None:
    case, other = asked(), begun("乙", OTHER)
    paper = CasePaper.objects.get(case=case)
    county = organiser()
    answer = county.get(f"/cases/{case.pk}/files/{paper.pk}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]
    link = TrailRecord.objects.latest("number")
    said = json.loads(link.body)
    assert (link.kind, said["case"], said["sha256"]) == ("download", case.pk, paper.file.sha256)
    assert county.get(f"/cases/{other.pk}/files/{paper.pk}/").status_code == 404
    assert clerk(OTHER).get(f"/cases/{case.pk}/files/{paper.pk}/").status_code == 404
    assert clerk().get(f"/files/{paper.file_id}/").status_code == 404
    assert TrailRecord.objects.latest("number") == link
    assert trail.verify().ok


def test_a_paper_that_did_not_come_of_the_passage_is_not_there() -> None:
    case = asked()
    town = clerk()
    for path in ("papers/1/licence/", "papers/2/licence/", "papers/9/licence/", "papers/2/x/"):
        got(town, f"/cases/{case.pk}/{path}", 404)


def names(client: Client, query: str = "") -> list[str]:
    found = got(client, f"/cases/{query}")
    return [one.get_text() for one in found.select("#rows tbody th a")]


def test_the_list_is_narrowed_by_flow_state_area_and_deadline() -> None:
    asked("一")
    begun("二", OTHER)
    late = begun("三", on=today() - timedelta(9))
    county = organiser()
    assert names(county) == ["三的许可", "二的许可", "一的许可"]
    assert names(county, "?flow=permit&state=draft") == ["三的许可", "二的许可"]
    assert names(county, "?state=permit.asked") == ["一的许可"]
    assert names(county, "?flow=monthly-report") == []
    assert names(county, f"?area={OTHER}") == ["二的许可"]
    assert names(county, "?overdue=1") == ["三的许可"]
    assert names(clerk(OTHER)) == ["二的许可"]
    assert names(clerk(), "?area=" + OTHER) == ["三的许可", "一的许可"]
    row = got(county, "/cases/?overdue=1").select_one("#rows tbody tr")
    assert row is not None
    assert "申请 城厢街道" in " ".join(row.get_text(" ", strip=True).split())
    assert "已过 4 天" in row.get_text()
    assert str(row.select("a")[0]["href"]) == reverse("case", args=[late.pk])
    got(person(Role.GRID_WORKER, TOWN), "/cases/", 403)


def test_a_long_list_goes_on_by_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for subject in "一二三":
        begun(subject)
    county = organiser()
    first = got(county, "/cases/?flow=permit")
    (on,) = (a for a in first.select(".pager a") if a.get("rel") == ["next"])
    begun("四")
    rest = got(county, f"/cases/{on['href']}")
    assert [a.get_text() for a in rest.select("#rows tbody th a")] == ["一的许可"]
    assert [a.get_text() for a in first.select("#rows tbody th a")] == ["三的许可", "二的许可"]


def test_how_many_questions_a_page_asks(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    case, county = asked(), organiser()
    for n in range(9):
        begun(f"第{n}件")
    with django_assert_max_num_queries(22):
        page(county, case)
    with django_assert_max_num_queries(14):
        got(county, "/cases/")
