"""Every page of the menu, wide, on a phone and on paper: no fault for axe, nothing runs out."""

import pytest
from playwright.sync_api import Page

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.tests.city import city
from gongjian.web.tests.people import make_person
from tests.browser.conftest import Enter
from tests.browser.sight import NARROW, WIDE, look, look_on_paper, violations

CLERK = (
    "/",
    *(f"/ledgers/{ledger.slug}/" for ledger in LEDGERS),
    "/imports/",
    "/figures/",
    "/figures/members.total/",
    "/figures/members.total/rows/",
    "/changes/",
    "/changes/2/",
    "/search/?q=绵阳",
    "/jobs/",
    "/staff/roles/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/nowhere/",
)
PAST = ("/", "/ledgers/members/", "/figures/", "/changes/")


@pytest.fixture
def clerk(db: None) -> User:
    """Somebody who keeps the ledgers of a small county."""
    city()
    return make_person(Role.COUNTY_ORGANISER, area_id=area_by_code("510703"), name="王敏")


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with a page, wide and narrow."""
    name = address.strip("/").replace("/", "-").replace("?", "-") or "home"
    found = []
    page.set_viewport_size(WIDE)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    for size, title in ((WIDE, "1440"), (NARROW, "390")):
        page.set_viewport_size(size)
        look(page, f"screen-{name}-{title}")
        found += [f"{address} {title}: {rule} {where}" for rule, where in violations(page)]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            found.append(f"{address} {title}: runs out to {width}")
    look_on_paper(page, f"screen-{name}-print")
    return found


def test_every_page_of_the_menu(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)

    found = [fault for address in CLERK for fault in faults(page, address)]
    assert found == [], "\n".join(found)


def test_pages_of_a_past_day(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    past = "?at=2012-06-30"

    found = [fault for address in PAST for fault in faults(page, address + past)]
    assert found == [], "\n".join(found)


def test_pages_of_who_hands_out_posts(page: Page, clerk: User, enter: Enter) -> None:
    admin = make_person(Role.ADMINISTRATOR, area_id=area_by_code("5107"))
    enter(page, admin)
    addresses = ("/", "/staff/", f"/staff/{clerk.pk}/", "/staff/new/", "/staff/roles/")

    found = [fault for address in addresses for fault in faults(page, address)]
    assert found == [], "\n".join(found)
