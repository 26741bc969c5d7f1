"""Today's figures come from the store, and say what the rows say, whatever is changed meanwhile."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongjian.accounts.enums import Role
from gongjian.areas.queries import area_by_code
from gongjian.core.builders import make_credit_code
from gongjian.history.record import newest
from gongjian.history.shapes import SHAPES
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.models import KeptDay
from gongjian.jobs.worker import run_errands
from gongjian.ledgers.tests.city import FIRM, city, told
from gongjian.web.figures.tests.city import texts
from gongjian.web.tests.people import signed_in

pytestmark = pytest.mark.django_db
COUNTED = ("employers", "coverage", "members", "agreements", "agreement-coverage")
PAGES = ("/home/figures/", "/figures/", "/figures/members.total.net/", "/figures/rate.signing/")


@pytest.fixture
def leader(client: Client) -> Client:
    city()
    signed_in(client, Role.LEADER, area_id=area_by_code("5107"))
    return client


def numbers(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return texts(BeautifulSoup(answer.content, "html.parser"), "[data-figure], .kids .r")


def tables_read(client: Client, address: str) -> tuple[set[str], int]:
    """Ledgers whose versions a page reads, and how many questions it asks."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    said = [q["sql"] for q in asked.captured_queries]
    found = {slug for slug in COUNTED if any(SHAPES[slug].table in one for one in said)}
    # PostgreSQL is told around each view how to read.
    return found, len([q for q in said if not q.startswith(("SAVEPOINT", "RELEASE", "SET "))])


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_today_counts_no_rows(leader: Client, address: str) -> None:
    counted = numbers(leader, address)
    run_errands()

    read, questions = tables_read(leader, address)
    assert (read, questions <= 15) == (set(), True), questions
    assert numbers(leader, address) == counted
    assert counted


@pytest.mark.parametrize(("ago", "said"), [(0, "取自留存数"), (1, "按这一天有效的行算出")])
def test_the_newest_knowledge_in_an_address_is_that_of_now(
    leader: Client, ago: int, said: str
) -> None:
    run_errands()
    answer = leader.get(f"/figures/members.total/?known={newest() - ago}")
    page = BeautifulSoup(answer.content, "html.parser")

    assert said in texts(page, ".hero .meta dd")[-1]
    assert texts(page, ".hero .meta dd")[-2].startswith(f"变更 {newest() - ago}（")


def test_a_change_is_seen_at_once(leader: Client) -> None:
    run_errands()
    before = numbers(leader, "/figures/employers.staff/")
    told("employers", {"统一社会信用代码": FIRM, "职工人数": 1_400})
    told("employers", {"统一社会信用代码": make_credit_code(9), "单位名称": "新厂",
                       "单位性质": "企业", "所属区划": "510703001", "职工人数": 7})  # fmt: skip
    after = {address: numbers(leader, address) for address in (*PAGES, "/figures/employers.staff/")}
    assert KeptDay.objects.count() == 2
    KeptDay.objects.all().delete()

    assert after["/figures/employers.staff/"] != before
    assert after == {address: numbers(leader, address) for address in after}


@pytest.mark.parametrize("code", [figure.code for figure in CATALOG])
def test_every_figure_of_today_is_that_of_the_rows(leader: Client, code: str) -> None:
    counted = numbers(leader, f"/figures/{code}/")
    run_errands()

    assert numbers(leader, f"/figures/{code}/") == counted
