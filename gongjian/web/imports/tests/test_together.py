"""Several files at once, files that are too much, and the marked book of a large paper."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.models import AreaVersion
from gongjian.core.builders import make_credit_code
from gongjian.files.models import StoredFile
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.imports import actions, sheets
from gongjian.web.imports.models import Paper
from gongjian.web.imports.queries import dependence, importer
from gongjian.web.imports.tests.books import cells, firm, go, said, see, upload, workbook
from gongjian.web.imports.tests.test_others import a_clerk, committed
from gongjian.web.tests.people import signed_in
from tests.papers import county

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Client:
    county()
    return a_clerk()


# ------------------------------------------------------------------ several files


def drop(client: Client, *files: tuple[str, bytes], **said: str) -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("import-drop"), {"file": sent, **said})


UNION = make_credit_code(1, kind="81")
COVERAGE = workbook(
    [UNION, make_credit_code(1), "单独", date(2011, 1, 1)],
    head=["工会", "用人单位", "涵盖方式", "起始日期"],
)
UNIONS = workbook(
    [UNION, "甲工会", "单独基层工会", "510703001", date(2010, 1, 1)],
    head=["工会代码", "工会名称", "工会类型", "所属区划", "建会日期"],
)


def test_files_brought_together_go_in_one_after_the_other(clerk: Client) -> None:
    answer = drop(clerk, ("c.xlsx", COVERAGE), ("u.xlsx", UNIONS), ("e.xlsx", workbook(firm(1))))

    batch = Paper.objects.order_by("pk")[0]
    assert answer["Location"] == reverse("import-together", args=[batch.pk])
    shown = cells(see(clerk, "import-together", batch), ".fx")
    assert [row[1:3] for row in shown] == [
        ["用人单位台账", "e.xlsx"], ["工会台账", "u.xlsx"], ["工会涵盖单位台账", "c.xlsx"],
    ]  # fmt: skip
    assert [row[4] for row in shown] == [
        "不用等别的表", "不用等别的表", "先入库：用人单位台账、工会台账",
    ]  # fmt: skip

    employers, unions, coverage = (
        Paper.objects.get(ledger=slug) for slug in ("employers", "unions", "coverage")
    )
    assert said(coverage.counted)["bad"] == 1
    committed(clerk, employers)
    following = see(clerk, "import-done", employers)
    assert following.select_one(f"form[action='{reverse('import-recheck', args=[unions.pk])}']")
    committed(clerk, unions)
    assert "检查之后台账又有更改" in see(clerk, "import-check", coverage).get_text()
    go(clerk, "import-recheck", coverage)
    assert said(coverage.counted)["bad"] == 0
    assert committed(clerk, coverage) == 1
    assert coverage.change == 4


def test_ledgers_depend_in_this_order() -> None:
    assert dependence() == (
        "areas", "employers", "unions", "coverage", "members", "agreements", "agreement-coverage",
    )  # fmt: skip


def test_a_file_that_is_no_ledger_s_is_named(clerk: Client) -> None:
    strange = workbook(["x"], head=["什么都不是"])

    answer = drop(clerk, ("怪.xlsx", strange), ("e.xlsx", workbook(firm(1))))

    page = clerk.get(answer["Location"]).content.decode()
    assert "认不出“怪.xlsx”是哪本台账的表" in page
    assert list(Paper.objects.values_list("name", flat=True)) == ["e.xlsx"]
    alone = drop(clerk, ("怪.xlsx", strange))
    assert alone["Location"] == reverse("imports")
    assert drop(clerk).status_code == 422


def test_a_file_put_on_the_wrong_ledger_is_read_as_what_it_is(clerk: Client) -> None:
    paper = upload(clerk, UNIONS, "工会.xlsx", "employers")
    page = see(clerk, "import-columns", paper)
    assert "从表头看，这是一张工会台账的表" in page.get_text()

    go(clerk, "import-as", paper, ledger="unions")

    assert (paper.ledger, said(paper.counted)["rows"]) == ("unions", 1)


# ------------------------------------------------------------------ too much


def test_more_than_the_limit_is_not_even_read(clerk: Client) -> None:
    answer = clerk.generic(
        "POST",
        reverse("import-new", args=["employers"]),
        b"",
        "multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(sheets.MOST_BYTES + (2 << 20)),
    )

    text = answer.content.decode()
    assert (answer.status_code, "上传的内容太大，没有接收" in text) == (422, True)
    assert "<nav" in text


def test_a_form_without_its_token_is_still_refused() -> None:
    county()
    client = Client(enforce_csrf_checks=True)
    area = AreaVersion.objects.get(code="510703", removed_in=None).entry_id
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area)

    for name, args in (("import-new", ["employers"]), ("import-drop", [])):
        assert client.post(reverse(name, args=args), {}).status_code == 403
    assert Paper.objects.count() == 0


def test_a_file_without_a_paper_has_its_time() -> None:
    nobody, ledger = User(username="nobody"), LEDGERS["employers"]

    with pytest.raises(ValueError, match="saved"):
        actions.begin(nobody, ledger, SimpleUploadedFile("a.xlsx", workbook(firm(1))))

    left = StoredFile.objects.get()
    assert (left.owner_id, left.expires is not None) == (None, True)


def test_whole_numbers_are_asked_for_anew_in_what_is_left(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1), firm(2, staff="很多")))
    go(clerk, "import-reveal", paper)
    committed(clerk, paper)

    go(clerk, "import-rest", paper)

    assert (Paper.objects.latest("pk").parent_id, Paper.objects.latest("pk").revealed_at) == (
        paper.pk, None,
    )  # fmt: skip


# ------------------------------------------------------------------ the marked book of a large paper


def test_a_large_book_is_marked_in_the_background(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = upload(clerk, workbook(firm(1, staff="很多"), firm(2)))
    address = reverse("import-marked", args=[paper.pk])
    read = {**said(paper.summary), "quick": False}
    Paper.objects.filter(pk=paper.pk).update(summary=read)
    assert clerk.get(address).status_code == 422

    assert clerk.post(address)["Location"] == reverse("import-check", args=[paper.pk])
    assert run_pending() == 1

    assert see(clerk, "import-check", paper).select_one(f"a[href='{address}']") is not None
    assert b"".join(clerk.get(address)).startswith(b"PK")
    stored = StoredFile.objects.latest("pk")
    assert clerk.get(reverse("file", args=[stored.pk])).status_code == 404
    go(clerk, "import-mend", paper, row=3, header="职工人数", value="9")
    assert clerk.get(address).status_code == 422


def test_what_is_checked_is_what_the_owner_may_import(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    actions.recheck(paper, importer(paper.owner, paper.ledger))
    assert (paper.revision, said(paper.counted)["base"]) == (2, 1)
