"""The pages of people and posts: who sees whom, what is done, what is refused."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.areas.tests.builders import area
from gongjian.core.days import today
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.ledgers.tests.city import SECOND, UNION, told
from gongjian.web.staff.tests.desk import clerk, in_days, last, text
from gongjian.web.tests.people import FIRST_DAY, make_person, signed_in

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------ who sees whom


def test_list_has_the_people_of_the_area_and_no_others(client: Client, chief: User) -> None:
    clerk()
    clerk("wanger", "512")

    shown = text(client.get("/staff/"))

    assert re.findall(r'<th scope="row"><a href="[^"]+">(\w+)</a>', shown) == ["chief", "lifang"]
    assert "潼川镇 · 乡镇街道经办人" in shown


def test_list_is_searched_paged_and_shows_the_stopped(
    client: Client, chief: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        clerk(f"one{number:02}")
    User.objects.filter(username="one07").update(is_active=False)

    with django_assert_max_num_queries(16):
        first = text(client.get("/staff/?q=ONE"))
    names = re.findall(r">(one\d\d)</a>", first)
    assert (len(names), names[0], names[-1]) == (50, "one00", "one50")
    then = re.search(r'rel="next" href="([^"]+)"', first)
    assert then is not None
    assert re.findall(r">(one\d\d)</a>", text(client.get(then[1].replace("&amp;", "&")))) == [
        f"one{n}" for n in range(51, 60)
    ]
    assert re.findall(r">(one\d\d)</a>", text(client.get("/staff/?stopped=1"))) == ["one07"]
    assert "没有这样的人" in text(client.get("/staff/?q=nobody"))


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_others_manage_nobody(client: Client, role: Role) -> None:
    signed_in(client, role, area_id=area("51"))
    post = clerk().posts.get()

    pages = ["", "new/", f"{post.user_id}/", f"{post.user_id}/posts/new/", f"posts/{post.pk}/end/"]
    deeds = ["password/", "stop/", "resume/", "second-factor/"]

    assert [client.get(f"/staff/{p}").status_code for p in pages] == [403] * 5
    assert [client.post(f"/staff/{post.user_id}/{d}").status_code for d in deeds] == [403] * 4
    assert client.get("/staff/roles/").status_code == 200


def test_people_elsewhere_do_not_exist(client: Client, chief: User) -> None:
    other = clerk("wanger", "512")
    post = other.posts.get()
    end = {"day": in_days(1).isoformat()}

    answers = [
        client.get(f"/staff/{other.pk}/"),
        client.get("/staff/99999/"),
        client.post(f"/staff/{other.pk}/password/"),
        client.post(f"/staff/{other.pk}/stop/"),
        client.get(f"/staff/{other.pk}/hand-over/"),
        client.post(f"/staff/posts/{post.pk}/end/", end),
        client.post(f"/staff/posts/{post.pk}/stand-in/", {}),
        client.post(f"/staff/{other.pk}/posts/new/", {}),
    ]

    assert [a.status_code for a in answers] == [404] * 8
    assert "wanger" not in "".join(map(text, answers))
    post.refresh_from_db()
    assert (post.valid_to, User.objects.get(pk=other.pk).is_active) == (None, True)


def test_union_officers_belong_to_the_area_of_their_union(client: Client, chief: User) -> None:
    for code, name, place in ((UNION, "甲公司工会", "5111"), (SECOND, "乙公司工会", "512")):
        told("unions", {"工会代码": code, "工会名称": name, "工会类型": "单独基层工会",
                        "所属区划": place, "建会日期": date(2008, 6, 1)})  # fmt: skip
    form = {"username": "jiang", "role": "union-officer", "place": "甲公司工会"}
    assert client.post("/staff/new/", form).status_code == 200
    officer = User.objects.get(username="jiang")

    assert "甲公司工会 · 工会干部" in text(client.get("/staff/"))
    assert client.get(f"/staff/{officer.pk}/").status_code == 200
    assert (
        client.post("/staff/new/", form | {"username": "luo", "place": SECOND}).status_code == 404
    )
    unknown = make_person(Role.UNION_OFFICER, union_id=77, name="nowhere")
    assert client.get(f"/staff/{unknown.pk}/").status_code == 404


# ------------------------------------------------------------------ adding, posts


def test_new_person_gets_a_password_that_is_shown_once(client: Client, chief: User) -> None:
    form = {"username": "lifang", "role": "township-clerk", "place": "潼川镇"}

    answer = client.post("/staff/new/", form)

    shown = re.search(r'<code class="staff-once">([a-z2-9-]{19})</code>', text(answer))
    assert shown is not None
    user = User.objects.get(username="lifang")
    assert (user.check_password(shown[1]), user.must_change_password) == (True, True)
    assert user.posts.get().area_id == area("5111")
    assert "no-store" in answer.headers["Cache-Control"]
    assert shown[1] not in text(client.get(f"/staff/{user.pk}/"))
    assert shown[1] not in "".join(TrailRecord.objects.values_list("body", flat=True))
    again = client.post("/staff/new/", form)
    assert (again.status_code, User.objects.filter(username="lifang").count()) == (422, 1)
    assert "用户名“lifang”已经有人使用，请换一个。" in text(again)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"username": ""}, "请填写用户名。"),
        ({"username": "李 芳"}, "用户名“李 芳”无效"),
        ({"role": "emperor"}, "没有“emperor”这个角色，请另选。"),
        ({"place": ""}, "请填写区划或工会。"),
        ({"place": "蓬莱"}, "没有找到区划或工会“蓬莱”，请填代码或全称。"),
    ],
)
def test_wrong_new_person_is_told_in_a_sentence(
    client: Client, chief: User, wrong: dict[str, str], said: str
) -> None:
    form = {"username": "lifang", "role": "township-clerk", "place": "5111"} | wrong

    answer = client.post("/staff/new/", form)

    assert (answer.status_code, said in text(answer)) == (422, True)
    assert User.objects.count() == 2


def test_post_outside_is_nowhere(client: Client, chief: User) -> None:
    form = {"username": "lifang", "role": "township-clerk", "place": "512"}
    assert client.post("/staff/new/", form).status_code == 404


def test_post_is_given_with_days(client: Client, chief: User) -> None:
    user = clerk()
    form = {"role": "inspector", "place": "511", "valid_from": in_days(3).isoformat(),
            "valid_to": in_days(9).isoformat()}  # fmt: skip

    assert client.post(f"/staff/{user.pk}/posts/new/", form).headers["Location"] == (
        f"/staff/{user.pk}/"
    )

    post = user.posts.get(role="inspector")
    assert (post.valid_from, post.valid_to, post.area_id) == (in_days(3), in_days(9), area("511"))
    assert last() == {
        "deed": "give-post", "post": post.pk, "user": user.pk, "username": "lifang",
        "role": "inspector", "area": area("511"), "union": None, "stands_in_for": None,
        "from": in_days(3).isoformat(), "to": in_days(9).isoformat(), "actor": chief.pk,
        "name": "chief",
    }  # fmt: skip
    shown = text(client.get(f"/staff/{user.pk}/"))
    assert ("未到任" in shown, f"已给“{user}”派岗位。" in shown) == (True, True)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"valid_from": "2011-02-30"}, "“2011-02-30”不是有效日期"),
        ({"valid_from": ""}, "请填写任职起。"),
        ({"valid_to": "2012-01-01"}, "岗位从 2012-01-01 起，不能在 2012-01-01 就不再任职"),
        ({"valid_to": "2011-12-31"}, "岗位从 2012-01-01 起，不能在 2011-12-31 就不再任职"),
        ({"valid_from": "1066-10-14"}, "太早或太晚"),
        ({"role": "township-clerk", "place": "5111"}, "已有同样的岗位"),
        ({"place": "519"}, "尚未启用或已经停用"),
    ],
)
def test_wrong_post_is_told_in_a_sentence(
    client: Client, chief: User, days: dict[str, str], said: str
) -> None:
    user = clerk()
    form = {"role": "inspector", "place": "511", "valid_from": "2012-01-01", "valid_to": ""} | days

    answer = client.post(f"/staff/{user.pk}/posts/new/", form)

    if days.get("place") == "519":  # what no longer is lies within nothing
        assert answer.status_code == 404
    else:
        assert (answer.status_code, said in text(answer)) == (422, True)
    assert user.posts.count() == 1


@pytest.mark.parametrize("moment", ["at=2011-12-25", "known=1"])
def test_nothing_is_done_on_a_page_of_the_past(client: Client, chief: User, moment: str) -> None:
    user = clerk()

    answers = [
        client.post(f"/staff/{user.pk}/stop/?{moment}"),
        client.post(f"/staff/{user.pk}/password/?{moment}"),
        client.post(f"/staff/posts/{user.posts.get().pk}/end/?{moment}", {"day": "2099-01-01"}),
    ]

    assert [a.status_code for a in answers] == [422] * 3
    assert all("请回到今天再办" in text(a) for a in answers)
    assert TrailRecord.objects.filter(kind__in=("user", "post")).count() == 0


def test_nobody_gives_a_post_to_herself(client: Client, chief: User) -> None:
    form = {"role": "county-organiser", "place": "511", "valid_from": "2012-01-01"}

    answer = client.post(f"/staff/{chief.pk}/posts/new/", form)

    assert (answer.status_code, "不能给自己派岗位" in text(answer)) == (422, True)


def test_post_ends_on_a_day(client: Client, chief: User) -> None:
    post = clerk().posts.get()
    address = f"/staff/posts/{post.pk}/end/"
    assert "不再任职" in text(client.get(address))

    assert client.post(address, {"day": in_days(5).isoformat()}).status_code == 302

    post.refresh_from_db()
    assert (post.valid_to, last()["deed"], last()["to"]) == (
        in_days(5), "end-post", in_days(5).isoformat(),
    )  # fmt: skip
    wrong = client.post(address, {"day": FIRST_DAY.isoformat()})
    assert (wrong.status_code, "请填更晚的日期" in text(wrong)) == (422, True)
    Post.objects.filter(pk=post.pk).update(valid_to=today())
    assert "不用再结束" in text(client.post(address, {"day": in_days(5).isoformat()}))


def test_work_is_handed_over_in_one_deed(client: Client, chief: User) -> None:
    leaving, coming = clerk(), clerk("wangmin", "511")
    Post.objects.create(
        user=leaving, role="grid-worker", area_id=area("5111"), valid_from=FIRST_DAY,
        valid_to=in_days(40),
    )  # fmt: skip
    before = TrailRecord.objects.count()
    address = f"/staff/{leaving.pk}/hand-over/"
    shown = text(client.get(address))
    ids = re.findall(r'name="posts" value="(\d+)"', shown)
    assert (len(ids), f'name="day" value="{today()}"' in shown) == (2, True)

    client.post(address, {"posts": ids, "to": "wangmin", "day": in_days(7).isoformat()})

    assert {p.valid_to for p in leaving.posts.all()} == {in_days(7)}
    taken = coming.posts.filter(valid_from=in_days(7)).order_by("role")
    assert [(p.role, p.area_id, p.valid_to) for p in taken] == [
        ("grid-worker", area("5111"), in_days(40)),
        ("township-clerk", area("5111"), None),
    ]
    assert TrailRecord.objects.count() == before + 1
    assert (last()["deed"], len(last()["posts"]), last()["to_name"]) == ("hand-over", 2, "wangmin")
    assert trail.verify().ok is True


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"to": "nobody"}, "没有名为“nobody”的用户"),
        ({"to": "lifang"}, "岗位现在就由“lifang”担任"),
        ({"to": "chief"}, "不能给自己派岗位"),
        ({"to": "gone"}, "“gone”的账号已经停用"),
        ({"posts": []}, "请至少选一个要交接的岗位。"),
        ({"posts": ["99999"]}, "选中的岗位已经变了"),
        ({"day": "1999-12-31"}, "请填更晚的日期"),
    ],
)
def test_hand_over_is_whole_or_not_at_all(
    client: Client, chief: User, wrong: dict[str, Any], said: str
) -> None:
    leaving = clerk()
    clerk("wangmin", "511")
    User.objects.filter(pk=clerk("gone").pk).update(is_active=False)
    form = {"posts": [str(leaving.posts.get().pk)], "to": "wangmin", "day": in_days(1).isoformat()}
    kept = list(Post.objects.order_by("pk").values())

    answer = client.post(f"/staff/{leaving.pk}/hand-over/", form | wrong)

    assert (answer.status_code, said in text(answer)) == (422, True)
    assert list(Post.objects.order_by("pk").values()) == kept


def test_substitute_takes_the_post_for_some_days(client: Client, chief: User) -> None:
    away, other = clerk(), clerk("wangmin", "511")
    post = away.posts.get()
    form = {"substitute": "wangmin", "valid_from": in_days(1).isoformat(), "valid_to": ""}
    address = f"/staff/posts/{post.pk}/stand-in/"
    assert "请填写不再代岗。" in text(client.post(address, form))

    client.post(address, form | {"valid_to": in_days(8).isoformat()})

    found = other.posts.get(stands_in_for=away)
    assert (found.role, found.area_id, found.valid_from, found.valid_to) == (
        "township-clerk", area("5111"), in_days(1), in_days(8),
    )  # fmt: skip
    assert (last()["deed"], last()["stands_in_for"]) == ("stand-in", away.pk)
    post.refresh_from_db()
    assert post.valid_to is None
    assert "（代lifang）" in text(client.get("/staff/"))
    own = client.post(address, form | {"substitute": "lifang", "valid_to": in_days(8).isoformat()})
    assert (own.status_code, "不能代自己的岗" in text(own)) == (422, True)
