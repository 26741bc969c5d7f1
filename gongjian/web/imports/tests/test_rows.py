"""A paper is read once: what a mended cell costs does not grow with the paper."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.areas.models import AreaVersion
from gongjian.core.builders import make_credit_code
from gongjian.files.models import StoredFile
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.ledgers import reading
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.imports import checking, kept, rows
from gongjian.web.imports.kept import Kept
from gongjian.web.imports.models import Finding, Paper
from gongjian.web.imports.near import TooMany, near
from gongjian.web.imports.tests.books import HEAD, firm, go, numbers, said, see, upload
from gongjian.web.tests.people import signed_in
from tests.papers import county, table

pytestmark = pytest.mark.django_db

UNIONS = ["工会代码", "工会名称", "工会类型", "所属区划", "上级工会", "建会日期"]


@pytest.fixture
def clerk(client: Client) -> Client:
    county()
    area = AreaVersion.objects.get(code="510703", removed_in=None).entry_id
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area)
    return client


def csv(*lines: list[Any], head: list[str] = HEAD) -> bytes:
    """A text file: headers in row 1, data from row 2."""
    return "\n".join(",".join(map(str, line)) for line in (head, *lines)).encode()


def opened(content: reading.Table, slug: str = "employers") -> Kept:
    return Kept(BytesIO(b"".join(kept.packed(content, LEDGERS[slug]))))


# ------------------------------------------------------------------ the kept table


def test_what_is_kept_is_what_was_read() -> None:
    cells = [
        "文字", "", None, 12, 1.5, True, date(2011, 3, 5), datetime.fromisoformat("2011-03-05T07:08"),
        time(7, 8), timedelta(hours=30), "\ud800",
    ]  # fmt: skip
    made = table([{"单位名称": cell} for cell in cells])
    made.row_numbers = [3, 4, 5, 8, 9, 20, 21, 22, 23, 30, 31]

    told = opened(made)

    assert (told.whole(), told.numbers) == (made, made.row_numbers)
    assert told.part([8, 7, 20]).cells == {"单位名称": [12, True]}
    assert [told.has(n) for n in (2, 3, 6, 31, 32)] == [False, True, False, True, False]


def test_an_empty_table_is_kept() -> None:
    assert opened(table([])).whole().row_numbers == []


def test_nothing_of_it_can_be_read_without_the_key() -> None:
    made = table([{"单位名称": "甲乙丙公司", "统一社会信用代码": make_credit_code(1)}])

    packed = b"".join(kept.packed(made, LEDGERS["employers"]))

    assert ("甲乙丙".encode() in packed, make_credit_code(1).encode() in packed) == (False, False)


def test_a_few_rows_are_had_without_the_rest() -> None:
    made = table([dict(zip(HEAD, firm(n), strict=True)) for n in range(1, 2501)])
    told = opened(made)

    assert told.part([2, 3, 900]).cells["单位名称"] == ["第1公司", "第2公司", "第899公司"]
    assert told.naming(kept.keys(LEDGERS["employers"], dict(zip(HEAD, firm(77), strict=True)))) == {
        78
    }
    assert told.opened == 2


# ------------------------------------------------------------------ one cell of a large paper


@pytest.fixture
def large(clerk: Client) -> Paper:
    """2,400 rows, the third of them with a bad cell, the last two of one code."""
    lines = [firm(n, staff="很多" if n == 2 else 9) for n in range(1, 2399)]
    twice = [firm(5000, "甲", 3), firm(5000, "乙", 4)]
    paper = upload(clerk, csv(*lines, *twice), "大.csv")
    assert paper.counted is None
    run_pending()
    paper.refresh_from_db()
    assert said(paper.counted)["bad"] == 3
    return paper


def test_a_mended_cell_needs_neither_the_file_nor_all_rows(
    clerk: Client, large: Paper, django_assert_max_num_queries: Any
) -> None:
    StoredFile.objects.get(pk=large.file_id).path.unlink()

    with django_assert_max_num_queries(60):
        go(clerk, "import-mend", large, row=3, header="职工人数", value="12")

    assert said(large.counted)["bad"] == 2
    assert (large.pending, Job.objects.filter(state=State.QUEUED).count()) == ([], 0)
    with rows.opened(large) as told:
        assert near(large, told, {3}, 100) == ({3}, set())
        assert told.opened == 1


def test_pages_need_neither(clerk: Client, large: Paper) -> None:
    StoredFile.objects.get(pk=large.file_id).path.unlink()

    assert numbers(see(clerk, "import-check", large), ".sum") == ["2,400", "2,397", "3", "0"]
    see(clerk, "import-columns", large)
    go(clerk, "import-trial", large)
    run_pending()
    assert numbers(see(clerk, "import-trial", large), ".dg")[0] == "＋2,397"


def test_rows_of_one_code_are_checked_together(clerk: Client, large: Paper) -> None:
    go(
        clerk, "import-mend", large,
        row=2401, header="统一社会信用代码", value=make_credit_code(6000),
    )  # fmt: skip
    assert list(Finding.objects.filter(paper=large).values_list("row", flat=True)) == [3]

    go(
        clerk, "import-mend", large,
        row=900, header="统一社会信用代码", value=make_credit_code(6000),
    )  # fmt: skip
    rows_found = Finding.objects.filter(paper=large, code="duplicate").order_by("row")
    assert list(rows_found.values_list("row", flat=True)) == [900, 2401]


def test_what_two_mended_at_once_is_checked_by_the_later(clerk: Client, large: Paper) -> None:
    first = Paper.objects.get(pk=large.pk)
    Paper.objects.filter(pk=large.pk).update(revision=first.revision + 1, pending=[3])
    large.mends.create(row=3, header="职工人数", sealed=rows.sealed("8"))

    go(clerk, "import-mend", large, row=50, header="职工人数", value="7")

    assert (said(large.counted)["bad"], large.pending) == (2, [])


def test_rows_tied_to_too_many_are_checked_in_the_background(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "FEW_ROWS", 4)
    top = make_credit_code(1, kind="81")
    lines = [[top, "总会", "总工会", "510703001", "", "不详"]]
    lines += [
        [make_credit_code(n, kind="81"), f"{n}会", "单独基层工会", "510703001", top, "2010-01-01"]
        for n in range(2, 9)
    ]
    paper = upload(clerk, csv(*lines, head=UNIONS), "工会.csv", "unions")
    run_pending()
    paper.refresh_from_db()
    assert said(paper.counted)["bad"] == 8
    with rows.opened(paper) as told, pytest.raises(TooMany):
        near(paper, told, {2}, 4)

    sent = {"row": 2, "header": "建会日期", "value": "2009-01-01"}
    answer = clerk.post(
        reverse("import-mend", args=[paper.pk]), sent, headers={"HX-Request": "true"}
    )

    assert (answer["HX-Refresh"], run_pending()) == ("true", 1)
    paper.refresh_from_db()
    assert said(paper.counted)["bad"] == 0


def test_a_row_is_seen_with_those_it_refers_to(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [make_credit_code(n, kind="81") for n in range(1, 9)]
    lines = [
        [code, f"{at}会", "单独基层工会", "510703001", codes[at - 1] if at in (1, 2) else "",
         "2010-01-01"]
        for at, code in enumerate(codes)
    ]  # fmt: skip
    lines[2][5] = "不详"
    monkeypatch.setattr(checking, "FEW_ROWS", 4)
    paper = upload(clerk, csv(*lines, head=UNIONS), "工会.csv", "unions")
    run_pending()
    with rows.opened(paper) as told:
        assert near(paper, told, {4}, 4) == ({4}, {2, 3})

    go(clerk, "import-mend", paper, row=4, header="建会日期", value="2011-01-01")

    assert (said(paper.counted)["bad"], run_pending()) == (0, 0)


def test_a_kept_table_that_is_gone_is_read_again(clerk: Client) -> None:
    paper = upload(clerk, csv(firm(1), firm(2, staff="很多")), "小.csv")
    StoredFile.objects.filter(pk=paper.rows_file or 0).delete()

    go(clerk, "import-mend", paper, row=3, header="职工人数", value="5")

    assert said(paper.counted)["bad"] == 0
    assert StoredFile.objects.filter(pk=paper.rows_file or 0).exists()
