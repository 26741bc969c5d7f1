"""An auditor by keyboard: who saw a number and why, who had access, is the chain whole, its head."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client
from playwright.sync_api import Page, expect

from gongjian.accounts.actions import NewPost, give_post
from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.accounts.queries import Manager
from gongjian.areas.queries import area_by_code
from gongjian.core.access import OPERATOR
from gongjian.core.days import today
from gongjian.history import trail
from gongjian.history.models import Head, TrailRecord
from gongjian.jobs.worker import run_pending
from gongjian.web.tests.people import make_person, sign_in
from tests.browser.conftest import Enter
from tests.browser.hands import press, sign_in_by_keys, tab_to, type_into
from tests.browser.sight import (
    NARROW,
    WIDE,
    check_axe,
    keyboard_faults,
    look,
    look_on_paper,
    paper_faults,
    shape_faults,
)
from tests.papers import county
from tests.worlds import entry, good, member, number, union

HERE = "510703001"


@pytest.fixture
def member_(db: None) -> int:
    """A member whose number 王敏 saw in full and whose record 李芳 opened; 陈红 stands in for her."""
    county()
    good("unions", union())
    good("members", member(1), member(2))
    found = entry("members", number(1))
    wang = make_person("county-organiser", area_id=area_by_code("510703"), name="王敏")
    li = make_person("township-clerk", area_id=area_by_code(HERE), name="李芳")
    chen = make_person("grid-worker", area_id=area_by_code("510703002"), name="陈红")
    post = NewPost(
        role=Role.TOWNSHIP_CLERK,
        area_id=area_by_code(HERE),
        valid_from=today(),
        valid_to=today() + timedelta(days=5),
    )
    give_post(chen, post, by=Manager(actor=OPERATOR), stands_in_for=li)
    record = f"/ledgers/members/{found}/"
    for user in (wang, li):
        client = Client()
        sign_in(client, user)
        client.get(record)
        if user == wang:
            purpose = {"purpose": "信访、维权办理", "remark": "来信第 12 号"}
            assert client.post(f"{record}unmask/", purpose).status_code == 302
    return found


@pytest.fixture
def auditor(db: None, member_: int) -> tuple[User, str]:
    """Who audits the county, and the secret that their phone shows codes from."""
    user = make_person("auditor", area_id=area_by_code("510703"), name="周远")
    Authenticator.objects.filter(user=user).delete()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return user, secret


def shown(page: Page, name: str) -> None:
    """Wide, on a phone and on paper: shape, axe, a picture."""
    for title, size in (("390", NARROW), ("1440", WIDE)):
        page.set_viewport_size(size)
        assert shape_faults(page) == []
        check_axe(page)
        look(page, f"{name}-{title}")
    assert paper_faults(page) == []
    look_on_paper(page, f"{name}-print")


def test_an_auditor_finds_who_saw_a_number_and_verifies_the_chain(
    page: Page, auditor: tuple[User, str], member_: int
) -> None:
    come_in_by_keys(page, *auditor)
    find_who_saw_by_keys(page, member_)
    read_the_link_by_keys(page)
    find_who_had_access_by_keys(page)
    verify_by_keys(page)
    write_down_the_head_by_keys(page)
    assert trail.verify().ok


def come_in_by_keys(page: Page, user: User, secret: str) -> None:
    """Name, password, the code on the phone."""
    page.goto("/changes/looks/")
    sign_in_by_keys(page, user)
    expect(page.locator("h1")).to_have_text("填 6 位动态码")
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    type_into(page, page.locator("input[name=code]"), code)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("谁看了谁")


def find_who_saw_by_keys(page: Page, member_: int) -> None:
    """By the identity number, which stays in no address and on no page."""
    type_into(page, page.locator("input[name=q]"), number(1))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("谁看了谁：会员1")
    assert page.url.endswith(f"/changes/looks/?entry={member_}")
    assert number(1) not in page.content()
    rows = page.locator("#rows tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("李芳")
    expect(rows.nth(0)).to_contain_text("遮住的号码")
    expect(rows.nth(1)).to_contain_text("王敏")
    expect(rows.nth(1)).to_contain_text("证件号码")
    expect(rows.nth(1)).to_contain_text("信访、维权办理：来信第 12 号")
    assert keyboard_faults(page) == []
    shown(page, "looks")


def read_the_link_by_keys(page: Page) -> None:
    """The look as it stands on the chain."""
    link = TrailRecord.objects.get(kind="unmask")
    press(page, page.locator("#rows").get_by_role("link", name=f"第 {link.number} 条"))
    expect(page.locator("h1")).to_have_text(f"留痕第 {link.number} 条")
    expect(page.locator("main")).to_contain_text(link.digest)
    press(page, page.locator("summary", has_text="原文"))
    expect(page.locator("pre")).to_have_text(link.body)
    shown(page, "link")


def find_who_had_access_by_keys(page: Page) -> None:
    """Of the member's township, today: the clerk, and who stands in for her."""
    press(page, page.get_by_role("link", name="某天谁能看"))
    type_into(page, page.get_by_label("区划"), HERE)
    page.keyboard.press("Enter")
    whole = page.locator("section[aria-labelledby=whole] tbody tr")
    expect(whole).to_have_count(4)
    expect(whole.filter(has_text="陈红")).to_contain_text("代李芳")
    expect(whole.filter(has_text="王敏")).to_contain_text("说明理由后看完整号码")
    expect(whole.filter(has_text="周远")).to_contain_text("只看留痕")
    assert keyboard_faults(page) == []
    shown(page, "access")


def verify_by_keys(page: Page) -> None:
    """In the background; the result says what was looked at and what that proves."""
    press(page, page.locator("main").get_by_role("link", name="核验"))
    expect(page.locator("h1")).to_have_text("核验留痕")
    records = Head.objects.get().record
    press(page, page.get_by_role("button", name="核验一遍"))
    expect(page.locator("h1")).to_have_text("核验留痕")
    assert run_pending() == 1
    press(page, page.get_by_role("link", name="查看结果"))
    expect(page.locator("h1")).to_have_text("核验通过")
    expect(page.locator("main")).to_contain_text(f"第 1 至 {records} 条首尾相连")
    shown(page, "verified")


def write_down_the_head_by_keys(page: Page) -> None:
    """Its number and digest, as printed; typed in again, the page says where it stood."""
    press(page, page.locator(".crumb").get_by_role("link", name="核验留痕"))
    head = Head.objects.get()
    written_down = page.locator(".digest").inner_text()
    assert written_down.replace(" ", "") == head.digest
    expect(page.locator(".head")).to_contain_text(f"第 {head.record} 条")
    trail.note("backup", {"file": "城.gj", "actor": None, "name": "系统操作员", "reason": ""})
    tab_to(page, page.locator("input[name=digest]"))
    page.keyboard.type(written_down)
    page.keyboard.press("Enter")
    expect(page.locator(".note")).to_contain_text(f"是第 {head.record} 条的校验值")
    expect(page.locator(".note")).to_contain_text("以后又写了 1 条")
    shown(page, "verify")


def test_an_auditor_reads_the_trail_and_no_ledger(
    page: Page, auditor: tuple[User, str], enter: Enter
) -> None:
    """Narrowed by keyboard; no link of the page leads to a record."""
    enter(page, auditor[0])
    page.goto("/changes/trail/")
    type_into(page, page.get_by_label("谁", exact=True), "王敏")
    page.keyboard.press("Enter")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    expect(page.locator("#rows tbody tr")).to_contain_text("看了证件号码")
    assert page.locator("a[href^='/ledgers/'], a[href^='/figures/']").count() == 0
    assert keyboard_faults(page) == []
    shown(page, "trail")
