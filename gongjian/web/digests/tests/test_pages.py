"""One's own choice of mail, and what an administrator sees of it."""

from datetime import date
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from gongjian.accounts.enums import MailWish, Role
from gongjian.accounts.models import User
from gongjian.areas.tests.builders import area
from gongjian.core.days import today
from gongjian.history.models import TrailRecord
from gongjian.reporting.tests.months import CITY, TOWN, opened
from gongjian.web.digests.console import Stderr
from gongjian.web.digests.letters import body, subject
from gongjian.web.digests.models import Digest, DigestState
from gongjian.web.digests.queries import Content, Told
from gongjian.web.tests.people import make_person, signed_in

pytestmark = pytest.mark.django_db


def text(answer: object) -> str:
    page = BeautifulSoup(answer.content, "html.parser")  # type: ignore[attr-defined]
    return " ".join(page.select("main")[0].get_text(" ", strip=True).split())


def clerk() -> tuple[Client, User]:
    opened()
    client = Client()
    return client, signed_in(client, Role.TOWNSHIP_CLERK, area_id=area(TOWN))


def test_somebody_chooses_and_the_trail_says_that_and_not_what(settings: Settings) -> None:
    client, user = clerk()
    assert "还没有设置发信服务器" in text(client.get("/mail/"))
    settings.EMAIL_HOST = "mail.example.org"
    assert "还没有设置发信服务器" not in text(client.get("/mail/"))
    sent = {"email": "wangmin@example.org", "wish": "daily"}
    assert client.post("/mail/", sent).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.mail_wish) == ("wangmin@example.org", MailWish.DAILY)
    (link,) = TrailRecord.objects.filter(kind="user")
    assert '"deed":"set-email"' in link.body
    assert "example.org" not in link.body
    assert client.post("/mail/", sent | {"wish": "none"}).status_code == 302
    assert TrailRecord.objects.filter(kind="user").count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"email": "wang", "wish": "daily"}, "“wang”不是邮箱地址"),
        ({"email": "王敏@example.org", "wish": "daily"}, "“王敏@example.org”"),
        ({"email": "a@b.org\nBcc: c@b.org", "wish": "daily"}, "不是邮箱地址"),
        ({"email": "", "wish": "daily"}, "要收邮件，请填邮箱"),
        ({"email": "a@example.org", "wish": "often"}, "没有“often”这种选法"),
        ({"email": "a@example.org"}, "请选什么时候发邮件"),
        (
            {
                "email": f"a@{'℡' * 20}.{'℡' * 20}.{'℡' * 20}.{'℡' * 20}.{'℡' * 20}.cn",
                "wish": "daily",
            },
            "邮件服务器不认的写法",
        ),
        ({"email": "a@elsewhere.org", "wish": "daily"}, "邮件只发到 example.org"),
    ],
)
def test_what_cannot_be_chosen(settings: Settings, sent: dict[str, str], said: str) -> None:
    settings.MAIL_DOMAINS = frozenset({"example.org"})
    client, user = clerk()
    answer = client.post("/mail/", sent)
    assert answer.status_code == 422
    assert said in text(answer)
    user.refresh_from_db()
    assert (user.email, user.mail_wish) == ("", MailWish.NONE)


def test_an_administrator_puts_down_an_address() -> None:
    _, user = clerk()
    client = Client()
    signed_in(client, Role.ADMINISTRATOR, area_id=area(CITY))
    address = f"/staff/{user.pk}/email/"
    assert "收不收邮件由本人" in text(client.get(address))
    assert client.post(address, {"email": "x"}).status_code == 422
    assert client.post(address, {"email": "a@example.org"}).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.mail_wish) == ("a@example.org", MailWish.NONE)
    assert "a@example.org" in text(client.get(f"/staff/{user.pk}/"))


def test_an_administrator_sees_what_did_not_go_out(settings: Settings) -> None:
    _, user = clerk()
    elsewhere = make_person(Role.TOWNSHIP_CLERK, union_id=987_654)
    for one in (user, elsewhere):
        Digest.objects.create(
            person=one,
            day=today(),
            state=DigestState.FAILED,
            tries=4,
            sentence="连不上邮件服务器。",
        )
    client = Client()
    signed_in(client, Role.ADMINISTRATOR, area_id=area(CITY))
    assert "有 1 封邮件没有发出" in text(client.get("/jobs/"))
    said = text(client.get("/jobs/mail/"))
    assert f"{user.username} {today()} 没有发出 试了 4 次 连不上邮件服务器。" in said
    assert elsewhere.username not in said
    assert "还没有设置发信服务器" in said
    settings.EMAIL_HOST, settings.EMAIL_PORT = "mail.example.org", 587
    settings.EMAIL_USE_TLS = True
    assert "mail.example.org:587（STARTTLS）" in text(client.get("/jobs/mail/"))


def test_jobs_of_others_say_nothing_of_mail() -> None:
    client, _ = clerk()
    assert "邮件" not in text(client.get("/jobs/"))
    assert client.get("/jobs/mail/").status_code == 403


def test_a_long_list_is_cut_and_counts_all() -> None:
    day = date(2026, 11, 23)
    lines = [Told(f"第{n}件", "报送", day, raised=n == 0) for n in range(25)]
    content = Content(today=lines, later=3, notices=[Told("甲", "退回")])
    assert subject(content) == "工建：今天到期 25 件，新通知 1 条"
    said = body("王敏", day, content)
    assert "  1. 第0件：报送，期限 2026-11-23（下级逾期转来）\n" in said
    assert "  ……还有 5 件" in said
    assert "期限在本周以后或没有期限的还有 3 件。" in said
    assert "没有看过的通知（1 条）\n  1. 甲：退回" in said
    assert "请登录工建" in said


def test_without_a_server_mail_is_read_on_stderr_and_not_kept_by_a_service(
    settings: Settings,
) -> None:
    settings.DEBUG = True
    stream = StringIO()
    mail = EmailMessage(subject="工建：逾期 1 件", body="月报", to=["a@example.org"])
    assert Stderr(stream=stream).send_messages([mail]) == 1
    assert stream.getvalue().startswith("To: a@example.org\nSubject: 工建：逾期 1 件\n\n月报")
    settings.DEBUG = False
    stream = StringIO()
    assert Stderr(stream=stream).send_messages([mail]) == 1
    assert stream.getvalue() == ""
