"""A served product and a Chromium that looks at it.

Each journey has a copy of the migrated test database to itself: the server answers in threads with
connections of their own, as it does for people, and nothing has to be taken back afterwards.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from psycopg import sql
from pytest_django.live_server_helper import LiveServer

from gongjian.accounts.models import User
from gongjian.web.tests.people import sign_in
from tests.browser.sight import WIDE, watched

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",  # the tests may run as root, for whom Chromium has no sandbox
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]

PATIENCE = 60_000
"""Milliseconds: what a busy machine is given; nothing is asserted of time."""

Enter = Callable[[Page, User], None]


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """One Chromium for all journeys of a run; started when the migrated database stands.

    With the loop of Playwright running, Django keeps connections apart from those it had before:
    one that stayed open would keep PostgreSQL from copying the database.
    """
    connections["default"].close()
    # Playwright's plain interface runs an event loop in this thread, in which Django refuses to
    # touch the database. Nothing here is asynchronous: one step follows the other.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    with sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """A copy of the migrated test database, in its place for as long as the test runs.

    Stands for the usual fixture of this name, whose transaction no other thread could see into.
    """
    with django_db_blocker.unblock(), copied_database(tmp_path):
        yield


@contextmanager
def copied_database(folder: Path) -> Iterator[None]:
    """Connections, of every thread, lead to a copy of the database they led to before."""
    migrated: Any = connections["default"]
    copy = _sqlite_copy if migrated.vendor == "sqlite" else _postgresql_copy
    with copy(migrated, folder) as name:
        entry = connections.settings["default"]
        before, entry["NAME"] = entry["NAME"], name
        connections["default"] = connections.create_connection("default")
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = migrated
            entry["NAME"] = before


@contextmanager
def _sqlite_copy(migrated: Any, folder: Path) -> Iterator[str]:
    migrated.ensure_connection()
    name = str(folder / "journey.sqlite3")
    with closing(sqlite3.connect(name)) as target:
        migrated.connection.backup(target)
    yield name


@contextmanager
def _postgresql_copy(migrated: Any, folder: Path) -> Iterator[str]:
    # A database that somebody is connected to cannot be copied; pools go by alias, not by name.
    migrated.close()
    migrated.close_pool()
    entry = migrated.settings_dict
    parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    where = {key: entry[name] for key, name in parts.items() if entry[name]}
    name = f"journey_{uuid4().hex}"
    made, gone = sql.Identifier(name), sql.SQL("DROP DATABASE {} WITH (FORCE)")
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as connection:
        template = sql.Identifier(entry["NAME"])
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made, template))
        try:
            yield name
        finally:
            migrated.close_pool()
            connection.execute(gone.format(made))


@contextmanager
def served() -> Iterator[str]:
    """Where the product is served, without a slash at the end."""
    server = LiveServer("127.0.0.1")
    try:
        yield server.url
    finally:
        server.stop()


@pytest.fixture
def address(db: None) -> Iterator[str]:
    """Where the product is served, without a slash at the end."""
    with served() as url:
        yield url


def visitor(browser: Browser, address: str) -> BrowserContext:
    """A browser without any past; an address without a host is of the served product.

    Nothing slides in it, so that a picture shows what stays.
    """
    fresh = browser.new_context(
        base_url=address,
        viewport=WIDE,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    fresh.set_default_timeout(PATIENCE)
    return fresh


def let_in(context: BrowserContext, address: str, client: Client) -> None:
    """Bring the session of a test client into the browser."""
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser without any past."""
    fresh = visitor(browser, address)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must end without an error in its console, its scripts or our answers."""
    opened = context.new_page()
    wrong = watched(opened)
    yield opened
    assert wrong == []


@pytest.fixture
def enter(address: str) -> Enter:
    """Signs somebody in without going through the sign-in page."""

    def bring(page: Page, user: User) -> None:
        client = Client()
        sign_in(client, user)
        let_in(page.context, address, client)

    return bring
