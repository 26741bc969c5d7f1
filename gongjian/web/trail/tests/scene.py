"""Two townships, a member in one of them, and deeds of every kind, for tests of the trail."""

from typing import Any

from django.test import Client

from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.history import trail
from gongjian.web.records.tests.desk import main
from gongjian.web.tests.people import make_person, sign_in, signed_in
from tests.papers import county
from tests.worlds import entry, good, member, number, union

HERE, THERE, ABOVE, TOP = "510703001", "510703002", "510703", "5107"


def auditor(client: Client, code: str = TOP, name: str = "周远") -> User:
    """An auditor there, signed in."""
    return signed_in(client, "auditor", area_id=area_by_code(code), name=name)


def person(role: str, code: str, name: str) -> User:
    return make_person(role, area_id=area_by_code(code), name=name)


def place() -> int:
    """Changes 1 to 3: the areas, a union and a member of 城厢; the number of the member."""
    county()
    good("unions", union())
    good("members", member(1))
    return entry("members", number(1))


def looked(user: User, entry_: int, reason: str = "办理互助保障") -> int:
    """A whole number was shown; the number of the link."""
    body = {"ledger": "members", "entry": entry_, "columns": ["证件号码", "手机"]}
    who = {"actor": user.pk, "name": user.username, "reason": reason}
    return trail.note("unmask", body | who).number


def exported(user: User, **more: Any) -> int:
    body = {"ledger": "members", "rows": 3, "at": "2011-12-25", "unmasked": False}
    return trail.note("export", body | {"actor": user.pk, "name": user.username} | more).number


def came_in(user: User, deed: str = "in", **more: Any) -> int:
    body = {"deed": deed, "address": "10.1.2.3", "user": user.pk, "username": user.username}
    return trail.note("sign-in", body | more).number


def listed(client: Client, query: str = "") -> list[int]:
    """The numbers of the links on a page of the trail."""
    answer = client.get(f"/changes/trail/{query}")
    assert answer.status_code == 200, answer.content.decode()
    cells = main(answer).select("#rows tbody td:first-child a")
    return [int(cell.get_text().replace(",", "")) for cell in cells]


def cells(client: Client, address: str, selector: str = "#rows tbody tr") -> list[list[str]]:
    """What the rows of a table say."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    rows = main(answer).select(selector)
    return [[cell.get_text(" ", strip=True) for cell in row.find_all("td")] for row in rows]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return main(answer).get_text(" ", strip=True)


__all__ = [
    "ABOVE",
    "HERE",
    "THERE",
    "TOP",
    "auditor",
    "came_in",
    "cells",
    "exported",
    "listed",
    "looked",
    "person",
    "place",
    "sign_in",
    "text",
]
