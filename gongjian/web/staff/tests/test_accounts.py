"""Accounts on the pages of people: passwords, stopping, the second factor; the page of roles."""

import re

import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from django.test import Client, RequestFactory

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.rules import DEEDS, RULES
from gongjian.areas.tests.builders import area
from gongjian.core.access import Permission
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.signin.adapters import DoorAdapter
from gongjian.web.staff.tests.desk import clerk, in_days, last, text
from gongjian.web.tests.people import make_person, sign_in, signed_in

pytestmark = pytest.mark.django_db


def test_reset_password_ends_sign_ins_and_is_shown_once(client: Client, chief: User) -> None:
    user, theirs = clerk(), Client()
    sign_in(theirs, user)
    assert theirs.get("/").status_code == 200

    answer = client.post(f"/staff/{user.pk}/password/")

    shown = re.search(r'<code class="staff-once">([a-z2-9-]{19})</code>', text(answer))
    assert shown is not None
    user.refresh_from_db()
    assert (user.check_password(shown[1]), user.must_change_password) == (True, True)
    assert theirs.get("/").status_code == 302
    assert (last()["deed"], shown[1] in str(last())) == ("reset-password", False)


def test_reset_password_takes_away_what_opens_the_door_without_one(
    client: Client, chief: User
) -> None:
    user = make_person(Role.AUDITOR, area_id=area("511"), name="zhou")
    for kind in (Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=user, type=kind, data={})

    answer = client.post(f"/staff/{user.pk}/password/")

    assert "原来的已经取消" in text(answer)
    assert Authenticator.objects.filter(user=user).count() == 0
    assert (last()["deed"], last()["factors_removed"]) == ("reset-password", 3)


def test_reset_password_opens_the_lock(client: Client, chief: User) -> None:
    user, theirs = clerk(), Client()
    for _ in range(5):
        theirs.post("/accounts/login/", {"login": "lifang", "password": "wrong-wrong-1"})

    shown = re.search(r"once\">([a-z2-9-]{19})<", text(client.post(f"/staff/{user.pk}/password/")))

    assert shown is not None
    entered = theirs.post("/accounts/login/", {"login": "lifang", "password": shown[1]})
    assert entered.status_code == 302


def test_stopped_account_is_out_at_once_and_comes_back(client: Client, chief: User) -> None:
    user, theirs = clerk(), Client()
    sign_in(theirs, user)

    client.post(f"/staff/{user.pk}/stop/")
    assert (theirs.get("/").status_code, last()["deed"]) == (302, "stop")
    twice = client.post(f"/staff/{user.pk}/stop/")
    assert (twice.status_code, "不用再停" in text(twice)) == (422, True)

    client.post(f"/staff/{user.pk}/resume/")
    assert (User.objects.get(pk=user.pk).is_active, last()["deed"]) == (True, "resume")
    assert client.post(f"/staff/{user.pk}/resume/").status_code == 422
    assert theirs.get("/").status_code == 302  # what was signed in before stays out
    sign_in(theirs, User.objects.get(pk=user.pk))
    assert theirs.get("/").status_code == 200


def test_a_password_chosen_just_now_does_not_undo_a_stop(
    client: Client, chief: User, rf: RequestFactory
) -> None:
    user = clerk()
    client.post(f"/staff/{user.pk}/stop/")
    with request_context(rf.get("/")):
        DoorAdapter().set_password(user, "rice-and-tea-2012")  # read before it was stopped
    kept = User.objects.get(pk=user.pk)
    assert (kept.is_active, kept.stops) == (False, 1)
    assert kept.check_password("rice-and-tea-2012")


def test_second_factor_is_taken_from_who_lost_it(client: Client, chief: User) -> None:
    user = make_person(Role.AUDITOR, area_id=area("511"), name="zhou")

    client.post(f"/staff/{user.pk}/second-factor/")

    assert (Authenticator.objects.filter(user=user).count(), last()["deed"]) == (
        0, "remove-second-factor",
    )  # fmt: skip
    assert client.post(f"/staff/{user.pk}/second-factor/").status_code == 422


@pytest.mark.parametrize("deed", ["password", "stop", "second-factor"])
def test_nobody_does_it_to_herself(client: Client, chief: User, deed: str) -> None:
    answer = client.post(f"/staff/{chief.pk}/{deed}/")

    assert (answer.status_code, "不能给自己" in text(answer)) == (422, True)


@pytest.mark.parametrize("deed", ["password", "stop", "second-factor"])
def test_county_reaches_no_account_that_reaches_further(
    client: Client, chief: User, deed: str
) -> None:
    user = clerk()
    Post.objects.create(
        user=user, role="city-organiser", area_id=area("51"), valid_from=in_days(30)
    )

    answer = client.post(f"/staff/{user.pk}/{deed}/")

    assert (answer.status_code, "范围之外还有岗位" in text(answer)) == (422, True)
    assert "另有 1 个在您的管理范围之外" in text(client.get(f"/staff/{user.pk}/"))


def test_last_administrator_stays(client: Client, chief: User) -> None:
    city = User.objects.get(username="city")
    other = signed_in(client, Role.ADMINISTRATOR, area_id=area("51"), name="other")
    post = city.posts.get()
    Post.objects.filter(user=other).update(valid_to=in_days(100))

    stopping = client.post(f"/staff/{city.pk}/stop/")
    ending = client.post(f"/staff/posts/{post.pk}/end/", {"day": in_days(9).isoformat()})

    assert [(a.status_code, "最后一位系统管理员" in text(a)) for a in (stopping, ending)] == [
        (422, True)
    ] * 2
    # One in a county has the city above; and who takes over is an administrator, too.
    county = chief.posts.get()
    assert client.post(f"/staff/posts/{county.pk}/end/", {"day": in_days(9).isoformat()}
                       ).status_code == 302  # fmt: skip
    clerk("heir", "511")
    form = {"posts": [str(post.pk)], "to": "heir", "day": in_days(9).isoformat()}
    assert client.post(f"/staff/{city.pk}/hand-over/", form).status_code == 302


# ------------------------------------------------------------------ roles


def test_page_of_roles_says_what_the_rules_say(client: Client) -> None:
    signed_in(client, Role.LEADER, area_id=area("51"))

    shown = text(client.get("/staff/roles/"))

    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', shown, re.DOTALL)
    said = {
        role: [word == "能" for word in re.findall(r'<span class="sr">(能|不能)</span>', cells)]
        for role, cells in rows
    }
    assert said == {
        role.label: [deed in rule.permissions for deed in DEEDS] for role, rule in RULES.items()
    }
    assert set(DEEDS) == set(Permission)
    assert all(rule.description in shown for rule in RULES.values())
    only = {role: re.findall(r"<small[^>]*>(.*?)</small>", cells) for role, cells in rows}
    assert {role: words for role, words in only.items() if words} == {
        "网格员": ["只限用人单位台账"]
    }


def test_roles_name_ledgers_that_there_are() -> None:
    named = [rule.ledgers for rule in RULES.values() if rule.ledgers is not None]

    assert named
    assert frozenset().union(*named) <= {ledger.slug for ledger in LEDGERS}


def test_the_office_telephone_is_filled_in_on_a_page_of_its_own(
    client: Client, chief: User
) -> None:
    user = clerk()

    assert "未登记" in text(client.get(f"/staff/{user.pk}/"))
    wrong = client.post(f"/staff/{user.pk}/phone/", {"phone": "很多"})
    assert (wrong.status_code, "“很多”不是电话号码" in text(wrong)) == (422, True)
    right = client.post(f"/staff/{user.pk}/phone/", {"phone": "0816-2222222"})
    assert right.status_code == 302
    assert "0816-2222222" in text(client.get(f"/staff/{user.pk}/"))
    assert 'value="0816-2222222"' in text(client.get(f"/staff/{user.pk}/phone/"))
