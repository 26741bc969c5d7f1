"""Names sought: in the catalogue, and among the rows behind a figure."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from gongjian.indicators.declare import CATALOG
from gongjian.indicators.rows import stream_rows
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.figures import queries
from gongjian.web.figures.tests.city import MANY, ROOT, get, small_city, text, texts
from gongjian.web.tests.people import signed_in
from tests.cities import D


@pytest.fixture
def leader(db: None, client: Client) -> Client:
    small_city(members=MANY)
    signed_in(client, "leader", area_id=ROOT)
    return client


@pytest.mark.parametrize("sought", ["协议", "净增", "RATE", " 会员 ", "%", "<b>"])
def test_the_catalogue_is_narrowed_by_name_or_code(leader: Client, sought: str) -> None:
    page = get(leader, "/figures/", area="10", q=sought)
    word = sought.strip()

    assert texts(page, ".cat .nmn") == [
        figure.name
        for figures in CATALOG.grouped().values()
        for figure in figures
        if word in figure.name or word.lower() in figure.code
    ]
    box = page.select_one("main input[name=q]")
    assert box is not None
    assert box["value"] == word
    hidden = {str(i["name"]): str(i["value"]) for i in page.select(".seek input[type=hidden]")}
    assert hidden == {"at": "2011-12-28", "area": "10"}


def test_nothing_found_leads_back_to_all(leader: Client) -> None:
    page = get(leader, "/figures/", area="10", q="飞船")

    assert text(page.select_one(".state h2")) == "没有名称里带“飞船”的数"
    link = page.select_one(".state a")
    assert link is not None
    assert len(get(leader, str(link["href"]).split("?")[0]).select(".cat tbody tr")) == len(
        list(CATALOG)
    )


def test_every_group_is_named_with_its_number(leader: Client) -> None:
    page = get(leader, "/figures/", area="10")

    assert texts(page, ".jump a") == [
        f"{title} {len(figures)}" for title, figures in CATALOG.grouped().items()
    ]
    assert {str(a["href"])[1:] for a in page.select(".jump a")} == {
        str(h["id"]) for h in page.select("h2[id^=group]")
    }


def test_every_figure_names_the_ledgers_it_rests_on(leader: Client) -> None:
    titles = {ledger.title for ledger in LEDGERS}
    page = get(leader, "/figures/", area="10")
    said = [words.split("依据：")[1].split("、") for words in texts(page, ".cat .mean small")]

    assert len(said) == len(list(CATALOG))
    assert all(set(ledgers) <= titles for ledgers in said)


@pytest.mark.parametrize(("sought", "pages"), [("1", 1), ("人", 3)])
def test_rows_are_sought_by_name_page_by_page(leader: Client, sought: str, pages: int) -> None:
    address = "/figures/members.total/rows/"
    rows = stream_rows("members.total", day=D, known_at=None, node=ROOT)
    fitting = [row["name"] for row in rows if sought in row["name"]]
    found, afters = [], range(0, len(fitting), queries.PAGE)
    for after in afters:
        page = get(leader, address, area="10", q=sought, after=after)
        found += texts(page, ".names tbody th")
        onward = page.select_one("a[rel=next]")
        assert (onward is None) == (after == afters[-1])
        if onward is not None:
            assert parse_qs(urlsplit(str(onward["href"])).query)["q"] == [sought]
        # The sum of what was found is not said to be the figure.
        assert texts(page, ".pass") == []

    assert (found, len(afters)) == (fitting, pages)


def test_a_name_that_is_not_there(leader: Client) -> None:
    page = get(leader, "/figures/members.total/rows/", area="10", q="查无此人")

    assert text(page.select_one(".state h2")) == "这些行里没有名称带“查无此人”的"
    assert page.select(".names") == []


def test_where_not_all_rows_were_looked_through_that_is_said(
    leader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = get(leader, "/figures/members.total/rows/", area="10", q="人3")
    assert texts(whole, ".bar .hint") == []
    monkeypatch.setattr(queries, "MOST_ROWS", 20)
    cut = get(leader, "/figures/members.total/rows/", area="10", q="人3")

    assert texts(cut, ".bar .hint") == ["只在前 10,000 行里找过，请到下一级去找。"]
