"""The grid as a page: what is handed in becomes a paper that is checked like an upload."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.core.builders import make_credit_code
from gongjian.core.errors import NotNow
from gongjian.history.models import Change
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.imports import sheets
from gongjian.web.imports.models import Paper, Pointing
from gongjian.web.imports.tests.books import staff_of
from gongjian.web.pasting.models import Handing
from gongjian.web.pasting.papers import handed_before
from gongjian.web.tests.desk import clerk, paper_folder
from gongjian.web.tests.people import make_person, signed_in
from tests.papers import county

__all__ = ["clerk", "paper_folder"]

pytestmark = pytest.mark.django_db

GRID = "/imports/paste/employers/"
CODE = make_credit_code(1)


@pytest.fixture(autouse=True)
def _county(paper_folder: Path) -> None:
    county()


def opened(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get(GRID).content, "html.parser")


def word_of(soup: BeautifulSoup) -> str:
    return str(soup.select_one("[name=word]")["value"])  # type: ignore[index]


def paste(client: Client, text: str, word: str = "") -> Any:
    return client.post(GRID, {"text": text, "word": word or word_of(opened(client))})


def rows(*lines: str) -> str:
    return "\r\n".join(("统一社会信用代码\t单位名称\t所属区划\t单位性质\t职工人数", *lines))


def cells_of(paper: Paper) -> list[tuple[Any, ...]]:
    with sheets.file_of(paper) as path:
        return list(
            load_workbook(BytesIO(path.read_bytes())).worksheets[0].iter_rows(values_only=True)
        )


def test_the_grid_has_the_columns_of_the_declaration(clerk: Client) -> None:
    soup = opened(clerk)

    heads = [str(th["data-title"]) for th in soup.select("thead th[data-title]")]
    assert heads == [c.header for c in LEDGERS["employers"].columns]
    must = [str(th["data-title"]) for th in soup.select("thead th.must")]
    assert must == ["单位名称", "所属区划", "单位性质", "职工人数"]
    nature = soup.select("#choices-nature option")
    assert "企业" in [str(option["value"]) for option in nature]


def test_what_is_pasted_goes_to_the_check_and_into_the_ledger(clerk: Client) -> None:
    answer = paste(
        clerk, rows(f'{CODE}\t"甲\n公司"\t510703001\t企业\t20', "\t=乙\t510703001\t企业\t")
    )

    paper = Paper.objects.get()
    assert answer["Location"] == reverse("import-check", args=[paper.pk])
    assert cells_of(paper)[1:] == [
        (CODE, "甲\n公司", "510703001", "企业", "20"),
        (None, "=乙", "510703001", "企业", None),
    ]
    assert (paper.counted or {})["bad"] == 1
    clerk.post(reverse("import-trial", args=[paper.pk]))
    paper.refresh_from_db()
    said = {"revision": paper.revision, "policy": "skip"}
    clerk.post(reverse("import-commit", args=[paper.pk]), said)
    run_pending()
    assert staff_of("甲 公司") == [20]
    assert Change.objects.latest("number").source_name == paper.name


def test_an_unknown_header_waits_to_be_pointed(clerk: Client) -> None:
    text = "单位名称\t街镇\t单位性质\t职工人数\n甲公司\t510703001\t企业\t20"

    answer = paste(clerk, text)

    paper = Paper.objects.get()
    assert answer["Location"] == reverse("import", args=[paper.pk])
    assert (paper.summary or {})["unknown"] == ["街镇"]
    clerk.post(
        reverse("import-columns", args=[paper.pk]), {"header-2": "街镇", "point-2": "所属区划"}
    )
    assert Pointing.objects.get().column == "所属区划"
    paste(clerk, text)
    assert (Paper.objects.latest("pk").counted or {})["bad"] == 0


def test_nothing_typed_is_lost_on_an_error(clerk: Client) -> None:
    text = "单位名称\t职工人数\n甲公司\t20\t多出来的"

    answer = paste(clerk, text)

    soup = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert str(soup.select_one("textarea").text).strip() == text  # type: ignore[union-attr]
    assert "粘贴的内容有 3 列" in soup.select_one(".note.bad").text  # type: ignore[union-attr]
    assert (Paper.objects.count(), Handing.objects.count()) == (0, 0)


def test_a_form_handed_in_twice_is_one_paper(clerk: Client) -> None:
    word = word_of(opened(clerk))

    first = paste(clerk, rows("\t甲公司\t510703001\t企业\t20"), word)
    second = paste(clerk, rows("\t甲公司\t510703001\t企业\t20"), word)

    assert first["Location"] == second["Location"]
    assert Paper.objects.count() == 1


def test_a_form_without_its_word_is_not_taken(clerk: Client) -> None:
    answer = clerk.post(GRID, {"text": rows("\t甲公司\t510703001\t企业\t20")})

    assert (answer.status_code, Paper.objects.count()) == (422, 0)
    assert "甲公司" in answer.content.decode()


def test_while_the_first_is_being_read_the_second_waits() -> None:
    user = make_person(Role.COUNTY_ORGANISER, area_id=area("510703"))
    Handing.objects.create(owner=user, word="a-word-of-a-form")

    with pytest.raises(NotNow, match="刚才已经提交过一次"):
        handed_before(user, "a-word-of-a-form")


def test_who_may_not_import_finds_no_grid(client: Client) -> None:
    signed_in(client, Role.INSPECTOR, area_id=area("510703"))
    assert client.get(GRID).status_code == 403
    assert client.get("/imports/paste/nothing/").status_code == 404
    assert client.post(GRID, {"text": "甲"}).status_code == 403


def test_a_grid_of_the_past_takes_nothing(clerk: Client) -> None:
    soup = BeautifulSoup(clerk.get(f"{GRID}?at=2011-01-01").content, "html.parser")
    assert soup.select("form[data-paste]") == []
    assert clerk.post(f"{GRID}?at=2011-01-01", {"text": "甲"}).status_code == 422
