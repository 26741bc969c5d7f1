"""Every address, as a stranger, outside the scope, in every role: from the URL table itself."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.urls import resolve
from pytest_django import DjangoDbBlocker

from gongjian.accounts.enums import Role
from gongjian.areas.queries import area_by_code
from gongjian.web.middleware import OPEN
from gongjian.web.tests.addresses import Address, addresses
from gongjian.web.tests.expected import TABLE
from gongjian.web.tests.lines import Line
from gongjian.web.tests.people import signed_in
from tests.papers import county
from tests.web_world import World, build, token_of

ALL: Final = addresses()
LINES: Final = [
    pytest.param(line, id=f"{name}-{number}")
    for name, lines in TABLE.items()
    for number, line in enumerate(lines, 1)
]
METHODS: Final = ("get", "post")

FOR_STRANGERS: Final = {
    "account_login": "the sign-in",
    "account_inactive": "what somebody whose account was stopped is told",
    "account_reset_password": "whom to ask for a new password",
    "mfa_login_webauthn": "the sign-in by passkey",
    "metrics": "for this very machine and whoever has the token",
    "healthz": "asked by whatever watches the server",
    "readyz": "asked by whatever watches the server",
}
"""Pages that answer a stranger, and why."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built once; each request in it is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def ask(world: World, line: Line, role: Role | None, method: str, *, inside: bool) -> int:
    """The status of the answer; whatever the request did is undone."""
    client, things = world.clients[role], world.things(role, inside=inside)
    headers = {"X-CSRFToken": token_of(client)} | ({"HX-Request": "true"} if line.part else {})
    sent: dict[str, Any] = {}
    if method == "post":
        sent["data"] = {name: text.format(**things) for name, text in line.data.items()}
    with transaction.atomic():
        answer = getattr(client, method)(line.path.format(**things), headers=headers, **sent)
        if answer.streaming:
            list(answer)  # and so its file is closed
        transaction.set_rollback(True)
    client.cookies["sessionid"] = world.sessions[role]
    return int(answer.status_code)


def test_every_address_has_its_line_and_every_line_its_address() -> None:
    assert set(TABLE) == {address.name for address in ALL}


@pytest.mark.parametrize("line", LINES)
def test_the_line_is_about_its_address(line: Line, request: pytest.FixtureRequest) -> None:
    numbers = dict.fromkeys(WORDS, 1)

    match = resolve(line.path.format(**numbers).partition("?")[0])

    assert match.url_name == request.node.callspec.id.rpartition("-")[0]


WORDS: Final = (
    *("doubt", "evidence", "pack"),
    *("area", "union", "employer", "member", "change", "members_change", "person", "post"),
    *("look", "deed", "check", "report", "total", "explained", "bridge_export"),
    *("job", "waiting", "file", "view", "profile", "export", "figure_export", "paper", "key"),
    "sheet_export",
    "token",
)
"""What a path may name."""


@pytest.mark.parametrize("line", LINES)
@pytest.mark.django_db
def test_each_role_gets_its_answer_inside_and_outside(world: World, line: Line) -> None:
    expected, found = {}, {}
    for role in (*Role, None):
        for inside in (True, False) if line.scoped else (True,):
            for method in METHODS:
                case = (role and role.value, "inside" if inside else "outside", method)
                got = ask(world, line, role, method, inside=inside)
                allowed = line.expected(role, method, inside=inside)
                expected[case] = got if got in allowed else sorted(allowed)
                found[case] = got

    assert found == expected


@pytest.mark.parametrize("line", LINES)
@pytest.mark.django_db
def test_a_form_of_somebody_else_is_refused(world: World, line: Line) -> None:
    """POST without the token: 403 whoever asks; what takes no POST stays so."""
    role = next((role for role in Role if role in line.who), None)
    client, things = world.clients[role], world.things(role, inside=True)

    with transaction.atomic():
        answer = client.post(line.path.format(**things))
        transaction.set_rollback(True)
    client.cookies["sessionid"] = world.sessions[role]

    assert answer.status_code == 403


@pytest.mark.parametrize("address", ALL, ids=str)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_sign_in(client: Client, address: Address, method: str) -> None:
    answer = getattr(client, method)(address.path)

    if address.path.startswith(OPEN):
        assert answer.status_code != 200 or address.name in FOR_STRANGERS
    else:
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/?next=")


@pytest.mark.parametrize("line", LINES)
@pytest.mark.django_db
def test_a_stranger_learns_nothing_of_what_is_there(world: World, line: Line) -> None:
    """Of something real likewise, and as a part of a page: the window goes to the sign-in."""
    path = line.path.format(**world.things(None, inside=True))
    if path.startswith(OPEN):
        return

    answer = Client().get(path, headers={"HX-Request": "true"})

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["HX-Redirect"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("role", Role)
@pytest.mark.django_db
def test_no_link_leads_where_one_may_not_go(world: World, role: Role) -> None:
    """From the first page on: of each kind of page one, and every link on it."""
    client, waiting, seen, refused = world.clients[role], ["/"], set(), {}
    while waiting:
        path = waiting.pop(0)
        match = resolve(path.partition("?")[0])
        kind = (match.url_name, match.kwargs.get("slug"))
        if kind in seen or path.startswith("/accounts/"):
            continue
        seen.add(kind)
        answer = client.get(path, follow=True)
        if answer.status_code != 200:
            refused[path] = answer.status_code
        elif answer.streaming:
            list(answer)
        else:
            page = BeautifulSoup(answer.content, "html.parser")
            links = [str(link["href"]) for link in page.select("a[href]")]
            waiting += [urljoin(path, link) for link in links if not link.startswith("#")]

    assert refused == {}
    assert {"home", "help", "roles", "jobs"} <= {name for name, _ in seen}


@pytest.mark.parametrize("role", Role)
@pytest.mark.django_db
def test_what_the_menu_offers_is_answered(client: Client, role: Role) -> None:
    county()
    signed_in(client, role, area_id=area_by_code("510703"))
    home = BeautifulSoup(client.get("/").content, "html.parser")
    offered = {link["href"] for link in home.select("#side a, header a, .ph a, .ways a")}

    answers = {address: client.get(address).status_code for address in sorted(map(str, offered))}

    assert len(answers) >= 7
    assert set(answers.values()) == {200}, answers
