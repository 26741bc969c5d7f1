"""The bridge as a workbook: all that the pages say, for whoever may export it."""

import pytest
from django.test import Client
from openpyxl import load_workbook

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post
from gongjian.areas.tests.builders import area
from gongjian.files.actions import open_file
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.reporting.tests.months import COUNTY, OTHER
from gongjian.web.bridge.tests.scene import (
    HERE,
    MONTH,
    got,
    person,
    send,
    small_city,
    text,
    total,
)

pytestmark = pytest.mark.django_db
ORDER = {"area": COUNTY, "month": MONTH}


@pytest.fixture(autouse=True)
def here(db: None) -> None:
    small_city()


def written(client: Client) -> Job:
    answer = client.post("/reports/bridge/export/", ORDER)
    assert answer.status_code == 302, answer.content.decode()[:500]
    run_pending()
    return Job.objects.latest("pk")


def test_the_book_says_what_the_pages_say() -> None:
    client = person(name="王敏")
    assert got(client, f"/reports/bridge/{HERE}").select("form[action$='/export/']") == []
    wrong = total(client, "40")
    send(client, wrong, "withdraw", reason="多写一个零")
    found = total(client, "5")
    send(client, found, "name", **{"in": "repeated", "all": "1", "cause": "repeated"})
    send(client, found, "say", cause="other", amount="-3", words="=1+1")
    (part,) = found.explanations.filter(cause="other")
    gone = {"all": "1", "reason": "查无此事"}
    client.post(f"/reports/bridge/{found.pk}/parts/{part.link}/retract/", gone)
    job = written(client)
    assert (job.state, job.sentence) == (State.DONE, "")
    answer = client.get(f"/reports/bridge/downloads/{job.pk}/")
    assert answer.status_code == 200
    list(answer)  # and so its file is closed
    with open_file((job.result or {})["file"]) as file:
        book = load_workbook(file)
    sheet, explained, withdrawn = (list(x.iter_rows(values_only=True)) for x in book.worksheets)
    assert sheet[1][:9] == ("协议覆盖企业", "家", 5, 3, None, -2, -1, 0, -1)
    assert [(row[1], row[2], row[9], row[10]) for row in explained[1:]] == [
        ("重复计数", -1, "", ""),
        ("其他", -3, "王敏", "查无此事"),
    ]
    assert explained[2][6] == "=1+1"
    assert [(row[0], row[1], row[7]) for row in withdrawn[1:]] == [
        ("协议覆盖企业", 40, "多写一个零")
    ]
    assert (job.result or {})["rows"] == 2
    assert "导出期初衔接：2011-06" in text(got(client, "/changes/trail/?kind=exports"))


def test_it_is_for_its_owner_as_long_as_they_see_as_far() -> None:
    client = person()
    total(client)
    assert person(Role.LEADER).post("/reports/bridge/export/", ORDER).status_code == 403
    job = written(client)
    address = f"/reports/bridge/downloads/{job.pk}/"
    assert person().get(address).status_code == 404
    Post.objects.filter(user_id=job.owner_id or 0).update(area_id=area(OTHER))
    assert client.get(address).status_code == 404
    assert client.post("/reports/bridge/export/", ORDER).status_code == 404


def test_what_has_left_the_scope_meanwhile_is_not_written() -> None:
    client = person()
    total(client)
    client.post("/reports/bridge/export/", ORDER)
    job = Job.objects.latest("pk")
    Post.objects.filter(user_id=job.owner_id or 0).update(area_id=area(OTHER))
    run_pending()
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "“涪城区”已不在您可以导出的范围内" in job.sentence
