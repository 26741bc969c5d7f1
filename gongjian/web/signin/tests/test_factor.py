"""Second factors: who must have one, codes of a phone, recovery codes, passkeys."""

import json
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.history.models import TrailRecord
from gongjian.web.tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
INDEX = "/accounts/2fa/"
ACTIVATE = "/accounts/2fa/totp/activate/"
AGAIN = "/accounts/reauthenticate/"


@pytest.fixture
def auditor(county: int) -> User:
    user = make_person(Role.AUDITOR, area_id=county, name="zhouzhiyuan")
    Authenticator.objects.all().delete()
    return user


def enter(client: Client) -> Any:
    return client.post(LOGIN, {"login": "zhouzhiyuan", "password": PASSWORD})


def code_of(secret: str, steps: int = 0) -> str:
    """What the phone shows, or shall show ``steps`` half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def set_up(client: Client) -> str:
    """Set up a phone the way a person does; its secret."""
    enter(client)
    client.post(f"{AGAIN}?next={ACTIVATE}", {"password": PASSWORD})
    shown = re.search(r"密钥：<code>(\w+)</code>", client.get(ACTIVATE).content.decode())
    assert shown is not None
    answer = client.post(ACTIVATE, {"code": code_of(shown[1])})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    return shown[1]


def deeds() -> list[str]:
    bodies = TrailRecord.objects.filter(kind="sign-in").order_by("number").values_list("body")
    return [json.loads(text)["deed"] for (text,) in bodies]


def test_role_that_needs_one_does_nothing_before(client: Client, auditor: User) -> None:
    enter(client)

    assert client.get("/staff/roles/").headers["Location"] == f"{INDEX}?next=%2Fstaff%2Froles%2F"
    assert client.post("/staff/1/stop/").headers["Location"] == INDEX
    assert client.get("/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == INDEX
    assert "设置动态码" in client.get(INDEX).content.decode()


def test_demonstration_asks_for_none(client: Client, auditor: User, settings: Settings) -> None:
    settings.DEMO = True
    enter(client)

    assert client.get("/staff/roles/").status_code == 200


def test_role_of_later_days_asks_for_none_yet(client: Client, county: int) -> None:
    user = make_person(Role.AUDITOR, area_id=county, name="zhouzhiyuan")
    Authenticator.objects.all().delete()
    user.posts.update(valid_from="2099-01-01")
    enter(client)

    assert client.get("/staff/roles/").status_code == 200


def test_phone_is_set_up_and_asked_for_from_then_on(
    client: Client, auditor: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up(client)
    assert client.get("/staff/roles/").status_code == 200
    kept = str(Authenticator.objects.get(type="totp").data)
    assert (secret in kept, "zhouzhiyuan" in kept) == (False, False)

    later = Client()
    assert enter(later).headers["Location"] == "/accounts/2fa/authenticate/"
    assert later.get("/").headers["Location"] == f"{LOGIN}?next=/"
    assert "填 6 位动态码" in later.get("/accounts/2fa/authenticate/").content.decode()
    wrong = later.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "动态码不对或已过期" in wrong.content.decode()
    code = code_of(secret, 1)
    assert later.post("/accounts/2fa/authenticate/", {"code": code}).headers["Location"] == "/"
    assert later.get("/staff/roles/").status_code == 200

    # Who looked over the shoulder cannot use the code again, nor one from before, in any process.
    for old in (code, code_of(secret)):
        cache.clear()
        third = Client()
        enter(third)
        third.post("/accounts/2fa/authenticate/", {"code": old})
        assert "_auth_user_id" not in third.session
    expected = ["in", "totp-activated", "failed-code", "in", "failed-code", "failed-code"]
    assert deeds() == expected


def test_wrong_code_sets_up_nothing(client: Client, auditor: User) -> None:
    enter(client)
    client.post(f"{AGAIN}?next={ACTIVATE}", {"password": PASSWORD})
    client.get(ACTIVATE)

    answer = client.post(ACTIVATE, {"code": "12345"})

    assert "动态码不对或已过期" in answer.content.decode()
    assert Authenticator.objects.count() == 0


def test_setting_up_asks_for_the_password_again(client: Client, auditor: User) -> None:
    enter(client)

    assert (
        client.get(ACTIVATE).headers["Location"] == f"{AGAIN}?next={ACTIVATE.replace('/', '%2F')}"
    )
    wrong = client.post(AGAIN, {"password": "not-the-word-1"})
    assert "密码不对" in wrong.content.decode() or "还能试 4 次" in wrong.content.decode()


def test_guessing_codes_is_stopped(client: Client, auditor: User) -> None:
    set_up(client)
    thief = Client()
    enter(thief)

    said = [
        thief.post("/accounts/2fa/authenticate/", {"code": f"00000{n}"}).content.decode()
        for n in range(6)
    ]

    assert ["请过 5 分钟再试" in text for text in said] == [False] * 5 + [True]


def test_recovery_code_opens_once(client: Client, auditor: User) -> None:
    set_up(client)
    codes = re.findall(
        r"<li><code>(\d{8})</code></li>",
        client.get("/accounts/2fa/recovery-codes/").content.decode(),
    )
    assert len(codes) == 10
    kept = str(Authenticator.objects.get(type="recovery_codes").data)
    assert [code for code in codes if code in kept] == []

    for expected in ("/", None):
        later = Client()
        enter(later)
        answer = later.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert answer.headers.get("Location") == expected


def test_recovery_codes_are_printed_and_made_anew(client: Client, auditor: User) -> None:
    set_up(client)

    text = client.get("/accounts/2fa/recovery-codes/download/").content.decode()
    assert len(re.findall(r"^\d{8}$", text, re.MULTILINE)) == 10
    assert "10 个没用" in client.get("/accounts/2fa/recovery-codes/generate/").content.decode()
    client.post("/accounts/2fa/recovery-codes/generate/")
    again = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert set(re.findall(r"\d{8}", text)).isdisjoint(re.findall(r"<code>(\d{8})", again))


def test_who_gives_up_the_phone_must_set_up_another(client: Client, auditor: User) -> None:
    set_up(client)
    assert "取消后登录不再问动态码" in client.get("/accounts/2fa/totp/deactivate/").content.decode()

    client.post("/accounts/2fa/totp/deactivate/")

    assert client.get("/").headers["Location"] == f"{INDEX}?next=%2F"
    assert deeds()[-1] == "totp-deactivated"


def test_passkeys_are_offered_without_inline_script(client: Client, auditor: User) -> None:
    page = client.get(LOGIN)
    text = page.content.decode()
    assert "用通行密钥" in text
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text) == []
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    asked = client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    assert asked.json()["request_options"]["publicKey"]["rpId"] == "testserver"

    set_up(client)
    form = client.get("/accounts/2fa/webauthn/add/").content.decode()
    options = re.search(r'id="passkey-data">(.*?)</script>', form)
    assert options is not None
    user = json.loads(options[1])["creation_options"]["publicKey"]["user"]
    assert user["name"] == "zhouzhiyuan"
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", form) == []
    assert "还没有通行密钥" in client.get("/accounts/2fa/webauthn/").content.decode()
    again = client.get("/accounts/2fa/reauthenticate/").content.decode()
    assert "6 位动态码，或一个备用码" in again


@pytest.mark.parametrize("credential", ["", "null", "{}", "not json", '{"id": "x"}'])
def test_false_passkey_opens_nothing(client: Client, auditor: User, credential: str) -> None:
    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})

    assert (answer.status_code, "_auth_user_id" in client.session) == (302, False)
