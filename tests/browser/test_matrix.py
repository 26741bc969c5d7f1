"""The wall chart: from January to December by keyboard, without the server, as the server has it."""

import re
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from gongjian.accounts.models import User
from gongjian.core.days import cut_offs
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.models import KeptDay
from gongjian.web.matrix.tests.city import AT, DECEMBER, keep, moving_city
from gongjian.web.tests.people import make_person, sign_in
from tests.browser.conftest import Enter, let_in
from tests.browser.hands import tab_to
from tests.browser.sight import NARROW, WIDE, check_axe, look
from tests.cities import FullCity

MONTHS = cut_offs(DECEMBER, 12)
CHART = """() => ({
  rows: [...document.querySelectorAll("#matrix-rows tr")].map((row) => [
    row.className,
    ...[...row.children].map((cell) => [
      cell.className.trim(), cell.innerText.trim().replace(/\\s+/g, " "),
      cell.querySelector("a")?.getAttribute("href") ?? "",
      cell.querySelector("[data-figure]")?.dataset.figure ?? "",
    ]),
  ]),
  heads: [...document.querySelectorAll("#matrix thead th")].map((th) => [
    th.getAttribute("aria-sort"), th.querySelector("a").getAttribute("href")]),
  links: [...document.querySelectorAll("#matrix .scope a, #matrix .mean a")].map((a) => [
    a.getAttribute("href"), a.getAttribute("aria-current"), a.className]),
  months: [...document.querySelectorAll("#matrix .ms li a")].map((a) => [
    a.getAttribute("href"), a.getAttribute("aria-current"), a.className]),
  steps: [...document.querySelectorAll("#matrix .ms > a")].map((a) =>
    a.hidden ? "" : a.getAttribute("href")),
  slider: [document.getElementById("matrix-month").value,
    document.getElementById("matrix-month").getAttribute("aria-valuetext")],
  notes: [...document.querySelectorAll("#matrix .moves li")].map((it) => it.className),
  hidden: ["gap", "absent", "panel", "lone"].map((id) =>
    document.getElementById(`matrix-${id}`).hidden),
  said: document.querySelector("#matrix-panel .hd").innerText,
  moment: document.querySelector("#asbar .st").innerText,
  typed: document.querySelector("#asbar [name=at]").value,
  handed: [...document.querySelectorAll("#matrix .pick [type=hidden]")].map((it) =>
    [it.name, it.value]).sort(),
  taken: document.querySelector("#matrix [data-taken]")?.getAttribute("action")
    .replace(location.origin, ""),
  printed: document.querySelector(".printed").textContent.slice(0, 13),
})"""
"""Everything of the chart that a month, an order or a colouring changes."""


@pytest.fixture
def leader(db: None) -> User:
    """Somebody who sees a city whose every month is another."""
    moving_city()
    keep(*cut_offs(DECEMBER, 13), DECEMBER.replace(year=2009, month=12, day=31))
    return make_person("city-organiser", area_id=1, name="陈立")


def opened(page: Page, address: str) -> None:
    """A chart whose months have come."""
    page.goto(address)
    expect(page.locator("#matrix[data-ready]")).to_be_attached()


def chart(page: Page) -> Any:
    return page.evaluate(CHART)


def same_as_the_server(page: Page) -> None:
    """What the script made of the page is what the server makes of its address."""
    drawn, address = chart(page), page.url
    with page.context.new_page() as other:
        opened(other, address)
        assert chart(other) == drawn, address


@pytest.mark.parametrize("given", ["", "&depth=2&colour=change", "&depth=2&sort=-members.total"])
def test_from_january_to_december_by_keyboard(
    page: Page, leader: User, enter: Enter, given: str
) -> None:
    enter(page, leader)
    opened(page, f"/matrix/?at={AT}{given}")
    tab_to(page, page.locator("#matrix-month"))
    page.keyboard.press("Home")
    seen = []
    for month in MONTHS:
        expect(page.locator("#asbar [name=at]")).to_have_value(month.isoformat())
        assert parse_qs(urlsplit(page.url).query)["at"] == [month.isoformat()]
        same_as_the_server(page)
        seen.append(str(chart(page)["rows"]))
        page.keyboard.press("ArrowRight")

    assert len(set(seen)) == len(MONTHS)
    assert page.url.endswith(f"/matrix/?at={AT}&area=10{given}")


def test_the_months_move_without_the_server(page: Page, leader: User, enter: Enter) -> None:
    enter(page, leader)
    opened(page, f"/matrix/?at={AT}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#matrix-month").focus()
    for _ in MONTHS:
        page.keyboard.press("ArrowLeft")
    page.get_by_role("link", name="下月").click()
    page.get_by_role("link", name="比上月").click()
    page.locator("thead a", has_text="会员").first.click()

    expect(page.locator("#matrix-month")).to_have_attribute("aria-valuetext", "2011 年 2 月")
    # Chromium looks for the icon of the page at each new address.
    assert [url for url in asked if "/static/" not in url] == []
    same_as_the_server(page)


def test_heads_put_in_order_and_turn_it_round(page: Page, leader: User, enter: Enter) -> None:
    enter(page, leader)
    opened(page, f"/matrix/?at={AT}&depth=2")
    for at in range(page.locator("#matrix thead a").count()):
        for _ in range(2):
            page.locator("#matrix thead a").nth(at).press("Enter")
            same_as_the_server(page)


def test_months_that_are_not_kept_are_told_of(page: Page, leader: User, enter: Enter) -> None:
    KeptDay.objects.filter(day=MONTHS[4]).delete()
    enter(page, leader)
    opened(page, f"/matrix/?at={MONTHS[6]}&to={AT}&colour=change")
    page.locator("#matrix-month").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#matrix-lone")).to_be_visible()
    same_as_the_server(page)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#matrix-gap")).to_contain_text("2011 年 5 月的数还没有算出来")
    expect(page.locator("#matrix-panel")).to_be_hidden()
    check_axe(page)
    look(page, "matrix-missing-1440")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#matrix-panel")).to_be_visible()
    same_as_the_server(page)


def test_before_the_place_began(page: Page, leader: User, enter: Enter) -> None:
    enter(page, leader)
    opened(page, f"/matrix/?at={AT}&area=13")
    page.locator("#matrix-month").focus()
    page.keyboard.press("Home")

    expect(page.locator("#matrix-absent")).to_be_visible()
    same_as_the_server(page)


def test_without_a_script_links_lead_from_month_to_month(
    browser: Browser, address: str, leader: User
) -> None:
    client = Client()
    sign_in(client, leader)
    plain = browser.new_context(base_url=address, java_script_enabled=False)
    let_in(plain, address, client)
    page = plain.new_page()
    page.goto(f"/matrix/?at={AT}")
    seen = []
    for month in reversed(MONTHS):
        expect(page.locator("#asbar [name=at]")).to_have_value(month.isoformat())
        seen.append(page.locator("#matrix-rows").inner_text())
        page.locator(".ms [rel=prev]").click()
    plain.close()

    assert len(set(seen)) == len(MONTHS)


@pytest.mark.parametrize(("name", "size"), [("1440", WIDE), ("390", NARROW)])
def test_wide_and_on_a_phone(page: Page, leader: User, enter: Enter, name: str, size: Any) -> None:
    enter(page, leader)
    page.set_viewport_size(size)
    for more in ("", "&depth=2&colour=change"):
        opened(page, f"/matrix/?at={AT}{more}")
        check_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        look(page, f"matrix{'-deep' if more else ''}-{name}")


PAGES: Final = re.compile(rb"/Type\s*/Page\b(?!s)")
LYING: Final = b"/MediaBox [0 0 1191.12 841.91998]"
"""A3, in points."""


@pytest.fixture
def wide_city(db: None) -> User:
    """Thirty lines: the whole, what is its own, and twenty-eight counties with long names."""
    city = FullCity()
    city.area(1, "10")
    for number in range(1, 29):
        city.area(1 + number, f"1{number:02}", 1, name=f"北川羌族自治{number}县")
    for number in range(1, 60):
        city.firm(number, 1 + number % 29, staff=12_345 * number)
        city.union(number, 1 + number % 29)
        city.cover(number, number, number)
        city.member(number, number)
    city.write()
    keep(DECEMBER)
    return make_person("leader", area_id=1, name="陈立")


@pytest.mark.parametrize(("figures", "sheets"), [(12, 1), (24, 1)])
def test_one_sheet_of_a3(
    page: Page, wide_city: User, enter: Enter, figures: int, sheets: int
) -> None:
    codes = ",".join(figure.code for figure in list(CATALOG)[:figures])
    enter(page, wide_city)
    opened(page, f"/matrix/?at={AT}&codes={codes}")
    expect(page.locator("#matrix-rows tr")).to_have_count(30)
    sheet = page.pdf(prefer_css_page_size=True)
    page.set_viewport_size({"width": 1497, "height": 1047})
    page.emulate_media(media="print")
    look(page, f"matrix-a3-{figures}")

    assert (len(PAGES.findall(sheet)), LYING in sheet) == (sheets, True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1497
    for said in (".printed", "#matrix-panel .lg:not([hidden])", ".mean", "#matrix thead"):
        expect(page.locator(said)).to_be_visible()
    for said in (".ms", ".gb", "#asbar", ".pick"):
        expect(page.locator(said).first).to_be_hidden()
