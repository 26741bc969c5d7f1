"""The frame of every page, as it is used."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.core.days import today
from gongjian.web.tests.people import PASSWORD, make_person
from tests.browser.conftest import Enter
from tests.browser.sight import NARROW, WIDE, check_axe, look, look_on_paper, shape_faults
from tests.papers import county


@pytest.fixture
def clerk(db: None) -> User:
    """Somebody who keeps the ledgers of a small county."""
    county()
    return make_person("county-organiser", area_id=area_by_code("510703"), name="王敏")


def test_from_the_sign_in_to_the_first_page(page: Page, clerk: User) -> None:
    page.goto("/")
    sign_in(page, clerk, PASSWORD)

    expect(page.locator("h1")).to_have_text("王敏，您好")
    expect(page.locator("#figures .heads > div")).to_have_count(8)
    look(page, "home-1440")
    check_axe(page)
    look_on_paper(page, "home-print")


def sign_in(page: Page, user: User, password: str) -> None:
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")


def check_at_the_door(page: Page, name: str) -> None:
    """A page before the sign-in, wide and on a phone."""
    for title, size in (("1440", WIDE), ("390", NARROW)):
        page.set_viewport_size(size)
        assert shape_faults(page) == []
        check_axe(page)
        look(page, f"{name}-{title}")


def test_a_second_factor_is_asked_for(page: Page, db: None) -> None:
    county()
    user = make_person("administrator", area_id=area_by_code("5107"))
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, generate_totp_secret())
    page.goto("/")
    sign_in(page, user, PASSWORD)

    expect(page.locator("h1")).to_have_text("填 6 位动态码")
    check_at_the_door(page, "second-factor")
    page.fill("input[name=code]", "000000")
    page.press("input[name=code]", "Enter")
    expect(page.locator(".err").first).to_be_visible()
    check_at_the_door(page, "second-factor-wrong")


def test_wrong_passwords_are_told_and_lock(page: Page, clerk: User) -> None:
    page.goto("/")
    sign_in(page, clerk, "not-this-one")
    expect(page.locator("main .note.bad, main .err").first).to_be_visible()
    check_at_the_door(page, "wrong-password")

    for _ in range(4):
        sign_in(page, clerk, "not-this-one")
        page.wait_for_load_state()
    expect(page.locator("h1")).to_contain_text("账号锁到")
    check_at_the_door(page, "locked")


def test_signing_out_from_the_menu_of_the_person(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    page.goto("/")

    page.click("summary[aria-label=我的账号]")
    expect(page.get_by_text("涪城区 · 县级组织员")).to_have_count(2)
    look(page, "person-1440")
    page.click("text=退出登录")
    page.goto("/")

    assert "/accounts/login/" in page.url


def test_menu_as_a_drawer_by_keyboard(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    page.set_viewport_size(NARROW)
    page.goto("/")
    expect(page.locator("#figures .heads")).to_be_visible()
    look(page, "home-390")
    check_axe(page)
    side, button = page.locator("#side"), page.locator(".menu-b")
    expect(side).not_to_be_visible()

    button.focus()
    page.keyboard.press("Enter")
    expect(side).to_be_visible()
    expect(page.locator("#side .on")).to_be_focused()
    check_axe(page)
    look(page, "drawer-390")

    page.keyboard.press("ArrowDown")
    expect(page.locator("#side .sub a").first).to_be_focused()
    stops = page.locator("#side a[href], #side button").count()
    for _ in range(stops):
        page.keyboard.press("Tab")
    expect(page.locator("#side .sub a").first).to_be_focused()

    page.keyboard.press("Escape")
    expect(side).not_to_be_visible()
    expect(button).to_be_focused()


def test_a_past_day_is_chosen_and_left_again(page: Page, clerk: User, enter: Enter) -> None:
    day = today() - timedelta(days=400)
    enter(page, clerk)
    page.goto("/?mark=1")

    page.fill("#asbar input[name=at]", day.isoformat())
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/?at={day}&mark=1")
    expect(page.locator("#asbar")).to_have_class("asbar past")
    expect(page.locator("#asbar .st")).to_contain_text(f"正在看 {day} 当天，只读")
    look(page, "home-past-1440")
    check_axe(page)
    look_on_paper(page, "home-past-print")

    page.select_option("#asbar select", label="当天所知")
    page.wait_for_url(f"**/?at={day}&known=0&mark=1")
    page.click("text=回到此刻")
    page.wait_for_url("**/?mark=1")
    expect(page.locator("#asbar")).to_have_class("asbar")


def test_a_day_that_is_none_is_told_in_a_sentence(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)

    answer = page.goto("/?at=2011-13-01")

    assert answer is not None
    assert answer.status == 422
    expect(page.locator("h1")).to_contain_text("“2011-13-01”不是有效日期")
    look(page, "refused-1440")
    check_axe(page)
    page.click("text=回到工作台")
    page.wait_for_url("**/")


def test_slash_goes_to_the_search_box(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    page.goto("/")

    page.keyboard.press("/")

    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_value("")


def test_the_skip_link_comes_first(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    page.goto("/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_a_list_below_a_button_closes_by_escape(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    page.goto("/")
    person = page.locator("details.person")

    page.locator("details.person summary").focus()
    page.keyboard.press("Enter")
    expect(person).to_have_attribute("open", "")
    page.keyboard.press("Escape")

    expect(person).not_to_have_attribute("open", "")
    expect(page.locator("details.person summary")).to_be_focused()


def test_a_part_of_a_page_after_the_session_ended(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    page.goto("/?mark=1")
    expect(page.locator("#figures .heads")).to_be_visible()
    page.context.clear_cookies()

    page.evaluate("htmx.ajax('GET', '/home/figures/', '#figures')")

    page.wait_for_url("**/accounts/login/**")
    assert page.url.endswith("/accounts/login/?next=/%3Fmark%3D1")


def test_a_refusal_of_a_part_is_said_and_replaces_nothing(
    page: Page, clerk: User, enter: Enter
) -> None:
    enter(page, clerk)
    page.goto("/")
    expect(page.locator("#figures .heads")).to_be_visible()

    page.evaluate("htmx.ajax('GET', '/home/figures/?known=x', '#figures')")

    expect(page.locator("#live")).to_contain_text("“x”不是变更号")
    expect(page.locator("#figures .heads")).to_be_visible()


@pytest.mark.parametrize("topic", ["home", "imports"])
def test_help(page: Page, clerk: User, enter: Enter, topic: str) -> None:
    enter(page, clerk)
    page.goto(f"/help/{topic}/")

    check_axe(page)
    look(page, f"help-{topic}-1440")
