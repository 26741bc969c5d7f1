"""Workbooks as clerks send them, and the way of a paper through the pages."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from gongjian.core.builders import make_credit_code
from gongjian.history.sql import fetch
from gongjian.web.imports.models import Paper

HEAD: Final = ["统一社会信用代码", "单位名称", "所属区划", "单位性质", "职工人数"]
Row = Sequence[Any]


def firm(number: int, name: str = "", staff: Any = 20, **more: Any) -> list[Any]:
    """A good row of the employers' ledger."""
    code = more.get("code", make_credit_code(number))
    return [code, name or f"第{number}公司", "510703001", "企业", staff]


def workbook(*rows: Row, head: Row = HEAD, sheet: str = "单位", **others: Sequence[Row]) -> bytes:
    """An xlsx with a title in row 1, headers in row 2, rows from 3; further sheets by name."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = sheet
    for row in ([f"{sheet}台账"], head, *rows):
        first.append(list(row))
    for name, lines in others.items():
        more = book.create_sheet(name)
        for line in lines:
            more.append(list(line))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(
    client: Client, content: bytes, name: str = "名册.xlsx", slug: str = "employers"
) -> Paper:
    """Send a file in; the paper it became."""
    file = SimpleUploadedFile(name, content)
    answer = client.post(reverse("import-new", args=[slug]), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return Paper.objects.latest("pk")


def go(client: Client, name: str, paper: Paper, **said: Any) -> Any:
    """POST to a page of the paper."""
    answer = client.post(reverse(name, args=[paper.pk]), said)
    paper.refresh_from_db()
    return answer


def see(client: Client, name: str, paper: Paper, query: str = "") -> BeautifulSoup:
    """A page of the paper, parsed."""
    answer = client.get(reverse(name, args=[paper.pk]) + query)
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.content, "html.parser")


def cells(soup: BeautifulSoup, css: str) -> list[list[str]]:
    """The texts of a table's body, row by row."""
    return [
        [" ".join(td.get_text(" ", strip=True).split()) for td in tr.find_all("td")]
        for tr in soup.select(f"{css} tbody tr")
    ]


def numbers(soup: BeautifulSoup, css: str) -> list[str]:
    """The big numbers of a strip."""
    return [b.get_text(strip=True) for b in soup.select(f"{css} b")]


def staff_of(name: str) -> list[int]:
    """What is believed of a firm's staff, in the order of days."""
    rows = fetch(
        "SELECT staff FROM employers_employerversion WHERE removed_in IS NULL AND name = %s"
        " ORDER BY valid_from",
        [name],
    )
    return [staff for (staff,) in rows]


def said(kept: Any) -> dict[str, Any]:
    """What is kept beside a paper, which must be there."""
    assert kept is not None
    told: dict[str, Any] = kept
    return told
