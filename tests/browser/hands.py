"""How somebody without a mouse goes about a page, and other things journeys do again and again."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from gongjian.accounts.models import User
from gongjian.web.tests.people import PASSWORD


def tab_to(page: Page, target: Locator, *, most: int = 150) -> None:
    """Press Tab until the element has the focus."""
    target.wait_for()
    page.wait_for_load_state()
    for _ in range(most):
        if target.evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {target}")


def press(page: Page, target: Locator) -> None:
    """Go to a link or a button and press it."""
    tab_to(page, target)
    page.keyboard.press("Enter")


def type_into(page: Page, target: Locator, text: str) -> None:
    """Go to a field and write it anew."""
    tab_to(page, target)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def choose(page: Page, target: Locator, title: str) -> None:
    """Go to a closed list and walk down to one of its lines."""
    tab_to(page, target)
    for _ in range(target.locator("option").count()):
        if target.evaluate("it => it.selectedOptions[0].text") == title:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"there is no {title}")


def pick_file(page: Page, target: Locator, path: Path) -> None:
    """Open the chooser of files by key, and take one.

    Chromium is told to hand choosers over without an answer that it does; the walk to the field
    gives it the time, so that the key never comes first.
    """
    with page.expect_file_chooser() as chooser:
        press(page, target)
    chooser.value.set_files(path)


def sign_in_by_keys(page: Page, user: User) -> None:
    """Name, Tab, password, Enter."""
    expect(page.locator("input[name=login]")).to_be_visible()
    type_into(page, page.locator("input[name=login]"), user.username)
    type_into(page, page.locator("input[name=password]"), PASSWORD)
    page.keyboard.press("Enter")
