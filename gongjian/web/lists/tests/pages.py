"""Pages of lists as tests ask for them and read them."""

from datetime import date
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

DAY = date(2011, 6, 30)
"""A day on which the city of the tests has rows in every ledger."""


def get(client: Client, slug: str, **query: Any) -> Any:
    return client.get(reverse("ledger", args=[slug]), {"at": DAY.isoformat(), **query})


def entries(answer: Any) -> list[int]:
    """The entries on a page, by the links of their names."""
    page = BeautifulSoup(answer.content, "html.parser")
    return [
        int(str(a["href"]).split("?")[0].strip("/").split("/")[-1]) for a in page.select("td .nmn")
    ]


def cells(answer: Any) -> list[list[str]]:
    page = BeautifulSoup(answer.content, "html.parser")
    return [
        [td.get_text(" ", strip=True) for td in tr.select("td")] for tr in page.select("tbody tr")
    ]


def problems(answer: Any) -> list[str]:
    page = BeautifulSoup(answer.content, "html.parser")
    return [note.get_text(strip=True) for note in page.select("#rows .note.bad")]
