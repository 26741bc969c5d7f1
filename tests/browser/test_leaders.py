"""A leader with a phone: from a number down to the names in it, and back through its months."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from gongjian.accounts.models import User
from gongjian.indicators.query import figures
from gongjian.indicators.store.layout import with_eves
from gongjian.jobs.models import Job
from gongjian.jobs.worker import run_pending
from gongjian.web.figures.trends import MONTHS, days_beside, days_of
from gongjian.web.tests.people import make_person, sign_in
from tests.browser.conftest import PATIENCE, let_in
from tests.browser.sight import NARROW, WIDE, check_axe, look, look_on_paper, settled, watched
from tests.cities import DAYS, D, FullCity

ROOT = 1
CODE = "agreements.employers"
AT = f"at={D}"
KINDS = ("单独", "区域性", "行业性")
UNDER = {
    1: ("单独",),
    2: ("单独", "区域性"),
    3: ("区域性",),
    4: ("单独", "行业性"),
    5: ("区域性",),
    6: ("行业性",),
}
"""Firm → the kinds of agreements it is under: three and three and two are six firms."""
TWICE = ["厂2", "厂4"]


def signed_city() -> None:
    """A city with a county, six firms and an agreement of each kind, signed one after the other."""
    city = FullCity()
    city.area(ROOT, "10")
    city.area(2, "11", ROOT)
    for at, kind in enumerate(KINDS, start=1):
        city.union(at, 2, days=(DAYS[0], None))
        begins = date(2011, 3 * at, 1)
        city.agree(at, at, days=(begins, None), kind=kind, term_from=begins, effective_on=begins)
    link = 0
    for firm, kinds in UNDER.items():
        city.firm(firm, 2, staff=50, days=(DAYS[0], None))
        for kind in kinds:
            link += 1
            city.under(link, KINDS.index(kind) + 1, firm, staff=10)
    city.write()


@pytest.fixture
def leader(db: None) -> User:
    """Who sees the figures of the city and the names in them, and no ledger."""
    signed_city()
    return make_person("leader", area_id=ROOT, name="陈立")


@pytest.fixture
def phone(browser: Browser, address: str, leader: User) -> Iterator[Page]:
    """The leader's phone: as wide as a hand, touched and not clicked."""
    context = browser.new_context(
        base_url=address,
        viewport=NARROW,
        has_touch=True,
        is_mobile=True,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    client = Client()
    sign_in(client, leader)
    let_in(context, address, client)
    page = context.new_page()
    wrong = watched(page)
    yield page
    context.close()
    assert wrong == []


def seen(page: Page, name: str) -> None:
    """A picture, nothing against axe's rules, nothing beyond the edge."""
    settled(page)
    look(page, name)
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def numbers(found: Locator) -> list[int]:
    return [int(said.replace(",", "")) for said in found.all_text_contents()]


def test_from_the_number_down_to_the_names_counted_twice(phone: Page) -> None:
    phone.goto(f"/?{AT}")
    settled(phone)
    phone.locator(f"main a[data-figure='{CODE}']").first.tap()
    phone.wait_for_url(f"**/figures/{CODE}/**")
    if "/rows/" in phone.url:
        phone.get_by_role("link", name="含义与算式").tap()
    expect(phone.locator("h1")).to_have_text("协议覆盖企业")
    seen(phone, "leader-figure-390")
    look_on_paper(phone, "leader-figure-print")

    # 3 ＋ 3 ＋ 2 − 2 ＝ 6, and why.
    assert phone.locator(".eq .o").all_inner_texts() == ["＋", "＋", "−", "＝"]
    assert numbers(phone.locator(".eq .t b")) == [3, 3, 2, 2, 6]
    expect(phone.locator("#overlap-title")).to_have_text("为什么是 6，不是 8")
    twice = phone.locator(f".words a[data-figure='{CODE}.overlap']")
    (said,) = numbers(twice)

    twice.tap()
    expect(phone.locator("h1")).to_have_text("重复覆盖企业名单")
    seen(phone, "leader-names-390")
    names = phone.locator(".names tbody th").all_inner_texts()
    assert (names, len(names)) == (TWICE, said)
    assert [
        row.locator(".tag").all_inner_texts() for row in phone.locator(".names tbody tr").all()
    ] == [list(UNDER[2]), list(UNDER[4])]
    expect(phone.locator(".pass")).to_have_text("各行之和＝这个数")

    # Seek one of them, and lead back to all.
    phone.get_by_role("searchbox", name="在这些行里按名称找").fill("厂4")
    phone.get_by_role("button", name="找", exact=True).tap()
    expect(phone.locator(".names tbody th")).to_have_text(["厂4"])
    phone.get_by_role("link", name="全部 6").tap()
    expect(phone.locator(".names tbody th")).to_have_count(6)


def test_the_picture_of_the_overlap_opens_each_of_its_parts(phone: Page) -> None:
    phone.goto(f"/figures/{CODE}/?{AT}")
    settled(phone)
    lines = phone.locator(".ov tbody th")
    expect(lines).to_have_text(["单独＋区域性", "单独＋行业性"])
    for at, name in enumerate(TWICE):
        phone.locator(".ov tbody tr").nth(at).locator("a").first.tap()
        expect(phone.locator(".names tbody th")).to_have_text([name])
        phone.go_back()
        settled(phone)
    phone.locator(".vn svg a").first.tap()
    expect(phone.locator("h1")).to_have_text("单独协议覆盖企业")
    expect(phone.locator(".hero .v")).to_have_text("3")


def test_the_months_are_asked_for_and_each_opens(phone: Page) -> None:
    here = f"/figures/{CODE}/?{AT}&area=10"
    phone.goto(here)
    expect(phone.locator(".months .note")).to_contain_text("等 11 天 的数还没有算出来")
    phone.get_by_role("button", name="算出这十二个月").tap()
    expect(phone.locator(".said")).to_contain_text("已交办")
    expect(phone.locator(".months .note")).to_contain_text("正在后台算")
    assert urlsplit(phone.url).path == f"/figures/{CODE}/"
    run_pending()
    assert Job.objects.get().result == {
        "days": [day.isoformat() for day in with_eves([*days_of(D), *days_beside(D)])]
    }

    phone.goto(here)
    points = phone.locator(".run.narrow a")
    expect(points).to_have_count(MONTHS)
    seen(phone, "leader-months-390")
    told = [
        figures([CODE], day=day, known_at=None, node=ROOT)["figures"][0]["value"]
        for day in days_of(D)
    ]
    assert numbers(points.locator("text")) == told
    assert told == [0, 3, 3, 3, 5, 5, 5, 6, 6, 6, 6, 6]
    phone.locator(".same summary").tap()
    assert numbers(phone.locator(".same tbody td:nth-of-type(1)")) == told
    check_axe(phone)

    phone.set_viewport_size(WIDE)
    expect(phone.locator(".run.wide a")).to_have_count(MONTHS)
    check_axe(phone)
    look(phone, "leader-months-1440")
    phone.set_viewport_size(NARROW)
    points.nth(4).tap()
    expect(phone.locator(".hero .v")).to_have_text("5")
    assert parse_qs(urlsplit(phone.url).query) == {"at": ["2011-06-25"], "area": ["10"]}
    expect(phone.locator(".asbar")).to_contain_text("只读")


def test_a_figure_is_found_in_the_catalogue(phone: Page) -> None:
    phone.goto(f"/figures/?{AT}")
    phone.get_by_role("searchbox", name="在数的名称里找").fill("重复覆盖")
    phone.get_by_role("button", name="找", exact=True).tap()
    expect(phone.locator(".cat .nmn")).to_have_text(["重复覆盖企业", "重复覆盖职工"])
    seen(phone, "leader-catalogue-390")
    phone.locator(".cat .nmn").first.tap()
    expect(phone.locator(".hero .v")).to_have_text("2")
