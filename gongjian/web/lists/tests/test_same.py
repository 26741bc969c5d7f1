"""Where a figure says the same number as a list, the count opens the figure's rows."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.history.record import newest
from gongjian.indicators.declare import CATALOG, Indicator
from gongjian.indicators.query import figures
from gongjian.ledgers.tests.city import city
from gongjian.web.tests.people import signed_in

pytestmark = pytest.mark.django_db

DAYS = (date(2011, 6, 30), date(2012, 4, 15))


@pytest.fixture(autouse=True)
def _city() -> None:
    city()


def counted(client: Client, slug: str, query: Any) -> tuple[str, str]:
    """The count and where it leads."""
    answer = client.get(reverse("ledger-count", args=[slug]), query)
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.content, "html.parser").select_one("main b")
    assert soup is not None
    link = soup.a
    return soup.get_text(strip=True), str(link["href"]) if link else ""


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("place", ["5107", "510703", "510703002"])
def test_the_count_is_the_figure_it_leads_to(client: Client, day: date, place: str) -> None:
    signed_in(client, Role.CITY_ORGANISER, area_id=area("5107"))
    figures_ = dict.fromkeys([*CATALOG, *CATALOG.problems()])
    listed = [f for f in figures_ if isinstance(f, Indicator) and f.listing]
    assert len(listed) >= 8
    for figure in listed:
        assert figure.listing is not None
        query: dict[str, Any] = {"at": day.isoformat(), "area": place}
        query["tab"] = figure.listing.question
        for name, value in figure.listing.values:
            query.setdefault(f"f_{name}", []).append(value)

        number, address = counted(client, figure.base.ledger, query)

        told = figures([figure.code], day=day, known_at=None, node=area(place))["figures"]
        assert (figure.code, number) == (figure.code, str(told[0]["value"]))
        rows = reverse("figure-rows", args=[figure.code])
        assert address == f"{rows}?at={day}&area={place}"
        assert client.get(address).status_code == 200


def test_past_knowledge_is_kept_and_that_of_now_is_not_named(client: Client) -> None:
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    query = {"at": "2011-06-30", "tab": "overdue"}

    past = counted(client, "unions", {**query, "known": newest() - 1})[1]
    present = counted(client, "unions", {**query, "known": newest()})[1]

    assert past.endswith(f"?at=2011-06-30&known={newest() - 1}&area=510703")
    assert present.endswith("?at=2011-06-30&area=510703")


@pytest.mark.parametrize(
    "query",
    [{}, {"tab": "covered", "below": "0", "area": "510703"}, {"tab": "covered", "f_name": "甲"}],
)
def test_any_other_list_is_a_plain_count(client: Client, query: dict[str, str]) -> None:
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))

    assert counted(client, "employers", query)[1] == ""


def test_who_sees_no_figures_is_led_nowhere(client: Client) -> None:
    signed_in(client, Role.GRID_WORKER, area_id=area("510703001"))

    assert counted(client, "employers", {"f_status": "在业"})[1] == ""
