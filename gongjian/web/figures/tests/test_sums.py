"""What a page says of its sums: only what was added on it, and only where it comes out."""

from dataclasses import replace

import pytest
from django.test import Client

from gongjian.indicators.declare import CATALOG
from gongjian.web.figures.presenters.rows import Names, adds_up
from gongjian.web.figures.tests.city import MANY, ROOT, get, small_city, texts
from gongjian.web.tests.people import signed_in

SAID = ["各行之和＝这个数"]


@pytest.mark.parametrize(("members", "said"), [(6, SAID), (MANY, [])])
def test_rows_are_said_to_add_up_where_all_of_them_are_on_the_page(
    db: None, client: Client, members: int, said: list[str]
) -> None:
    small_city(members=members)
    signed_in(client, "city-organiser", area_id=ROOT)

    assert texts(get(client, "/figures/members.total/rows/", area="10"), ".pass") == said
    # The last page of many has not all of them either.
    after = MANY // 50 * 50
    if members == MANY:
        last = get(client, "/figures/members.total/rows/", area="10", after=str(after))
        assert texts(last, ".pass") == []


def test_every_figure_of_few_rows_adds_up(db: None, client: Client) -> None:
    small_city()
    signed_in(client, "city-organiser", area_id=ROOT)

    for figure in CATALOG:
        assert texts(get(client, f"/figures/{figure.code}/rows/", area="10"), ".pass") == SAID


def test_a_sum_that_differs_is_not_said_to_come_out() -> None:
    page = Names(
        heads=["计数"],
        rows=[],
        span="",
        here=["7"],
        whole=True,
        next_address=None,
        previous_address=None,
    )

    assert adds_up(page, ["7"])
    assert not adds_up(page, ["8"])
    assert not adds_up(page, ["—"])
    assert not adds_up(replace(page, whole=False), ["7"])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("agreements.signed", ["各项加减＝这个数"]),
        ("agreements.workers", ["各项加减＝这个数"]),
        # The number counted too often, and the number of the day before, are what the rest leave.
        ("coverage.units", []),
        ("members.total.net", []),
    ],
)
def test_an_equation_is_said_to_come_out_where_each_term_has_its_own_number(
    db: None, client: Client, code: str, said: list[str]
) -> None:
    small_city()
    signed_in(client, "city-organiser", area_id=ROOT)

    assert texts(get(client, f"/figures/{code}/", area="10"), ".eq .pass") == said
