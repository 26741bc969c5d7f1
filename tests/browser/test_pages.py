"""Every page of the product, generated from the URL table: shape, keyboard, axe, weight, paper."""

import gzip
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from django.http import HttpResponse
from playwright.sync_api import Browser, Page

from tests.browser.conftest import copied_database, let_in, served, visitor
from tests.browser.sight import (
    NARROW,
    WIDE,
    keyboard_faults,
    look,
    look_on_paper,
    paper_faults,
    settled,
    shape_faults,
    violations,
    watched,
)
from tests.browser.world import CLERK, NOBODY, Screen, World, beside_the_table, of_the_table

NOT_BY_GET: Final = 405
MOST: Final = 60_000
"""Bytes of a page as it travels, without what the browser keeps of it."""

MOST_AT_FIRST: Final = 60_000
"""Bytes of a first visit: the page and all that the browser keeps from then on."""

ELSEWHERE: Final = {
    "mfa_authenticate": "asked in the middle of signing in, see the journey",
    "mfa_reauthenticate_webauthn": "asked of whoever has a passkey",
    "mfa_login_webauthn": "asked by the script of the sign-in",
    "mfa_download_recovery_codes": "a text file",
    "import": "leads to the step where the paper stands",
    "import-marked": "a workbook",
    "import-template": "a workbook",
    "change-undo-panel": "a part of the page of a large change",
    "jobs-under-way": "a part of every page",
    "ledger-download": "a workbook",
    "figure-rows-download": "a workbook",
    "report-difference-download": "a workbook",
    "bridge-download": "a workbook",
    "evidence-download": "a package",
    "matrix-data": "numbers for the script of the wall chart",
    "file": "a file",
    "case-file": "a file",
    "healthz": "a word for machines",
    "readyz": "a word for machines",
    "metrics": "numbers for machines",
}
"""Addresses that answer GET with something else than a page of theirs."""


class Walk:
    """A world, the product serving it, and a window for each pair of eyes."""

    def __init__(self, browser: Browser, address: str, world: World) -> None:
        self.world = world
        self._windows: dict[str, tuple[Page, list[str]]] = {}
        self._browser, self._address = browser, address

    def window(self, who: str) -> tuple[Page, list[str]]:
        """The page of somebody, and what went wrong in it."""
        if who not in self._windows:
            context = visitor(self._browser, self._address)
            if who != NOBODY:
                let_in(context, self._address, self.world.clients[who])
            page = context.new_page()
            self._windows[who] = page, watched(page)
        return self._windows[who]

    def close(self) -> None:
        """Close every window."""
        for page, _ in self._windows.values():
            page.context.close()


@pytest.fixture(scope="module")
def db(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """One copy of the migrated test database for all pages: nothing is changed by looking."""
    with django_db_blocker.unblock(), copied_database(tmp_path_factory.mktemp("walk")):
        yield


@pytest.fixture(scope="module")
def walk(browser: Browser, db: None) -> Iterator[Walk]:
    """All pages stand on one world."""
    with served() as address:
        walk = Walk(browser, address, World())
        yield walk
        walk.close()


@pytest.mark.parametrize("screen", [*of_the_table(), *beside_the_table()], ids=str)
def test_page(walk: Walk, screen: Screen) -> None:
    path = screen.path(walk.world)
    answer: Any = walk.world.clients[screen.who].get(path)
    if answer.status_code == NOT_BY_GET or screen.url in ELSEWHERE:
        answer.close()
        return
    assert is_page(answer)
    assert answer.status_code == screen.status
    assert len(gzip.compress(answer.content, 1)) <= MOST

    page, wrong = walk.window(screen.who)
    page.set_viewport_size(WIDE)
    page.goto(path)
    settled(page)
    found = [f"1440: {fault}" for fault in shape_faults(page) + violations(page)]
    found += keyboard_faults(page)
    look(page, f"{screen}-1440")
    page.set_viewport_size(NARROW)
    found += [f"390: {fault}" for fault in shape_faults(page) + violations(page, colours=False)]
    look(page, f"{screen}-390")
    found += [f"print: {fault}" for fault in paper_faults(page)]
    look_on_paper(page, f"{screen}-print")

    assert found + wrong == []
    wrong.clear()


def is_page(answer: HttpResponse) -> bool:
    """Is it a whole page, and no part of one, no file, no way to elsewhere?"""
    html = answer.headers.get("Content-Type", "").startswith("text/html")
    return html and not answer.streaming and b"<html" in answer.content


def test_first_visit(walk: Walk, record_testsuite_property: Callable[[str, object], None]) -> None:
    """Everything that somebody's first page brings along, as it travels."""
    page, _ = walk.window(CLERK)
    page.goto("/")
    settled(page)
    names: list[str] = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    bodies = [page.context.request.get(name).body() for name in [page.url, *names]]

    total = sum(len(gzip.compress(body, 6)) for body in bodies)
    record_testsuite_property("first visit", f"{total:,} bytes in {len(bodies)} answers")
    assert total <= MOST_AT_FIRST
