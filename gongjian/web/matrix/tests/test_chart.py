"""The chart says what the engine says, adds up, and leads on."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongjian.areas.queries import tree_on
from gongjian.indicators.declare import CATALOG, Net, Ratio
from gongjian.indicators.models import KeptDay
from gongjian.indicators.query import figures
from gongjian.web.figures.tests.city import EAST, ROOT, TOWN, WEST, count, small_city, text, texts
from gongjian.web.figures.tests.test_contract import questions, shown
from gongjian.web.matrix.tests.city import AT, DECEMBER, NOVEMBER, get, keep, lines, small
from gongjian.web.tests.people import make_person, sign_in, signed_in
from tests.cities import FullCity

pytestmark = pytest.mark.django_db
ALL = [figure.code for figure in CATALOG]
MOST = 24
CODES = pytest.mark.parametrize("codes", [ALL[at : at + MOST] for at in range(0, len(ALL), MOST)])


@pytest.fixture
def seer(client: Client) -> Client:
    """Someone who sees a whole small city whose last two months are kept."""
    small_city()
    keep(NOVEMBER, DECEMBER)
    signed_in(client, "city-organiser", area_id=ROOT)
    return client


def told(node: int, codes: list[str]) -> list[str]:
    """What the engine says of a place."""
    answer = figures(codes, day=DECEMBER, known_at=None, node=node)["figures"]
    return [shown(figure) for figure in answer]


@CODES
def test_every_number_is_that_of_the_engine(seer: Client, codes: list[str]) -> None:
    page = get(seer, codes=",".join(codes))
    wanted = [[tree_on(DECEMBER).name(node), *told(node, codes)] for node in (ROOT, WEST, EAST)]

    assert [line for line in lines(page) if line[0] != "本级"] == wanted
    assert texts(page, ".mxt thead th a")[1:] == [f.name for f in CATALOG.asked(codes)]


@CODES
@pytest.mark.parametrize("depth", ["1", "2"])
def test_every_count_adds_up_before_the_eye(seer: Client, codes: list[str], depth: str) -> None:
    page = get(seer, codes=",".join(codes), depth=depth)
    for at, figure in enumerate(CATALOG.asked(codes)):
        if isinstance(figure, Ratio):
            assert "不相加" in text(page.select(".mxt thead th")[at + 1])
            continue
        sums = {"whole": 0, "rest": 0, "place": 0, "rest inner": 0, "inner": 0}
        for row in page.select(".mxt tbody tr"):
            said = count(text(row.select("td")[at].select_one(".dn, .num")))
            sums[" ".join(row["class"])] += said or 0
        assert sums["whole"] == sums["rest"] + sums["place"], figure.code
        if depth == "2":
            # Of the two counties one has a town; what the other has is all its own.
            west = count(lines(page)[2][at + 1])
            assert west == sums["rest inner"] + sums["inner"], figure.code


def test_two_levels_stand_in_groups(seer: Client) -> None:
    page = get(seer, depth=2)

    assert [line[0] for line in lines(page)] == ["区10", "本级", "区11", "本级", "区1101", "区12"]
    assert [row["class"] for row in page.select(".mxt tbody tr")] == [
        ["whole"], ["rest"], ["place"], ["rest", "inner"], ["inner"], ["place"],
    ]  # fmt: skip


def test_a_place_with_nothing_of_its_own_has_no_such_line(client: Client) -> None:
    city = FullCity()
    for area, code, parent in ((1, "10", None), (2, "11", 1), (3, "12", 1)):
        city.area(area, code, parent)
    city.firm(1, 2)
    city.write()
    keep(DECEMBER)
    signed_in(client, "leader", area_id=ROOT)

    assert [line[0] for line in lines(get(client))] == ["区10", "区11", "区12"]


def test_what_is_shown_where_nothing_is_named_are_the_headlines(seer: Client) -> None:
    page = get(seer)

    assert texts(page, ".mxt thead th a")[1:] == [f.name for f in CATALOG.headlines()[:12]]
    assert {str(box["value"]) for box in page.select(".pick input:checked")} == {
        figure.code for figure in CATALOG.headlines()[:12]
    }
    assert len(page.select(".pick input[type=checkbox]")) == len(ALL)


def test_figures_are_chosen_by_ticks_or_by_one_word(seer: Client) -> None:
    two = ALL[:2]

    assert lines(get(seer, codes=two)) == lines(get(seer, codes=",".join(two)))


def test_a_number_opens_its_figure_of_that_place_and_day(seer: Client) -> None:
    page = get(seer, depth=2)
    codes = {"区10": "10", "区11": "11", "区12": "12", "区1101": "1101"}
    for row in page.select(".mxt tbody tr:not(.rest)"):
        for cell in row.select("td a"):
            address = urlsplit(str(cell["href"]))
            assert address.path == f"/figures/{cell['data-figure']}/"
            assert parse_qs(address.query) == {"at": [AT], "area": [codes[text(row.th)]]}
            opened = BeautifulSoup(seer.get(str(cell["href"])).content, "html.parser")
            assert text(opened.select_one(".hero .v")) == text(cell)
    assert page.select(".mxt .rest [data-figure]") == []


def test_a_name_leads_to_the_chart_of_the_place_or_to_its_figures(seer: Client) -> None:
    page = get(seer, depth=2, colour="none", codes=ALL[0], sort=f"-{ALL[0]}")
    links = {text(link): urlsplit(str(link["href"])) for link in page.select(".mxt tbody th a")}

    assert set(links) == {"区11", "区12", "区1101"}
    assert parse_qs(links["区11"].query) == {
        "at": [AT], "area": ["11"], "codes": [ALL[0]], "sort": [f"-{ALL[0]}"], "colour": ["none"],
    }  # fmt: skip
    assert (links["区11"].path, links["区12"].path) == ("/matrix/", "/figures/")
    assert texts(get(seer, area="11"), ".scope .tree a") == ["区10"]


@pytest.mark.parametrize("code", ALL)
def test_any_column_puts_the_places_in_order(seer: Client, code: str) -> None:
    def names(sort: str) -> list[str]:
        page = get(seer, codes=code, sort=sort)
        return [line[0] for line in lines(page) if line[0].startswith("区1") and line[0] != "区10"]

    values = {
        tree_on(DECEMBER).name(node): figures([code], day=DECEMBER, known_at=None, node=node)[
            "figures"
        ][0]["value"]
        for node in (WEST, EAST)
    }
    rising = sorted(values, key=lambda name: (values[name] is None, values[name] or 0))
    falling = sorted(values, key=lambda name: (values[name] is None, -(values[name] or 0)))

    assert (names(code), names(f"-{code}")) == (rising, falling)


def test_a_head_turns_the_order_round(seer: Client) -> None:
    def head(**given: Any) -> tuple[str | None, str]:
        page = get(seer, codes=ALL[0], **given)
        cell = page.select(".mxt thead th")[1]
        link = cell.a
        assert link is not None
        order = cell.get("aria-sort")
        return str(order) if order else None, parse_qs(urlsplit(str(link["href"])).query)["sort"][0]

    assert head() == (None, f"-{ALL[0]}")
    assert head(sort=f"-{ALL[0]}") == ("descending", ALL[0])
    assert head(sort=ALL[0]) == ("ascending", f"-{ALL[0]}")


def test_an_order_by_a_column_that_is_gone_is_that_of_the_tree(seer: Client) -> None:
    assert lines(get(seer, codes=ALL[1], sort=ALL[0])) == lines(get(seer, codes=ALL[1]))


def test_small_numbers_are_ranks_changes_or_none(seer: Client) -> None:
    codes = [f.code for f in CATALOG if not isinstance(f, Net | Ratio)][:MOST]
    ranks = small(get(seer, codes=codes))
    changes = small(get(seer, codes=codes, colour="change"))
    november = lines(get(seer, codes=codes, at=NOVEMBER.isoformat()))
    december = lines(get(seer, codes=codes))

    assert {said for line in ranks for said in line} <= {"", "1", "2"}
    assert small(get(seer, codes=codes, colour="none")) == [[""] * len(codes)] * len(december)
    assert [line[0] for line in november] == [line[0] for line in december]
    for now, before, said in zip(december, november, changes, strict=True):
        by = [(count(a) or 0) - (count(b) or 0) for a, b in zip(now[1:], before[1:], strict=True)]
        assert said == [f"▲{x:,}" if x > 0 else f"▼{-x:,}" if x < 0 else "0" for x in by]


def test_without_the_month_before_it_says_that_nothing_compares(seer: Client) -> None:
    KeptDay.objects.filter(day=NOVEMBER).delete()
    page = get(seer, colour="change")
    lone = page.select_one("#matrix-lone")

    assert {said for line in small(page) for said in line} == {"—"}
    assert lone is not None
    assert "hidden" not in lone.attrs


def test_a_day_that_is_not_kept_is_told_and_not_counted(seer: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = get(seer, at="2011-10-25")

    assert lines(page) == []
    assert "2011 年 10 月 的数还没有算出来" in text(page.select_one("#matrix-gap"))
    assert not [said for said in questions(asked) if "members_" in said]
    marks = {text(link): "off" in (link.get("class") or []) for link in page.select(".ms li a")}
    assert marks["10月 （没有算出）"]
    kept = {text(one) for one in get(seer).select(".ms li a") if not one.get("class")}
    assert kept == {"11月", "12月"}


def test_a_day_between_cut_offs_stands_behind_them(seer: Client) -> None:
    keep(NOVEMBER, DECEMBER, DECEMBER.replace(day=28))
    page = get(seer, at="2011-12-28")

    assert texts(page, ".ms li")[-2:] == ["12月", "12-28"]
    assert len(lines(page)) == 4


def test_the_months_stay_when_one_moves_through_them(seer: Client) -> None:
    page = get(seer)
    back = page.select_one(".ms [rel=prev]")
    assert back is not None
    earlier = BeautifulSoup(seer.get(str(back["href"])).content, "html.parser")
    forth = earlier.select_one(".ms [rel=next]")

    assert parse_qs(urlsplit(str(back["href"])).query) == {
        "at": [NOVEMBER.isoformat()], "area": ["10"], "to": [AT],
    }  # fmt: skip
    assert texts(earlier, ".ms li") == texts(page, ".ms li")
    assert forth is not None
    assert str(forth["href"]) == f"/matrix/?at={AT}&area=10"


def test_places_of_a_past_day_that_left_the_scope_have_no_links(client: Client) -> None:
    city = FullCity()
    for area, code, parent in ((1, "10", None), (2, "11", 1), (3, "12", 1)):
        city.area(area, code, parent)
    moved = DECEMBER.replace(month=12, day=10)
    early = (moved.replace(year=1990), moved)
    city.area(4, "1101", WEST, days=early)
    city.area(4, "1101", EAST, days=(moved, None))
    city.firm(1, TOWN)
    city.write()
    keep(NOVEMBER, DECEMBER)
    signed_in(client, "county-organiser", area_id=WEST)
    page = get(client, area="11", at=NOVEMBER.isoformat())

    assert [line[0] for line in lines(page)] == ["区11", "区1101"]
    assert page.select(".mxt .place a") == []
    assert page.select(".mxt .whole a") != []


def test_several_posts_offer_their_tops(client: Client) -> None:
    small_city()
    keep(DECEMBER)
    person = make_person("county-organiser", area_id=EAST)
    person.posts.create(role="leader", area_id=TOWN, valid_from="2000-01-01")
    sign_in(client, person)
    page = get(client)

    assert text(page.select_one("h1")) == "区1101挂图作战"
    assert texts(page, ".scope .pop a") == ["区12"]
    assert lines(get(client, area="12"))[0][0] == "区12"


@pytest.mark.parametrize("depth", ["1", "2"])
def test_a_chart_asks_few_questions(seer: Client, depth: str) -> None:
    get(seer, depth=depth)
    KeptDay.objects.filter(day=NOVEMBER).delete()
    with CaptureQueriesContext(connection) as first:
        get(seer, depth=depth)
    with CaptureQueriesContext(connection) as again:
        get(seer, depth=depth)

    assert (len(questions(first)) <= 16, len(questions(again)) <= 13) == (True, True), (
        len(questions(first)), len(questions(again)),
    )  # fmt: skip
