"""Every value of a figure, on whatever page, opens the rows behind it; figures are declared once."""

import re
from collections import deque
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import resolve

from gongjian.accounts.enums import Role
from gongjian.areas.queries import area_by_code, tree_on
from gongjian.core.builders import make_credit_code
from gongjian.core.days import today
from gongjian.indicators.declare import CATALOG, Ratio
from gongjian.indicators.query import figures
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.tests.city import HEAD_UNION, UNION, city, told
from gongjian.web.imports.tests.books import firm, go, upload, workbook
from gongjian.web.tests.people import signed_in

WEB: Final = Path(__file__).parents[1] / "gongjian" / "web"
TEMPLATES: Final = sorted((WEB / "jinja2").rglob("*.html"))
STAFF: Final = (40_017, 30_029, 25_013)
UNDER: Final = (9_103, 8_111, 7_127)
"""Numbers that no sum of them is, so that a sum on a page can be nothing but a figure."""

NUMBER: Final = re.compile(r"\d[\d,]*")
HTML: Final = "text/html; charset=utf-8"
SHOWN: Final = {"home-figures", "figures", "figure", "figure-rows", "import-trial"}
"""Pages that show values of figures, of which the crawl must have met some."""


def large_city() -> None:
    """The usual city with three large employers, covered and under agreements of two kinds."""
    city()
    codes = [make_credit_code(number) for number in (51, 52, 53)]
    firms = [
        dict(zip(("统一社会信用代码", "职工人数"), pair, strict=True))
        for pair in zip(codes, STAFF, strict=True)
    ]
    since = {"单位性质": "企业", "所属区划": "510703001", "成立日期": date(2005, 1, 1)}
    told("employers", *({**one, **since, "单位名称": f"大厂{one['职工人数']}"} for one in firms))
    covers = {"工会": UNION, "涵盖方式": "联合", "起始日期": date(2009, 1, 1)}
    told("coverage", *({**covers, "用人单位": code} for code in codes))
    term = {"期限起": date(2011, 4, 1), "期限止": date(2099, 3, 31), "生效日期": date(2011, 4, 10)}
    pact = {"签约工会": HEAD_UNION, "签订日期": date(2011, 3, 20), "审查意见": "无异议", **term}
    kinds = {"绵〔2011〕8号": "区域性", "绵〔2011〕9号": "行业性"}
    told("agreements", *({**pact, "协议编号": n, "协议类型": kind} for n, kind in kinds.items()))
    under = [
        {"协议编号": number, "用人单位": code, "覆盖职工数": staff + len(kind)}
        for number, kind in kinds.items()
        for code, staff in zip(codes, UNDER, strict=True)
    ]
    told("agreement-coverage", *under)


def values(day: date) -> set[str]:
    """Large values of figures, of every area, as a page writes them."""
    tree = tree_on(day)
    found: set[int] = set()
    for node in tree.leaves():
        for figure in figures([], day=day, known_at=None, node=node)["figures"]:
            rate = isinstance(CATALOG.asked([figure["code"]])[0], Ratio)
            names = ("numerator", "denominator") if rate else ("value",)
            found.update(figure[name] for name in names)
    own = {*STAFF, *UNDER}
    return {f"{value:,}" for value in found if value >= 1_000 and value not in own}


def crawl(client: Client, starts: list[str]) -> Iterator[tuple[str, str, BeautifulSoup]]:
    """Name, address and content of the pages that links lead to: of records one in each ledger."""
    waiting, seen = deque(starts), set[tuple[str, ...]]()
    while waiting:
        address = waiting.popleft()
        match = resolve(urlsplit(address).path)
        which = [str(v) for k, v in match.kwargs.items() if k in ("slug", "code", "topic")]
        key = (str(match.url_name), *which)
        if key in seen or address.startswith("/accounts/"):
            continue
        seen.add(key)
        answer = client.get(address)
        if answer.status_code != 200 or answer["Content-Type"] != HTML:
            b"".join(answer)  # a file, which is closed behind its last part
            continue
        page = BeautifulSoup(answer.content, "html.parser")
        yield str(match.url_name), address, page
        links = [link[n] for n in ("href", "hx-get") for link in page.select(f"main [{n}]")]
        waiting += [urljoin(address, str(link)) for link in links if not str(link).startswith("#")]


def bare(page: BeautifulSoup, large: set[str], moment: dict[str, list[str]]) -> list[str]:
    """Values of figures on the page that open nothing, or something of another moment."""
    found = []
    for said in page.find_all(string=NUMBER):
        # What is beyond the children may come to what the whole does, and is a figure of nothing.
        if not large & set(NUMBER.findall(said)) or said.find_parent("tr", attrs={"class": "rest"}):
            continue
        link = said.find_parent("a", attrs={"data-figure": True})
        query = parse_qs(urlsplit(str(link["href"])).query) if link else {}
        place = query.get("area") or query.get("union")
        if not place or {k: v for k, v in query.items() if k == "at"} != moment:
            found.append(str(said.parent))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("day", [None, date(2012, 6, 30)])
def test_every_value_of_a_figure_opens_its_rows(client: Client, day: date | None) -> None:
    large_city()
    signed_in(client, Role.CITY_ORGANISER, area_id=area_by_code("5107"))
    paper = upload(client, workbook(firm(77, staff=33)))
    go(client, "import-trial", paper)
    run_pending()
    large = values(day or today())
    moment = {"at": [day.isoformat()]} if day else {}
    query = f"?at={day}" if day else ""
    met: dict[str, int] = {}
    wrong: dict[str, Any] = {}

    for name, address, page in crawl(
        client,
        [
            f"/{query}",
            f"/ledgers/members/{query}",
            f"/figures/{query}",
            f"/changes/{query}",
            f"/imports/{paper.pk}/trial/",
            "/imports/",
        ],
    ):
        if found := bare(page, large, moment if name != "import-trial" else {}):
            wrong[address] = found
        met[name] = met.get(name, 0) + len(page.select("a[data-figure]"))

    assert wrong == {}
    assert len(large) >= 3
    assert {name for name, links in met.items() if links} >= SHOWN
    assert {"record", "change", "ledger", "search", "imports"} - met.keys() <= {"search"}


def test_no_template_draws_a_number_that_opens_something_by_itself() -> None:
    # Only the building blocks do, which mark whose value it is.
    drawn = [p.name for p in TEMPLATES if re.search(r'class="[^"]*\bdn\b', p.read_text("utf-8"))]

    assert drawn == ["ui.html"]


def test_no_figure_is_named_in_the_web() -> None:
    # What a page shows of a figure stands in its declaration: a new one touches nothing here.
    files = [p for p in WEB.rglob("*.py") if "tests" not in p.parts]
    named = {
        f"{path.relative_to(WEB)}: {figure.code}"
        for path in [*files, *TEMPLATES]
        for figure in CATALOG
        if re.search(rf"[\"']{re.escape(figure.code)}[\"']", path.read_text("utf-8"))
    }

    assert named == set()


BARE: Final = re.compile(
    r"url\(['\"](?:record|change|ledger|figure|figure-rows)['\"][^)]*\)(?!\s*\}\}\{\{ asof\.query|\s*~\s*asof\.query)"
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_links_to_what_has_a_past_keep_the_moment(path: Path) -> None:
    # By `to(name, …)`, or with the query of the moment right behind the address.
    assert BARE.findall(path.read_text("utf-8")) == []
