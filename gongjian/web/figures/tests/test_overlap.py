"""Why a figure is less than its parts: the picture, who stands in which parts, and their names."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from gongjian.areas.tests.builders import taken_back
from gongjian.indicators.declare import AFFILIATION, CATALOG, Figure, Indicator
from gongjian.indicators.query import figures
from gongjian.indicators.rows import stream_rows
from gongjian.indicators.store.keeping import ensure
from gongjian.web.figures import overlaps
from gongjian.web.figures.equations import Among, among, short_names
from gongjian.web.figures.tests.city import HEAD, ROOT, count, get, small_city, text, texts
from gongjian.web.tests.people import signed_in
from tests.cities import DAYS, D, FullCity

WHOLES: list[Indicator] = [
    figure
    for figure in CATALOG
    if isinstance(figure, Indicator) and (found := among(figure)) and found.whole is figure
]
TWICE = [figure for figure in WHOLES if (found := among(figure)) and found.twice]
CODE = "agreements.employers"
KINDS = {"单独": "single", "区域性": "regional", "行业性": "industry"}
ASKED: list[dict[str, Any]] = [{"area": "10"}, {"tree": AFFILIATION, "union": HEAD}]

UNDER = {1: "单独", 2: "单独 区域性", 3: "区域性 行业性", 4: "单独 区域性 行业性", 5: "行业性"}
"""Firm → the kinds of agreements it is under."""


def overlapping_city() -> FullCity:
    """Five firms, three of which are under agreements of several kinds."""
    city = FullCity()
    city.area(1, "10")
    city.area(2, "11", 1)
    city.union(HEAD, 1, days=(DAYS[0], None), kind="总工会")
    for at, kind in enumerate(KINDS, start=1):
        city.union(at, 2, days=(DAYS[0], None), superior_id=HEAD)
        city.agree(at, at, days=(DAYS[0], None), kind=kind)
    link = 0
    for firm, kinds in UNDER.items():
        city.firm(firm, 2, staff=50, days=(DAYS[0], None))
        for kind in kinds.split():
            link += 1
            city.under(link, list(KINDS).index(kind) + 1, firm, staff=10 * firm + link)
    city.write()
    return city


@pytest.fixture
def leader(db: None, client: Client) -> Client:
    overlapping_city()
    signed_in(client, "leader", area_id=ROOT)
    return client


def of(figure: Figure) -> Among:
    found = among(figure)
    assert found is not None
    return found


def values(codes: list[str], asked: dict[str, Any]) -> dict[str, int]:
    node = {"node": HEAD, "tree": AFFILIATION} if "tree" in asked else {"node": ROOT}
    told = figures(codes, day=D, known_at=None, **node)["figures"]
    return {figure["code"]: figure["value"] or 0 for figure in told}


# ------------------------------------------------------------------ the picture


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("figure", TWICE, ids=lambda f: f.code)
def test_the_picture_adds_up(leader: Client, figure: Indicator, asked: dict[str, Any]) -> None:
    page = get(leader, f"/figures/{figure.code}/", **asked)
    told = values([], asked)
    parts = [told[code] for code in of(figure).made_of.parts]
    if sum(parts) == told[figure.code]:
        assert page.select("#overlap-title") == []
        return
    above, below = (
        [count(said.split()[-1]) for said in texts(page, f".key:nth-of-type({n}) li")[1:]]
        for n in (1, 2)
    )

    assert above == [*parts, sum(parts)]
    assert below == [told[figure.code], sum(parts) - told[figure.code]]
    bars = [float(str(rect["width"])) for rect in page.select(".bars svg[role=img] rect")]
    assert sum(bars[: len(parts)]) == pytest.approx(1000, abs=0.5)
    assert sum(bars[len(parts) :]) == pytest.approx(1000, abs=0.5)
    assert text(page.select_one("#overlap-title")) == (
        f"为什么是 {told[figure.code]:,} ，不是 {sum(parts):,}"
    )
    for link in page.select(".laps a"):
        assert leader.get(str(link["href"])).status_code == 200


def test_the_picture_is_of_the_whole_alone(leader: Client) -> None:
    shown = [
        figure.code
        for figure in CATALOG
        if get(leader, f"/figures/{figure.code}/", area="10").select("#overlap-title")
    ]

    assert shown == ["agreements.employers", "agreements.workers"]


def test_the_picture_comes_from_the_store_alone(leader: Client) -> None:
    counted = texts(get(leader, f"/figures/{CODE}/", area="10"), ".laps .words")
    ensure([D])
    kept = get(leader, f"/figures/{CODE}/", area="10")

    assert texts(kept, ".laps .words") == counted
    assert counted == [
        "各项相加 9 − 多计 4 ＝ 5 家。 重复覆盖企业 3 家在两项或更多里出现，合计里只数一次。"
    ]
    assert "取自留存数" in texts(kept, ".hero .meta dd")[-1]


# ------------------------------------------------------------------ who stands in which parts


def together(client: Client, code: str, **asked: Any) -> list[list[str]]:
    """Lines of the table: which parts, how many rows, how much too often."""
    page = get(client, f"/figures/{code}/overlap/", **asked)
    return [texts_of(row) for row in page.select(".ov tr")[1:]]


def texts_of(row: Any) -> list[str]:
    return [text(cell) for cell in row.select("th, td")]


@pytest.mark.parametrize("asked", ASKED)
def test_those_of_the_same_parts_stand_together(leader: Client, asked: dict[str, Any]) -> None:
    assert together(leader, CODE, **asked) == [
        ["单独＋区域性", "1", "1"],
        ["区域性＋行业性", "1", "1"],
        ["单独＋区域性＋行业性", "1", "2"],
        ["合计", "3", "4"],
    ]
    assert together(leader, f"{CODE}.overlap", **asked) == together(leader, CODE, **asked)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("figure", TWICE, ids=lambda f: f.code)
def test_the_table_is_what_the_parts_are_beyond_the_whole(
    db: None, client: Client, figure: Indicator, asked: dict[str, Any]
) -> None:
    for city in (small_city, overlapping_city):
        with taken_back():
            city()
            signed_in(client, "city-organiser", area_id=ROOT)
            told = values([], asked)
            beyond = sum(told[code] for code in of(figure).made_of.parts) - told[figure.code]
            lines = together(client, figure.code, **asked)

            assert (count(lines[-1][2]) if lines else 0) == beyond
            assert sum(count(line[1]) or 0 for line in lines[:-1]) == (
                count(lines[-1][1]) if lines else 0
            )


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("code", [CODE, "agreements.workers"])
def test_every_line_opens_exactly_its_names(
    leader: Client, code: str, asked: dict[str, Any]
) -> None:
    page = get(leader, f"/figures/{code}/overlap/", **asked)
    met: dict[str, str] = {}
    for line in page.select(".ov tbody tr"):
        link = line.select_one("a")
        assert link is not None
        opened = BeautifulSoup(leader.get(str(link["href"])).content, "html.parser")
        names = texts(opened, ".names tbody th")
        assert len(names) == count(text(link))
        assert texts(opened, ".pass") == ["各行之和＝这个数"]
        met |= dict.fromkeys(names, text(line.th))

    assert met == {f"厂{n}": k.replace(" ", "＋") for n, k in UNDER.items() if " " in k}


def test_three_sets_are_drawn_with_their_numbers(leader: Client) -> None:
    page = get(leader, f"/figures/{CODE}/overlap/", area="10")

    assert texts(page, ".vn svg text") == [
        "单独",
        "3",
        "区域性",
        "3",
        "行业性",
        "3",
        "1",
        "0",
        "1",
        "1",
    ]
    links = page.select(".vn svg a[data-figure]")
    assert [text(link.select_one(".n")) for link in links] == ["3", "3", "3", "1", "1", "1"]


def test_a_part_of_a_page_is_the_table_alone(leader: Client) -> None:
    said = leader.get(
        f"/figures/{CODE}/overlap/?at={D}&area=10", headers={"HX-Request": "true"}
    ).content.decode()

    assert "<html" not in said
    assert "单独＋区域性" in said


@pytest.mark.parametrize("code", ["members.total", "agreements.signed", "rate.union", "no.such"])
def test_what_does_not_overlap_has_no_such_page(leader: Client, code: str) -> None:
    assert leader.get(f"/figures/{code}/overlap/?area=10").status_code == 404


def test_too_many_are_not_told_apart(leader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlaps, "MOST", 2)
    overlaps._twice.cache_clear()
    answer = leader.get(f"/figures/{CODE}/overlap/?at={D}&area=10")
    overlaps._twice.cache_clear()

    assert answer.status_code == 422
    assert "请到下级去看" in answer.content.decode()


def test_where_nobody_stands_twice_that_is_said(leader: Client) -> None:
    page = get(leader, f"/figures/{CODE}/overlap/", area="10", at="2009-06-30")

    assert text(page.select_one(".state h2")) == "没有重叠"
    assert page.select(".ov, .vn") == []


# ------------------------------------------------------------------ the rows


@pytest.mark.parametrize("asked", ASKED)
def test_rows_say_in_which_parts_they_stand(leader: Client, asked: dict[str, Any]) -> None:
    page = get(leader, f"/figures/{CODE}/rows/", **asked)
    said = {
        text(row.th): (texts_in(row, ".in .tag"), texts_in(row, ".n"))
        for row in page.select(".names tbody tr")
    }

    assert said == {
        f"厂{firm}": (
            kinds.split(),
            [f"{len(kinds.split())} 次", f"−{len(kinds.split()) - 1}" if " " in kinds else "0"],
        )
        for firm, kinds in UNDER.items()
    }
    assert texts(page, ".names tfoot .n") == ["9 次", "−4"]


def texts_in(row: Any, where: str) -> list[str]:
    return [text(found) for found in row.select(where)]


def test_rows_of_a_sum_say_what_they_add_to_each_part(leader: Client) -> None:
    page = get(leader, "/figures/agreements.workers.overlap/rows/", area="10")
    rows = page.select(".names tbody tr")

    assert {text(row.th): texts_in(row, ".in .tag") for row in rows} == {
        "厂2": ["单独 22", "区域性 23"],
        "厂3": ["区域性 34", "行业性 35"],
        "厂4": ["单独 46", "区域性 47", "行业性 48"],
    }
    assert [count(said) for said in texts(page, ".names tbody .r")] == [22, 34, 93]
    assert page.select(".names .n") == []


def test_tabs_lead_from_all_to_those_that_stand_twice(leader: Client) -> None:
    page = get(leader, f"/figures/{CODE}/rows/", area="10")
    assert texts(page, ".bar .seg a") == ["全部 5", "重复覆盖企业 3"]
    assert texts(page, ".bar .seg .on") == ["全部 5"]

    twice = get(leader, f"/figures/{CODE}.overlap/rows/", area="10")
    assert texts(twice, ".bar .seg .on") == ["重复覆盖企业 3"]
    assert texts(twice, ".names tfoot .n") == ["7 次", "−4"]

    both = get(
        leader,
        f"/figures/{CODE}.overlap/rows/",
        area="10",
        **{"in": f"{CODE}.single,{CODE}.regional"},
    )
    assert texts(both, ".bar .seg .on") == ["单独＋区域性 1 行"]
    assert texts(both, ".names tbody th") == ["厂2"]


@pytest.mark.parametrize("figure", WHOLES, ids=lambda f: f.code)
def test_the_parts_of_the_rows_are_those_of_the_engine(
    db: None, client: Client, figure: Indicator
) -> None:
    small_city()
    signed_in(client, "city-organiser", area_id=ROOT)
    found = of(figure)
    short = short_names(found)
    expected: dict[str, list[str]] = {}
    for code in found.made_of.parts:
        for row in stream_rows(code, day=D, known_at=None, node=ROOT):
            expected.setdefault(row["name"], []).append(short[code])
    page = get(client, f"/figures/{figure.code}/rows/", area="10")
    said = {
        text(row.th): [word.split()[0] for word in texts_in(row, ".in .tag")]
        for row in page.select(".names tbody tr")
    }

    assert {name: parts for name, parts in said.items() if parts} == expected


@pytest.mark.parametrize(
    ("code", "kinds", "sentence"),
    [
        (f"{CODE}.overlap", f"{CODE}.single", "没有同时在这几项里的"),
        (f"{CODE}.overlap", "members.total", "in 里有不是这个数的项"),
        (CODE, f"{CODE}.single", "不分所在的各项"),
        ("members.total", f"{CODE}.single", "不分所在的各项"),
    ],
)
def test_parts_that_are_none_are_refused(
    leader: Client, code: str, kinds: str, sentence: str
) -> None:
    answer = leader.get(f"/figures/{code}/rows/?at={D}&area=10&in={kinds}")

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_short_names_are_what_tells_parts_apart() -> None:
    assert {figure.code: list(short_names(of(figure)).values()) for figure in WHOLES} == {
        "coverage.units": ["单独建会", "联合基层工会", "工会联合会", "分会"],
        "agreements.signed": ["单独", "区域性", "行业性"],
        "agreements.in_force": ["单独", "区域性", "行业性"],
        "agreements.employers": ["单独", "区域性", "行业性"],
        "agreements.workers": ["单独", "区域性", "行业性"],
    }


def test_links_of_the_table_keep_the_moment(leader: Client) -> None:
    page = get(leader, f"/figures/{CODE}/overlap/", area="11", known="1")
    for link in page.select(".vn a"):
        query = parse_qs(urlsplit(str(link["href"])).query)
        assert (query["at"], query["known"], query["area"]) == ([D.isoformat()], ["1"], ["11"])
