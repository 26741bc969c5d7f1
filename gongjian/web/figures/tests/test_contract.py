"""The pages say what the engine says, of every figure, along both trees, on any day."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongjian.history.shapes import SHAPES
from gongjian.indicators.declare import AFFILIATION, CATALOG, TERRITORY, Ratio
from gongjian.indicators.query import figures
from gongjian.indicators.rows import stream_rows
from gongjian.indicators.store.keeping import ensure, prove
from gongjian.web.figures.queries import PAGE
from gongjian.web.figures.tests.city import (
    HEAD,
    MANY,
    ROOT,
    WEST,
    count,
    get,
    small_city,
    text,
    texts,
)
from gongjian.web.tests.people import signed_in
from gongjian.web.text import number, percent
from tests.cities import D, FullCity

CODES = [figure.code for figure in CATALOG]
NODE = {TERRITORY: ROOT, AFFILIATION: HEAD}
ASKED: dict[str, dict[str, Any]] = {
    TERRITORY: {"area": "10"},
    AFFILIATION: {"tree": AFFILIATION, "union": HEAD},
}
TREES = pytest.mark.parametrize("tree", [TERRITORY, AFFILIATION])
CHILD = ".kids tbody tr:not(.rest)"


@pytest.fixture
def city(db: None) -> FullCity:
    return small_city()


@pytest.fixture
def seer(city: FullCity, client: Client) -> Client:
    """Someone who sees the whole city."""
    signed_in(client, "city-organiser", area_id=ROOT)
    return client


def shown(figure: dict[str, Any]) -> str:
    """A figure of an answer as a page shows it."""
    if figure["value"] is None:
        return "—"
    if "numerator" in figure:
        return percent(figure["value"])
    if figure["code"].endswith(".net"):
        return f"{figure['value']:+,}".replace("-", "−") if figure["value"] else "0"
    return number(figure["value"])


def all_shown(figure: dict[str, Any]) -> list[str]:
    """With numerator and denominator before it, where it is a rate."""
    parts = [number(figure[name]) for name in ("numerator", "denominator") if name in figure]
    return [*parts, shown(figure)]


def sums(rows: list[dict[str, Any]], code: str) -> tuple[int, ...]:
    rate = isinstance(CATALOG.asked([code])[0], Ratio)
    names = ("numerator", "denominator") if rate else ("value",)
    return tuple(sum(row[name] for row in rows) for name in names)


@TREES
def test_catalogue_says_every_figure_in_one_group(seer: Client, tree: str) -> None:
    page = get(seer, "/figures/", **ASKED[tree])
    told = figures([], day=D, known_at=None, node=NODE[tree], tree=tree)["figures"]
    lines = {
        text(row.select_one("th div")): text(row.select_one(".val > .dn, .val > .num"))
        for row in page.select(".cat tbody tr")
    }

    assert len(page.select(".cat tbody tr")) == len(CODES)
    assert lines == {figure["code"]: shown(figure) for figure in told}


@TREES
@pytest.mark.parametrize("code", CODES)
def test_a_figure_and_its_children_are_those_of_the_engine(
    seer: Client, code: str, tree: str
) -> None:
    page = get(seer, f"/figures/{code}/", **ASKED[tree])
    told = figures([code], day=D, known_at=None, node=NODE[tree], tree=tree, children=True)
    (figure,), word = told["figures"], "area" if tree == TERRITORY else "union"

    assert text(page.select_one(".hero .v")) == shown(figure)
    assert [
        [text(row.th), text(row.select_one(".code")), *texts_in(row)] for row in page.select(CHILD)
    ] == [[x["name"], x[word], *all_shown(x["figures"][0])] for x in told["children"]]
    assert texts(page, ".kids tfoot .r") == all_shown(figure)
    assert bool(page.select(".hero .why")) == (figure["value"] is None)


def texts_in(row: Any) -> list[str]:
    return [text(found) for found in row.select(".r")]


@TREES
@pytest.mark.parametrize("code", CODES)
def test_the_column_of_the_children_adds_up_before_the_eye(
    seer: Client, code: str, tree: str
) -> None:
    page = get(seer, f"/figures/{code}/", **ASKED[tree])
    counts = 2 if isinstance(CATALOG.asked([code])[0], Ratio) else 1
    columns = [texts_in(row)[:counts] for row in page.select(".kids tbody tr")]
    total = texts(page, ".kids tfoot .r")[:counts]

    assert [sum(count(said) or 0 for said in column) for column in zip(*columns, strict=True)] == [
        count(said) or 0 for said in total
    ]


@TREES
@pytest.mark.parametrize("code", CODES)
def test_the_rows_add_up_to_the_figure(seer: Client, code: str, tree: str) -> None:
    page = get(seer, f"/figures/{code}/rows/", **ASKED[tree])
    asked: dict[str, Any] = {"day": D, "known_at": None, "node": NODE[tree], "tree": tree}
    rows = list(stream_rows(code, **asked))
    totals = [count(said) for said in texts(page, ".names tfoot tr:last-child .r")]

    assert [tuple(map(count, texts_in(row))) for row in page.select(".names tbody tr")] == [
        tuple(row[n] for n in ("value", "numerator", "denominator") if n in row) for row in rows
    ]
    assert [text(row.th) for row in page.select(".names tbody tr")] == [r["name"] for r in rows]
    assert totals == (list(sums(rows, code)) if rows else [])


@pytest.mark.parametrize("code", CODES)
def test_every_row_leads_to_its_record(seer: Client, code: str) -> None:
    page = get(seer, f"/figures/{code}/rows/", area="10")
    for link in page.select(".names th a"):
        _, _, slug, entry, _ = urlsplit(str(link["href"])).path.split("/")
        table: Any = SHAPES[slug].version_model
        called = "number" if slug == "agreements" else "name"

        assert parse_qs(urlsplit(str(link["href"])).query) == {"at": ["2011-12-28"]}
        assert set(table.objects.filter(entry_id=entry).values_list(called, flat=True)) == {
            text(link)
        }


def test_pages_of_rows_one_after_the_other_are_all_rows(db: None, client: Client) -> None:
    small_city(members=MANY)
    signed_in(client, "city-organiser", area_id=ROOT)
    address, found = "/figures/members.total/rows/?at=2011-12-28&area=10", []
    while address:
        page = BeautifulSoup(client.get(address).content, "html.parser")
        found += [
            (text(row.th), text(row.select("td")[0]), text(row.select_one("small")))
            for row in page.select(".names tbody tr")
        ]
        onward = page.select_one("a[rel=next]")
        address = str(onward["href"]) if onward else ""
    asked: dict[str, Any] = {"day": D, "known_at": None, "node": ROOT}

    assert len(found) == MANY + 1 > 2 * PAGE
    assert found == [
        (row["name"], row["key"], row["area"]) for row in stream_rows("members.total", **asked)
    ]


def test_a_later_page_of_rows_leads_back(db: None, client: Client) -> None:
    small_city(members=MANY)
    signed_in(client, "city-organiser", area_id=ROOT)
    page = get(client, "/figures/members.total/rows/", area="10", after=PAGE)
    back = page.select_one("a[rel=prev]")

    assert back is not None
    assert parse_qs(urlsplit(str(back["href"])).query) == {"at": ["2011-12-28"], "area": ["10"]}
    assert texts(page, ".names tfoot .r") == [str(PAGE), str(MANY + 1)]


@pytest.mark.parametrize("code", [code for code in CODES if not code.endswith(".net")])
def test_what_stands_at_the_place_itself_has_its_own_rows(seer: Client, code: str) -> None:
    page = get(seer, f"/figures/{code}/", area="11")
    rest = page.select_one(".kids .rest")
    rows = [r for r in stream_rows(code, day=D, known_at=None, node=WEST) if r["area"] == "11"]
    if rest is None:
        assert not any(sums(rows, code))
        return
    link = rest.select_one("a")
    assert link is not None
    own = BeautifulSoup(seer.get(str(link["href"])).content, "html.parser")

    assert tuple(count(said) or 0 for said in texts_in(rest)[: len(sums(rows, code))]) == sums(
        rows, code
    )
    assert [text(row.th) for row in own.select(".names tbody tr")] == [r["name"] for r in rows]
    totals = texts(own, ".names tfoot tr:last-child .r")
    assert tuple(count(said) for said in totals) == sums(rows, code)


@pytest.mark.parametrize("known", [None, 1])
@pytest.mark.parametrize("start", ["01-01", "07-01"])
@pytest.mark.parametrize("day", [date(2010, 12, 31), date(2011, 2, 5)])
def test_another_day_another_year_and_a_past_knowledge(
    seer: Client, day: date, start: str, known: int | None
) -> None:
    given = {"at": day.isoformat(), "year_start": start, "area": "11"}
    page = get(seer, "/figures/", **given, **({} if known is None else {"known": known}))
    told = figures([], day=day, known_at=known, node=WEST, year_start=start)["figures"]
    values = texts(page, ".cat .val > .dn, .cat .val > .num")

    assert sorted(values) == sorted(shown(figure) for figure in told)
    for link in page.select(".cat .val > .dn"):
        query = parse_qs(urlsplit(str(link["href"])).query)
        assert query["at"] == [day.isoformat()]
        assert query.get("known") == (None if known is None else [str(known)])
        assert query.get("year_start") == (None if start == "01-01" else [start])
        assert query["area"] == ["11"]


def test_before_anything_was_known_there_is_nothing(seer: Client) -> None:
    page = get(seer, "/figures/employers.total/", area="11", known=0)

    assert text(page.select_one(".hero .v")) == "0"
    assert "这一天没有" in text(page.select_one(".note.warn"))
    assert page.select(".hero .eq") == []


def test_a_day_of_the_store_says_the_same_and_when_it_was_proven(seer: Client) -> None:
    address, given = "/figures/members.total.net/", {"area": "10"}
    counted = get(seer, address, **given)
    ensure([D, date(2010, 12, 31)])
    kept = get(seer, address, **given)
    prove()
    proven = get(seer, address, **given)

    for page in (kept, proven):
        assert texts(page, ".hero .v, .hero .eq .t") == texts(counted, ".hero .v, .hero .eq .t")
        assert texts(page, ".kids tr") == texts(counted, ".kids tr")
    said = [texts(page, ".hero .meta dd")[-1] for page in (counted, kept, proven)]
    assert said[0] == "按这一天有效的行算出"
    assert said[1] == "取自留存数，还没有与名单逐数核对过"
    assert said[2].endswith("按名单重算一遍，结果相同")


@pytest.mark.parametrize("code", CODES)
def test_every_figure_of_the_store_is_that_of_the_rows(seer: Client, code: str) -> None:
    address, given = f"/figures/{code}/", {"area": "10"}
    counted = get(seer, address, **given)
    ensure([D, date(2010, 12, 31)])
    kept = get(seer, address, **given)

    assert texts(kept, ".hero .v, .eq .t, .kids tr") == texts(counted, ".hero .v, .eq .t, .kids tr")
    assert "取自留存数" in texts(kept, ".hero .meta dd")[-1]


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/figures/", 30),
        ("/figures/agreements.employers/", 18),
        ("/figures/members.total/rows/", 34),
    ],
)
def test_a_page_asks_few_questions(seer: Client, address: str, most: int) -> None:
    get(seer, address, area="10", at="2011-11-11")
    get(seer, address, area="10", at="2010-12-31")  # so that the trees are at hand
    with CaptureQueriesContext(connection) as asked:
        get(seer, address, area="10", at="2011-11-11", year_start="11-01")

    assert len(questions(asked)) <= most


def questions(asked: CaptureQueriesContext) -> list[str]:
    """What was asked, without the words around it by which PostgreSQL is told how to read."""
    words = ("SAVEPOINT", "RELEASE", "SET LOCAL")
    return [q["sql"] for q in asked.captured_queries if not q["sql"].startswith(words)]


def test_a_day_of_the_store_asks_no_rows(seer: Client) -> None:
    ensure([D, date(2010, 12, 31)])
    get(seer, "/figures/", area="10")
    with CaptureQueriesContext(connection) as asked:
        get(seer, "/figures/", area="10")

    assert len(questions(asked)) <= 22
    assert not [said for said in questions(asked) if "members_" in said]


def test_children_outside_the_scope_of_today_have_no_link(db: None, client: Client) -> None:
    city = FullCity()
    city.area(1, "10")
    city.area(2, "11", 1)
    city.area(3, "12", 1)
    moved = date(2011, 7, 1)
    city.area(4, "1101", 2, days=(date(1949, 10, 1), moved))
    city.area(4, "1101", 3, days=(moved, None))
    city.firm(1, 4)
    city.write()
    signed_in(client, "county-organiser", area_id=WEST)

    before = get(client, "/figures/employers.total/", area="11", at="2011-06-30")
    assert texts(before, ".kids tbody tr") == ["区1101 1101 1"]
    assert before.select(".kids tbody a") == []
    assert client.get("/figures/employers.total/", {"area": "1101"}).status_code == 404
    assert client.get("/figures/employers.total/", {"area": "12"}).status_code == 404
