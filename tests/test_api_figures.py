"""Figures by the api are what the command line answers, of every figure, along both trees."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.api import figures as api
from gongjian.api.figures import MOST_ALONG
from gongjian.api.tests.desk import ask, clerk, pages
from gongjian.cli.main import main
from gongjian.core.days import today
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.store.keeping import ensure
from gongjian.ledgers.tests.city import city
from tests.worlds import entry

pytestmark = pytest.mark.django_db
DAYS = ("2008-12-31", "2011-12-25", "2012-06-30")
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def uncounted() -> None:
    """Each test counts requests for itself."""
    cache.clear()


@pytest.fixture
def here(client: Client) -> Client:
    city()
    clerk(client, "5107")
    return client


def command(capsys: Capture, *words: str) -> Any:
    """What the command line says in JSON."""
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("day", DAYS)
def test_all_figures_are_those_of_the_command_line(here: Client, capsys: Capture, day: str) -> None:
    for area in ("5107", "510703", "510703002"):
        for known in ([], ["--known-at", "12"]):
            query = {"at": day, "area": area, "children": "1"}
            query |= {"known": known[1]} if known else {}
            words = ("figures", "--at", day, "--area", area, "--children", *known)
            assert ask(here, "figures/values", **query) == command(capsys, *words)


def test_figures_of_a_kept_day_are_those_of_the_command_line(here: Client, capsys: Capture) -> None:
    ensure([today()])

    found = ask(here, "figures/values", area="510703", children="1")

    at = today().isoformat()
    assert found == command(capsys, "figures", "--at", at, "--area", "510703", "--children")


def test_named_figures_and_another_year(here: Client, capsys: Capture) -> None:
    codes = ["members.total", "rate.union", "members.total.net"]
    query = {"at": "2011-12-25", "year_start": "07-01", "area": "5107"}

    found = ask(here, "figures/values", codes=",".join(codes), **query)

    words = ("figures", *codes, "--at", "2011-12-25", "--year-start", "07-01", "--area", "5107")
    assert found == command(capsys, *words)
    assert found == ask(here, "figures/values", codes=codes, **query)


def test_figures_along_affiliation(here: Client, capsys: Capture) -> None:
    head = entry("unions", "涪城区总工会")
    asked = {"at": "2011-12-25", "tree": "affiliation", "union": head}
    words = ("figures", "--at", "2011-12-25", "--tree", "affiliation", "--union", "涪城区总工会")

    assert ask(here, "figures/values", **asked) == command(capsys, *words)
    found = ask(here, "figures/values", codes="members.total", children="1", **asked)
    assert found == command(capsys, "figures", "members.total", *words[1:], "--children")
    sentence = ask(here, "figures/values", 422, children="1", **asked)["sentence"]
    assert f"请用 codes 指明 1 至 {MOST_ALONG} 个指标" in sentence


@pytest.mark.parametrize("code", [figure.code for figure in CATALOG])
def test_rows_are_those_of_the_command_line(here: Client, capsys: Capture, code: str) -> None:
    found = ask(here, f"figures/{code}/rows", at="2011-12-25", area="510703")
    wanted = command(capsys, "rows", code, "--at", "2011-12-25", "--area", "510703")

    assert {name: found[name] for name in wanted} == wanted
    assert (found["at"], found["area"], found["next"]) == ("2011-12-25", "510703", None)


def test_rows_come_in_pages(here: Client) -> None:
    asked = {"at": "2011-12-25", "area": "510703"}
    whole = ask(here, "figures/members.total/rows", **asked)["rows"]
    found = pages(here, "figures/members.total/rows", "rows", limit=3, **asked)

    assert found == whole
    assert len(found) == 4


def test_rows_end_somewhere_and_say_so(here: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "MOST_ROWS", 2)
    asked = {"at": "2011-12-25", "area": "510703", "limit": 2}
    cursor = ask(here, "figures/members.total/rows", **asked)["next"]

    sentence = ask(here, "figures/members.total/rows", 422, cursor=cursor, **asked)["sentence"]

    assert "请改问下一级" in sentence


def test_the_catalogue_has_every_figure(here: Client) -> None:
    found = {figure["code"]: figure for figure in ask(here, "figures")["figures"]}

    assert list(found) == [figure.code for figure in CATALOG]
    assert found["rate.union"]["over"] == "coverage.enterprises"
    assert found["members.total.net"]["of"] == "members.total"
    assert found["employers.total"]["trees"] == ["territory"]
    assert found["members.total"]["trees"] == ["territory", "affiliation"]


@pytest.mark.parametrize(
    ("status", "path", "query"),
    [
        (422, "figures/values", {"codes": "members.nobody"}),
        (404, "figures/members.nobody/rows", {}),
        (404, "figures/values", {"area": "9999"}),
        (404, "figures/values", {"tree": "affiliation", "union": "99"}),
        (422, "figures/values", {"tree": "alphabet"}),
        (422, "figures/values", {"children": "all"}),
        (422, "figures/values", {"year_start": "13-01"}),
        (422, "figures/values", {"area": "5107", "tree": "affiliation"}),
        (422, "figures/members.total/rows", {"limit": "501"}),
        (422, "figures/members.total/rows", {"cursor": "x"}),
    ],
)
def test_what_is_asked_wrongly(here: Client, status: int, path: str, query: dict[str, str]) -> None:
    assert ask(here, path, status, **query)["sentence"].endswith("。")


def test_values_of_a_kept_day_are_a_handful_of_queries(
    here: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ensure([today()])
    ask(here, "figures/values", area="510703", children="1")
    with django_assert_max_num_queries(14):
        ask(here, "figures/values", area="510703", children="1")
