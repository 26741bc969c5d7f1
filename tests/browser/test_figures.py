"""From the catalogue to a name and back, as a person looks a number up."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.web.figures.tests.city import MANY, ROOT, small_city
from gongjian.web.tests.people import make_person
from tests.browser.conftest import Enter
from tests.browser.sight import NARROW, check_axe, look, look_on_paper

AT = "at=2011-12-28"


@pytest.fixture
def organiser(db: None) -> User:
    """Somebody who sees a whole small city."""
    small_city(members=MANY)
    return make_person("city-organiser", area_id=ROOT, name="陈立")


def test_from_the_catalogue_to_the_names(page: Page, organiser: User, enter: Enter) -> None:
    enter(page, organiser)
    page.goto(f"/figures/?{AT}")
    expect(page.locator(".cat tbody tr")).to_have_count(47)
    check_axe(page)
    look(page, "figures-1440")

    page.get_by_role("link", name="会员", exact=True).last.click()
    expect(page.locator("h1")).to_have_text("会员")
    expect(page.locator(".hero .v")).to_have_text(str(MANY + 1))
    check_axe(page)
    look(page, "figure-1440")
    look_on_paper(page, "figure-print")

    page.locator(".hero .v a").click()
    expect(page.locator(".names tbody tr")).to_have_count(50)
    check_axe(page)
    look(page, "figure-rows-1440")
    page.get_by_role("link", name="下一页").click()
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".names tbody tr")).to_have_count(MANY + 1 - 100)
    assert parse_qs(urlsplit(page.url).query) == {
        "at": ["2011-12-28"],
        "area": ["10"],
        "after": ["100"],
    }


def test_down_the_tree_and_over_to_the_other(page: Page, organiser: User, enter: Enter) -> None:
    enter(page, organiser)
    page.goto(f"/figures/agreements.employers/?{AT}")
    expect(page.locator(".eq .t").last).to_contain_text("协议覆盖企业")
    page.get_by_role("link", name="区11", exact=True).first.click()
    expect(page.locator(".scope b")).to_have_text("区11")
    look(page, "figure-county-1440")
    check_axe(page)

    page.locator(".seg").get_by_role("link", name="隶属").click()
    expect(page.locator(".scope b")).to_have_text("会20")
    expect(page.locator(".kids tbody .rest")).to_contain_text("本级与重复相抵")
    look(page, "figure-branch-1440")
    check_axe(page)

    page.goto(f"/figures/rate.union/?{AT}&tree=affiliation")
    expect(page.locator(".hero .v")).to_have_text("—")
    expect(page.locator(".hero .why")).to_contain_text("只能按属地统计")
    check_axe(page)


def test_another_day_by_the_bar_keeps_the_figure(page: Page, organiser: User, enter: Enter) -> None:
    enter(page, organiser)
    page.goto(f"/figures/members.total/?{AT}&area=10")
    page.fill("input[name=at]", "2010-12-31")
    page.press("input[name=at]", "Enter")
    expect(page.locator(".hero .v")).not_to_have_text(str(MANY + 1))

    assert parse_qs(urlsplit(page.url).query)["area"] == ["10"]
    assert urlsplit(page.url).path == "/figures/members.total/"


def test_by_keyboard_to_another_figure(page: Page, organiser: User, enter: Enter) -> None:
    enter(page, organiser)
    page.goto(f"/figures/members.total/?{AT}")
    page.locator("summary", has_text="换一个数").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("用人单位")


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("/figures/", "figures"),
        ("/figures/rate.members.unit/", "figure"),
        ("/figures/rate.members.unit/rows/", "figure-rows"),
    ],
)
def test_on_a_phone_nothing_is_cut_off(
    page: Page, organiser: User, enter: Enter, where: str, name: str
) -> None:
    enter(page, organiser)
    page.set_viewport_size(NARROW)
    page.goto(f"{where}?{AT}")
    expect(page.locator("h1")).to_be_visible()
    look(page, f"{name}-390")
    check_axe(page)

    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
