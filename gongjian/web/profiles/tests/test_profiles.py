"""Export profiles: kept, shared with the unit, filled in, and imported again."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post
from gongjian.areas.tests.builders import area
from gongjian.history.models import TrailRecord
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.tests.city import ANNA, FIRM
from gongjian.web.imports.models import Paper, Pointing
from gongjian.web.imports.tests.books import firm, upload, workbook
from gongjian.web.profiles.models import ExportProfile
from gongjian.web.tests.desk import clerk, paper_folder, town
from gongjian.web.tests.people import make_person, sign_in, signed_in

__all__ = ["clerk", "paper_folder", "town"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

TITLE = "四川省基层组织建设情况表"
HEAD = ["序号", "企业全称", "职工数", "成立时间", "信用代码", "街镇", "类型"]


def template(*head: str, title: str = TITLE, sheet: str = "上报表") -> bytes:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = sheet
    first.append([title])
    first.append(list(head or HEAD))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def index(slug: str = "employers") -> str:
    return reverse("export-profiles", args=[slug])


def keep(client: Client, name: str = "省表", slug: str = "employers", **form: Any) -> Any:
    file = SimpleUploadedFile("模板.xlsx", form.pop("content", template()))
    return client.post(index(slug), {"file": file, "name": name, **form})


def kept(client: Client) -> ExportProfile:
    """A profile of employers with its unknown columns pointed by hand."""
    assert keep(client).status_code == 302
    profile = ExportProfile.objects.latest("pk")
    answer = alter(
        client, profile, **{"column-1": "name", "column-5": "area", "column-6": "nature"}
    )
    assert answer.status_code == 302
    profile.refresh_from_db()
    return profile


def alter(client: Client, profile: ExportProfile, **form: Any) -> Any:
    address = reverse("export-profile", args=[profile.ledger, profile.pk])
    return client.post(address, {"name": profile.name, "place": "", **form})


def export(client: Client, profile: ExportProfile, **form: Any) -> Any:
    """Order and let the job run."""
    address = reverse("ledger-export", args=[profile.ledger])
    answer = client.post(address, {"address": "", "all": "1", "profile": profile.pk, **form})
    run_pending()
    return answer


def fetched(client: Client) -> bytes:
    job = Job.objects.latest("pk")
    assert (job.state, job.sentence) == (State.DONE, "")
    answer: Any = client.get((job.result or {})["address"])
    return b"".join(answer.streaming_content)


def rows_of(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_known_headers_are_pointed_and_the_others_by_hand(clerk: Client) -> None:
    answer = keep(clerk)

    profile = ExportProfile.objects.get()
    assert answer["Location"] == reverse("export-profile", args=["employers", profile.pk])
    assert [f for _, f in profile.columns] == ["", "", "staff", "opened", "code", "", ""]
    soup = BeautifulSoup(clerk.get(answer["Location"]).content, "html.parser")
    assert [s["name"] for s in soup.select("select[name^=column-]")] == [
        f"column-{at}" for at in range(7)
    ]
    alter(clerk, profile, **{"column-1": "name"})
    profile.refresh_from_db()
    assert profile.columns[1] == ["企业全称", "name"]
    # Only what no declaration names is remembered for imports.
    assert list(Pointing.objects.values_list("header", "column")) == [("企业全称", "单位名称")]


def test_rows_are_written_into_the_form(clerk: Client) -> None:
    profile = kept(clerk)

    export(clerk, profile)

    content = fetched(clerk)
    title, head, *rows = rows_of(content)
    assert load_workbook(BytesIO(content)).sheetnames == ["上报表"]
    assert (title[0], head) == (TITLE, HEAD)
    told = {row[1]: row for row in rows}
    assert told["甲公司"][:3] == [None, "甲公司", 999]
    assert told["甲公司"][3].date() == date(2006, 5, 18)
    assert told["甲公司"][4:] == [FIRM, "510703001", "企业"]
    assert {name: row[2] for name, row in told.items()} == {"甲公司": 999, "=乙公司": 35, "丙店": 3}
    (note,) = [json.loads(r.body) for r in TrailRecord.objects.filter(kind="export")]
    assert (note["rows"], note["template"], note["unmasked"]) == (4, profile.pk, False)
    assert "按模板“省表”" in Job.objects.get().title


def test_what_was_filled_in_is_imported_again_unchanged(clerk: Client) -> None:
    export(clerk, kept(clerk))

    paper = upload(clerk, fetched(clerk))

    assert (paper.summary or {})["unknown"] == ["序号"]
    assert (paper.counted or {})["bad"] == 0
    clerk.post(reverse("import-trial", args=[paper.pk]), {"on": "2030-01-01"})
    paper.refresh_from_db()
    counts = (paper.trial or {})["counts"]
    assert {k: counts.get(k, 0) for k in ("new", "changed")} == {"new": 0, "changed": 0}
    assert counts["unchanged"] == 4


def test_ticked_rows_and_masks_hold_in_a_form_too(clerk: Client) -> None:
    keep(clerk, "会员表", "members", content=template("姓名", "证件号码", "系统编号"))
    profile = ExportProfile.objects.get()

    export(clerk, profile)
    masked = rows_of(fetched(clerk))
    ids = [row[2].split("-")[0] for row in masked[2:] if row[0] == "安"]
    export(clerk, profile, ids=ids, all=[], unmask="1", reason="上报")

    assert ANNA not in str(masked)
    assert "*" in str(masked)
    assert [row[:2] for row in rows_of(fetched(clerk))[2:]] == [["安", ANNA]]


def test_a_profile_of_the_unit_is_used_by_its_people_and_altered_by_its_owner(
    client: Client,
) -> None:
    owner = make_person(Role.COUNTY_ORGANISER, area_id=area("510703"))
    sign_in(client, owner)
    profile = kept(client)
    address = reverse("export-profile", args=["employers", profile.pk])
    mate = signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    assert client.get(address).status_code == 404
    assert export(client, profile).status_code == 404

    sign_in(client, owner)
    alter(client, profile, place=f"area:{area('510703')}")
    sign_in(client, mate)
    assert client.get(address).status_code == 200
    assert alter(client, profile, name="别的").status_code == 403
    assert export(client, profile).status_code == 302
    assert fetched(client)[:2] == b"PK"
    assert "省表" in client.get(index()).content.decode()

    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703001"))
    assert client.get(address).status_code == 404
    sign_in(client, owner)
    assert alter(client, profile, place=f"area:{area('510703001')}").status_code == 404


def test_a_profile_gone_before_the_job_runs_ends_it(clerk: Client) -> None:
    profile = kept(clerk)
    address = reverse("ledger-export", args=["employers"])
    clerk.post(address, {"address": "", "all": "1", "profile": profile.pk})
    alter(clerk, profile, deed="delete")

    run_pending()

    job = Job.objects.get()
    assert (job.state, job.result) == (State.FAILED, None)


def test_whose_post_is_over_fills_no_form_of_the_unit(client: Client) -> None:
    owner = make_person(Role.COUNTY_ORGANISER, area_id=area("510703"))
    sign_in(client, owner)
    profile = kept(client)
    alter(client, profile, place=f"area:{area('510703')}")
    mate = signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    address = reverse("ledger-export", args=["employers"])
    client.post(address, {"address": "", "all": "1", "profile": profile.pk})
    Post.objects.filter(user=mate).update(area_id=area("510703001"))

    run_pending()

    assert Job.objects.get().state == State.FAILED


def test_the_headers_of_an_earlier_import(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1), firm(2)), "去年名册.xlsx")

    answer = clerk.post(index(), {"paper": paper.pk})

    profile = ExportProfile.objects.get()
    assert answer.status_code == 302
    assert (profile.name, profile.head[0][0]) == ("去年名册", "单位台账")
    assert "第1公司" not in json.dumps(profile.head, ensure_ascii=False)
    assert [f for _, f in profile.columns] == ["code", "name", "area", "nature", "staff"]
    signed_in(clerk, Role.COUNTY_ORGANISER, area_id=area("510703"))
    assert clerk.post(index(), {"paper": paper.pk}).status_code == 404
    assert Paper.objects.count() == 1


def test_the_same_form_twice_is_one_profile(clerk: Client) -> None:
    first, second = keep(clerk), keep(clerk)

    assert first["Location"] == second["Location"]
    other = keep(clerk, content=template("单位名称", title="别的表"))
    assert other.status_code == 422
    assert "您已有名为“省表”的导出模板" in other.content.decode()
    assert ExportProfile.objects.count() == 1


def test_bad_forms_are_refused_with_what_was_typed(clerk: Client) -> None:
    for form, sentence in (
        ({"content": b""}, "请先选择模板文件"),
        ({"content": b"\x89PNG..."}, "图片"),
        ({"content": template("甲", "乙")}, "没有认出表头"),
        ({"header_row": "x"}, "“x”不是行号"),
        ({"name": "长" * 41}, "模板名称"),
        ({"content": b"PK" + b"0" * (2 << 20)}, "模板超过 2 MB"),
    ):
        answer = keep(clerk, **{"name": "我的表", **form})  # type: ignore[arg-type]
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert ExportProfile.objects.count() == 0


def test_one_column_fills_one_place(clerk: Client) -> None:
    profile = kept(clerk)

    answer = alter(clerk, profile, **{"column-0": "name", "column-1": "name"})

    assert answer.status_code == 422
    assert "“序号”和“企业全称”不能都填“单位名称”" in answer.content.decode()
    assert alter(clerk, profile, **{"column-0": "nothing"}).status_code == 422
    profile.refresh_from_db()
    assert profile.columns[0] == ["序号", ""]


def test_who_may_not_export_has_no_profiles(client: Client) -> None:
    signed_in(client, Role.GRID_WORKER, area_id=area("510703001"))
    assert client.get(index()).status_code == 403
    assert keep(client).status_code == 403
    assert client.post(index(), {"paper": "77"}).status_code == 404
    assert client.get(index("nothing")).status_code == 404
    assert client.post(reverse("export-as", args=["employers"]), {"all": "1"}).status_code == 403


def test_choosing_a_form_carries_the_rows_along(clerk: Client) -> None:
    profile = kept(clerk)

    answer = clerk.post(
        reverse("export-as", args=["employers"]), {"all": "1", "address": "f_nature=企业"}
    )

    soup = BeautifulSoup(answer.content, "html.parser")
    form = soup.select("main form")[0]
    assert form["action"] == reverse("ledger-export", args=["employers"])
    assert [o["value"] for o in form.select("option")] == [str(profile.pk)]
    sent = {str(i["name"]): str(i["value"]) for i in form.select("input[type=hidden]")}
    assert (sent["all"], sent["address"]) == ("1", "f_nature=企业")
