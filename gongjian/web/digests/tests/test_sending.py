"""Digests over a real conversation with a mail server, and what becomes of those that fail."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.mail import get_connection
from pytest_django import DjangoAssertNumQueries, Settings

from gongjian.accounts.enums import MailWish, Role
from gongjian.accounts.models import Post, User
from gongjian.areas.tests.builders import area
from gongjian.core.days import SHANGHAI
from gongjian.jobs.living import identity
from gongjian.reporting.tests.months import (
    CITY,
    COUNTY,
    OTHER,
    TOWN,
    opened,
    organiser,
    report,
)
from gongjian.web.digests.jobs import prune_digests
from gongjian.web.digests.models import Digest, DigestState
from gongjian.web.digests.queries import contents
from gongjian.web.digests.sending import PAUSES, _sent, send_digests
from gongjian.web.digests.tests.postbox import Postbox, postbox
from gongjian.web.tests.people import FIRST_DAY, make_person
from gongjian.workflow.notices import urge

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=SHANGHAI)
"""A Monday."""


@pytest.fixture
def box(settings: Settings) -> Iterator[Postbox]:
    """A server that takes our mail."""
    with postbox() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "工建 <gongjian@example.org>"
        yield found


def wanting(
    code: str = TOWN,
    wish: MailWish = MailWish.DAILY,
    role: Role = Role.TOWNSHIP_CLERK,
    email: str = "wangmin@example.org",
) -> User:
    """A person with a wish."""
    person = make_person(role, area_id=area(code))
    User.objects.filter(pk=person.pk).update(email=email, mail_wish=wish)
    return person


def state(person: User) -> str:
    return Digest.objects.get(person=person).state


def sentence(person: User) -> str:
    return Digest.objects.get(person=person).sentence


def test_a_digest_travels_once(box: Postbox, settings: Settings) -> None:
    opened()
    settings.PUBLIC_ADDRESS = "https://gongjian.example.org"
    person = wanting()
    assert send_digests(MORNING) == 1
    assert send_digests(MORNING + timedelta(hours=1)) == 0
    ((to, mail),) = box.mails
    assert to == "wangmin@example.org"
    assert mail["Subject"] == "工建：逾期 1 件"
    assert mail["From"] == "工建 <gongjian@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == MORNING
    assert mail["Message-ID"] == f"<digest.{Digest.objects.get().pk}.20261123@example.org>"
    assert mail.get_content_type() == "text/plain"
    said = mail.get_content()
    assert said.startswith(f"{person.username}，您好：")
    assert "2026-11-23 星期一" in said
    assert "  1. 城厢街道 2011 年 6 月月报：报送，期限 2011-06-25，已过 5630 天" in said
    assert "去办理：https://gongjian.example.org/todos/" in said
    assert state(person) == DigestState.SENT


def test_a_mail_holds_titles_and_days_and_nothing_that_was_written(box: Postbox) -> None:
    opened()
    wanting()
    urge([report().pk], by=organiser(), text="安家的身份证 510703198503021234 补上")
    assert send_digests(MORNING) == 1
    ((_, mail),) = box.mails
    assert mail["Subject"] == "工建：逾期 1 件，新通知 1 条"
    said = mail.get_content()
    assert "  1. 城厢街道 2011 年 6 月月报：上级催办“报送”" in said
    assert "510703198503021234" not in said
    assert "安家" not in said


def test_mail_goes_out_on_working_days_between_hours(box: Postbox) -> None:
    opened()
    wanting()
    for moment in (
        MORNING.replace(hour=7, minute=29),
        MORNING.replace(hour=20),
        MORNING - timedelta(days=1),  # a Sunday
    ):
        assert send_digests(moment) == 0
    assert not Digest.objects.exists()
    assert send_digests(MORNING.replace(hour=7, minute=30)) == 1


def test_nobody_is_mailed_who_did_not_ask_or_has_nothing(box: Postbox) -> None:
    opened()
    wanting(wish=MailWish.NONE)
    wanting(email="")
    stopped = wanting()
    User.objects.filter(pk=stopped.pk).update(is_active=False)
    idle = wanting(CITY, role=Role.LEADER)
    assert send_digests(MORNING) == 0
    assert state(idle) == DigestState.NOTHING
    assert Digest.objects.count() == 1


def test_only_overdue_means_only_overdue(box: Postbox) -> None:
    opened()
    reviewer = wanting(COUNTY, MailWish.OVERDUE, Role.CITY_ORGANISER)
    clerk = wanting(OTHER, MailWish.OVERDUE)
    assert send_digests(MORNING) == 1
    assert (state(clerk), state(reviewer)) == (DigestState.SENT, DigestState.NOTHING)


def test_a_wish_taken_back_before_the_mail_goes(box: Postbox) -> None:
    opened()
    person = wanting()
    box.refused = {"wangmin@example.org"}
    send_digests(MORNING)
    User.objects.filter(pk=person.pk).update(mail_wish=MailWish.NONE)
    box.refused = set()
    assert send_digests(MORNING + PAUSES[0]) == 0
    assert state(person) == DigestState.NOTHING


def test_a_refused_address_is_tried_again_three_times_and_stops_nobody(box: Postbox) -> None:
    opened()
    lost = wanting(email="lost@example.org")
    found = wanting(OTHER, email="found@example.org")
    box.refused = {"lost@example.org"}
    assert send_digests(MORNING) == 1
    assert state(found) == DigestState.SENT
    moment = MORNING
    for pause in PAUSES:
        assert state(lost) == DigestState.WAITING
        assert send_digests(moment + pause - timedelta(seconds=1)) == 0
        moment += pause
        assert send_digests(moment) == 0
    assert state(lost) == DigestState.FAILED
    assert sentence(lost) == "邮件服务器不收这个邮箱（550），请核对邮箱。"
    assert Digest.objects.get(person=lost).tries == 4
    assert send_digests(moment + timedelta(hours=3)) == 0
    assert [to for to, _ in box.mails] == ["found@example.org"]


def test_a_refused_address_that_is_mended_gets_its_mail(box: Postbox) -> None:
    opened()
    person = wanting(email="lost@example.org")
    box.refused = {"lost@example.org"}
    send_digests(MORNING)
    box.refused = set()
    assert send_digests(MORNING + PAUSES[0]) == 1
    assert state(person) == DigestState.SENT


def test_a_dead_server_puts_all_off_and_is_asked_once(box: Postbox, settings: Settings) -> None:
    opened()
    one, other = wanting(), wanting(OTHER)
    port = box.port
    settings.EMAIL_PORT = 1
    assert send_digests(MORNING) == 0
    assert {state(one), state(other)} == {DigestState.WAITING}
    assert sentence(one) == "连不上邮件服务器，请核对发信设置和网络。"
    settings.EMAIL_PORT = port
    assert send_digests(MORNING + PAUSES[0]) == 2


def test_a_dead_server_is_given_up_in_the_end(box: Postbox, settings: Settings) -> None:
    opened()
    person, moment = wanting(), MORNING
    settings.EMAIL_PORT = 1
    send_digests(moment)
    for pause in PAUSES:
        moment += pause
        send_digests(moment)
    assert state(person) == DigestState.FAILED


def test_a_line_cut_after_the_text_is_not_sent_again(box: Postbox) -> None:
    opened()
    person = wanting()
    box.hangs_up = True
    assert send_digests(MORNING) == 0
    assert state(person) == DigestState.UNKNOWN
    box.hangs_up = False
    assert send_digests(MORNING + timedelta(hours=4)) == 0
    assert box.mails == []


def test_what_a_process_took_that_died_is_not_sent_again(box: Postbox) -> None:
    opened()
    person = wanting()
    host, _, rest = identity().partition("/")
    dead = f"{host}/{os.getpid()}/another beginning"
    taken = {"state": DigestState.SENDING, "next_at": MORNING, "taken_at": MORNING}
    Digest.objects.create(person=person, day=MORNING.date(), worker=f"{host}/{rest}", **taken)
    assert send_digests(MORNING) == 0
    assert state(person) == DigestState.SENDING
    Digest.objects.update(worker=dead)
    assert send_digests(MORNING) == 0
    assert state(person) == DigestState.UNKNOWN
    assert box.mails == []


def test_of_two_processes_one_sends(box: Postbox) -> None:
    opened()
    person, day = wanting(), MORNING.date()
    digest = Digest.objects.create(person=person, day=day, next_at=MORNING)
    Digest.objects.update(state=DigestState.SENDING, worker="elsewhere", taken_at=MORNING)
    content = contents([person.pk], day)[person.pk]
    assert content.wanted(MailWish.DAILY)
    digest.person.refresh_from_db()
    assert not _sent(digest, content, get_connection(), MORNING)
    assert state(person) == DigestState.SENDING
    assert box.mails == []


def test_what_another_day_left_is_not_sent_late(box: Postbox, settings: Settings) -> None:
    opened()
    person = wanting()
    settings.EMAIL_PORT = 1
    send_digests(MORNING)
    settings.EMAIL_PORT = box.port
    assert send_digests(MORNING + timedelta(days=1)) == 1
    states = Digest.objects.filter(person=person).order_by("day").values_list("state", flat=True)
    assert list(states) == [DigestState.FAILED, DigestState.SENT]


def test_an_address_that_no_mail_can_bear_is_not_tried(box: Postbox, settings: Settings) -> None:
    opened()
    injected = wanting(email="a@example.org\nBcc: b@example.org")
    settings.MAIL_DOMAINS = frozenset({"union.example.org"})
    elsewhere = wanting(OTHER)
    assert send_digests(MORNING) == 0
    assert (state(injected), state(elsewhere)) == (DigestState.FAILED, DigestState.FAILED)
    assert "union.example.org" in sentence(elsewhere)
    assert box.mails == []


def test_what_1200_people_are_told_takes_three_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    opened()
    users = User.objects.bulk_create(User(username=f"经办人{n}", password="!") for n in range(1200))
    Post.objects.bulk_create(
        Post(user=user, role=Role.TOWNSHIP_CLERK, area_id=area(TOWN), valid_from=FIRST_DAY)
        for user in users
    )
    with django_assert_num_queries(3):
        told = contents([user.pk for user in users], MORNING.date())
    assert {len(content.overdue) for content in told.values()} == {1}


def test_old_days_are_forgotten(box: Postbox) -> None:
    opened()
    person = wanting()
    old = MORNING.date() - timedelta(days=200)
    Digest.objects.create(person=person, day=old, state=DigestState.SENT)
    prune_digests()
    assert not Digest.objects.exists()
