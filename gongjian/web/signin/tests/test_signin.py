"""In and out: passwords, the lock, first passwords, sign-ins elsewhere."""

import json
import logging
import os
import re
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from gongjian.accounts.actions import add_demo_people, add_user
from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.days import now
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.web.signin.lockout import ADDRESS, NAME, Limit, counted_name, forget, unlock
from gongjian.web.tests.people import PASSWORD, make_person, sign_in

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
CHANGE = "/accounts/password/change/"
WRONG = "surely-not-the-word"


@pytest.fixture
def clerk(county: int) -> User:
    return make_person(Role.TOWNSHIP_CLERK, area_id=county, name="wangmin")


def enter(client: Client, name: str = "wangmin", password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": name, "password": password, **more})


def links() -> list[dict[str, Any]]:
    """What the door wrote."""
    bodies = TrailRecord.objects.filter(kind="sign-in").order_by("number").values_list("body")
    return [json.loads(text) for (text,) in bodies]


def deeds() -> list[tuple[str, str | None]]:
    """(deed, name) of every link that the door wrote."""
    return [(body["deed"], body.get("username")) for body in links()]


def test_stranger_is_sent_to_the_door_and_back(client: Client, clerk: User) -> None:
    assert client.get("/staff/roles/").headers["Location"] == f"{LOGIN}?next=/staff/roles/"

    answer = enter(client, next="/staff/roles/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/staff/roles/")
    assert deeds() == [("in", "wangmin")]


@pytest.mark.parametrize("name", ["wangmin", " WangMin ", "ｗａｎｇｍｉｎ"])
def test_name_is_read_as_it_is_kept(client: Client, clerk: User, name: str) -> None:
    assert enter(client, name).headers["Location"] == "/"
    assert int(client.session["_auth_user_id"]) == clerk.pk


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
     "https:evil.example", "http://testserver@evil.example/"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(client: Client, clerk: User, address: str) -> None:
    assert enter(client, next=address).headers["Location"] == "/"


def test_session_of_before_is_not_the_session_of_after(client: Client, clerk: User) -> None:
    client.session.save()
    planted = client.session
    planted["planted"] = 1
    planted.save()
    client.cookies["sessionid"] = str(planted.session_key)

    enter(client)

    assert client.cookies["sessionid"].value != planted.session_key
    assert not client.session.exists(str(planted.session_key))


def test_page_says_what_is_wrong_and_how_often_one_may_try(client: Client, clerk: User) -> None:
    text = enter(client, password=WRONG).content.decode()

    assert "账号或密码不对，请核对后再试，还能试 4 次。" in text
    assert (WRONG in text, 'value="wangmin"' in text) == (False, True)
    assert "请填写密码。" in enter(client, password="").content.decode()
    assert deeds() == []


def test_five_wrong_passwords_lock_the_name_here_for_a_quarter(client: Client, clerk: User) -> None:
    # Written large or small, it is one name.
    tries = [enter(client, n, WRONG) for n in ("wangmin", "Wangmin", "WANGMIN", "wangmin")]
    before = now()
    fifth = enter(client, password=WRONG)
    after = now()

    assert [a.status_code for a in tries] == [200] * 4
    assert (fifth.status_code, int(fifth.headers["Retry-After"])) == (429, 900)
    # The minute may turn while the answer is on its way.
    ends = {f"{moment + timedelta(minutes=15):%H:%M}" for moment in (before, after)}
    found = set(re.findall("账号锁到 ([0-9:]+)", fifth.content.decode()))
    assert (len(found), found <= ends) == (1, True)
    right = enter(client)
    assert (right.status_code, "_auth_user_id" in client.session) == (429, False)
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert enter(elsewhere).status_code == 302
    # No link for each try: whoever guesses keeps nobody else from writing.
    assert deeds() == [("locked", "wangmin"), ("in", "wangmin")]
    assert [body.get("failed") for body in links()] == [5, 5]


def test_lock_ends_and_is_not_drawn_out_by_trying(client: Client, clerk: User) -> None:
    for _ in range(5):
        enter(client, password=WRONG)
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=14, seconds=30))

    assert enter(client).headers["Retry-After"] == "60"
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=15, seconds=1))
    assert enter(client).status_code == 302


def many(limit: Limit, **of: str) -> None:
    """So many wrong passwords, given a little while ago, that the limit is reached."""
    given = {"user_agent": "", "path_info": LOGIN, "ip_address": "10.0.0.1", "username": "x"} | of
    AccessFailureLog.objects.bulk_create(AccessFailureLog(**given) for _ in range(limit.most))


def test_who_tries_many_names_is_locked_out_at_that_address(client: Client, clerk: User) -> None:
    many(ADDRESS, ip_address="127.0.0.1")

    answer = enter(client)
    elsewhere = enter(Client(REMOTE_ADDR="10.0.0.9"))

    assert (answer.status_code, "从您所在的网络" in answer.content.decode()) == (429, True)
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    assert elsewhere.status_code == 302
    AccessFailureLog.objects.update(attempt_time=now() - ADDRESS.within)
    assert enter(client).status_code == 302


def test_who_tries_one_name_from_many_places_is_locked_out(client: Client, clerk: User) -> None:
    many(NAME, username=counted_name(HttpRequest(), {"username": "WangMin"}))

    answer = enter(client)

    assert (answer.status_code, "一天内输错密码太多次" in answer.content.decode()) == (429, True)
    unlock("wangmin")
    assert enter(client).status_code == 302


def test_counts_that_are_over_go(client: Client, clerk: User) -> None:
    for _ in range(2):
        enter(client, password=WRONG)
    forget()
    assert (AccessAttempt.objects.count(), AccessFailureLog.objects.count()) == (1, 2)
    for model in (AccessAttempt, AccessFailureLog):
        model.objects.update(attempt_time=now() - timedelta(days=1, seconds=1))

    forget()

    assert (AccessAttempt.objects.count(), AccessFailureLog.objects.count()) == (0, 0)


def test_tries_are_counted_for_all_processes_together() -> None:
    cache.set("tries-of-a-code", 4)
    told = "import django; django.setup(); from django.core.cache import cache;"
    program = [sys.executable, "-c", f"{told} print(cache.get('tries-of-a-code'))"]
    setting = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongjian.settings"}

    answer = subprocess.run(program, env=setting, capture_output=True, text=True, check=True)

    assert answer.stdout == "4\n"


def test_one_address_tries_so_often_and_no_oftener(client: Client, clerk: User) -> None:
    assert [client.get(LOGIN).status_code for _ in range(40)] == [200] * 40

    tries = [enter(client, f"nobody{n}", "") for n in range(31)]

    assert [a.status_code for a in tries] == [200] * 30 + [429]
    assert "请稍等一分钟" in tries[-1].content.decode()


def test_right_password_sets_the_count_back(client: Client, clerk: User) -> None:
    for _ in range(4):
        enter(client, password=WRONG)
    enter(client)
    client.post("/accounts/logout/")

    assert "还能试 4 次" in enter(client, password=WRONG).content.decode()


def test_no_password_reaches_log_or_trail(
    client: Client, clerk: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        enter(client, password=WRONG)
        enter(client, WRONG, WRONG)
        enter(client)
        client.post(
            CHANGE,
            {"oldpassword": PASSWORD, "password1": "new-Wor-d-1", "password2": "new-Wor-d-1"},
        )

    kept = caplog.text + "".join(TrailRecord.objects.values_list("body", flat=True))
    for name in ("post_data", "get_data", "username"):
        kept += "".join(AccessAttempt.objects.values_list(name, flat=True))
    kept += "".join(AccessFailureLog.objects.values_list("username", flat=True))
    assert [word in kept for word in (WRONG, PASSWORD, "new-Wor-d-1")] == [False] * 3
    assert deeds() == [("in", "wangmin"), ("password", "wangmin")]
    assert trail.verify().ok is True


def test_stopped_account_is_told_so(client: Client, clerk: User) -> None:
    User.objects.update(is_active=False)

    answer = enter(client)

    assert answer.headers["Location"] == "/accounts/inactive/"
    assert "账号已停用" in client.get("/accounts/inactive/").content.decode()
    assert deeds()[-1] == ("refused", "wangmin")


def test_signing_out_ends_the_session_and_is_noted(client: Client, clerk: User) -> None:
    enter(client)

    assert client.get("/accounts/logout/").status_code == 200
    assert client.post("/accounts/logout/").headers["Location"] == LOGIN
    assert client.get("/").status_code == 302
    assert deeds() == [("in", "wangmin"), ("out", "wangmin")]


def test_first_password_is_changed_before_anything_else(client: Client, county: int) -> None:
    _, first = add_user(name="lifang", role=Role.TOWNSHIP_CLERK, area_id=county, by=OPERATOR)
    enter(client, "lifang", first)

    assert client.get("/staff/roles/").headers["Location"] == f"{CHANGE}?next=%2Fstaff%2Froles%2F"
    assert client.get("/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == CHANGE
    assert "首次密码" in client.get(CHANGE).content.decode()
    new = {"oldpassword": first, "password1": "tea-at-noon-88", "password2": "tea-at-noon-88"}
    assert client.post(CHANGE, new).headers["Location"] == "/"

    assert client.get("/").status_code == 200
    assert User.objects.get(username="lifang").must_change_password is False


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("short-1", "short-1", "密码只有 7 位，请至少用 10 位。"),
        ("1234567890", "1234567890", "这个密码太常见，容易被猜到，请换一个。"),
        ("Wangmin-2011", "Wangmin-2011", "密码里不能有用户名，请换一个。"),
        ("tea-at-noon-88", "tea-at-noon-89", "两次填的新密码不一样，请重填。"),
        (PASSWORD, PASSWORD, "新密码与现在的密码相同，请换一个。"),
    ],
)
def test_poor_password_is_refused_in_a_sentence(
    client: Client, clerk: User, first: str, second: str, said: str
) -> None:
    sign_in(client, clerk)

    answer = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": first, "password2": second})

    assert said in answer.content.decode()
    assert User.objects.get().check_password(PASSWORD) is True


def test_other_browsers_are_seen_and_signed_out(clerk: User) -> None:
    here, there = Client(headers={"User-Agent": "Here"}), Client(headers={"User-Agent": "There"})
    enter(here)
    enter(there)

    text = here.get("/accounts/sessions/").content.decode()
    assert ["Here" in text, "There" in text, "退出其他 1 处登录" in text] == [True] * 3
    here.post("/accounts/sessions/")

    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)
    assert deeds()[-1] == ("out-elsewhere", "wangmin")


def test_changed_password_ends_the_other_sign_ins(clerk: User) -> None:
    here, there = Client(), Client()
    enter(here)
    enter(there)

    here.post(CHANGE, {"oldpassword": PASSWORD, "password1": "tea-at-noon-88",
                       "password2": "tea-at-noon-88"})  # fmt: skip

    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)


def test_sign_in_lapses_half_an_hour_after_its_last_use(client: Client, clerk: User) -> None:
    enter(client)

    # Half an hour, and the ten minutes for which a use is not written down.
    assert client.session.get_expiry_age() == 1800 + 600
    assert client.session.get_expire_at_browser_close() is True


@pytest.mark.parametrize(("ago", "written"), [(590, False), (610, True)])
def test_that_somebody_is_here_is_seldom_written(
    client: Client, clerk: User, ago: int, written: bool
) -> None:
    enter(client)
    client.get("/staff/roles/")
    kept = client.session
    kept["seen"] = int(time.time()) - ago
    kept.save()

    with CaptureQueriesContext(connection) as asked:
        client.get("/staff/roles/")

    assert any("UPDATE" in query["sql"] for query in asked) is written
    assert (client.session["seen"] > time.time() - 60) is written


@pytest.mark.parametrize("path", ["signup/", "email/", "password/set/", "confirm-email/"])
def test_nobody_signs_up_or_gives_an_address(client: Client, county: int, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


def test_forgotten_password_names_whom_to_ask(client: Client, county: int) -> None:
    assert "管理员" in client.get("/accounts/password/reset/").content.decode()


def test_demonstration_lists_an_account_for_each_role(
    client: Client, county: int, settings: Settings
) -> None:
    assert "演示账号" not in client.get(LOGIN).content.decode()
    settings.DEMO = True
    city = area("51")
    add_demo_people(city=city, county=county, township=county, union_id=1)
    add_demo_people(city=city, county=county, township=county, union_id=1)

    text = client.get(LOGIN).content.decode()

    assert text.count("进入</button>") == len(Role)
    for role in (Role.COUNTY_ORGANISER, Role.ADMINISTRATOR):
        entered = Client()
        assert enter(entered, str(role.label), "gongjian-demo-2011").status_code == 302
        assert entered.get("/").status_code == 200


def test_password_of_the_demonstration_opens_nothing_else(county: int) -> None:
    with pytest.raises(Exception, match="演示账号只在演示环境里有") as refusal:
        add_demo_people(city=county, county=county, township=county, union_id=1)

    assert (type(refusal.value).__name__, User.objects.count()) == ("Refused", 0)
