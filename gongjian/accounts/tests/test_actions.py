"""Adding people: who may, what is refused, what is kept."""

import json
import re
from datetime import date
from typing import Any

import pytest

from gongjian.accounts.actions import add_user, first_password, set_phone
from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import Manager, actor_of
from gongjian.areas.tests.builders import Said, area, write_areas
from gongjian.core.access import OPERATOR, Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted, Refused, WrongUse
from gongjian.history import trail
from gongjian.history.models import TrailRecord

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def towns() -> None:
    write_areas(
        Said(code="51"),
        Said(code="511", parent="51"),
        Said(code="512", parent="51"),
        Said(code="519", parent="51", ends=date(2011, 1, 1)),
    )


def add(name: str = "zhang", by: Actor = OPERATOR, **place: int | None) -> tuple[User, str]:
    return add_user(
        name=name, role=Role.TOWNSHIP_CLERK, by=by, **(place or {"area_id": area("511")})
    )


def administrator_at(code: str) -> Actor:
    user, _ = add_user(name="admin", role=Role.ADMINISTRATOR, area_id=area(code), by=OPERATOR)
    return actor_of(user, today(), permission=Permission.MANAGE_PEOPLE)


def test_person_gets_a_post_and_a_password_that_works() -> None:
    user, password = add()

    assert User.objects.get(username="zhang").check_password(password) is True
    assert password not in user.password
    (post,) = Post.objects.all()
    assert (post.user, post.role, post.area_id, post.union_id, post.valid_from, post.valid_to) == (
        user,
        "township-clerk",
        area("511"),
        None,
        today(),
        None,
    )


def test_post_may_stand_at_a_union() -> None:
    user, _ = add(union_id=77)

    post = user.posts.get()
    assert (post.area, post.union_id) == (None, 77)


def test_adding_goes_on_the_trail_without_the_password() -> None:
    user, password = add()

    record = TrailRecord.objects.get(kind="user")
    assert json.loads(record.body) == {
        "deed": "add",
        "user": user.pk,
        "username": "zhang",
        "role": "township-clerk",
        "area": area("511"),
        "union": None,
        "from": today().isoformat(),
        "actor": None,
        "name": "系统操作员",
    }
    assert password not in record.body
    assert trail.verify().ok is True


def test_first_password_is_readable_and_never_the_same() -> None:
    passwords = {first_password() for _ in range(200)}

    assert len(passwords) == 200
    assert all(re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}", p) for p in passwords)


@pytest.mark.parametrize("name", ["zhang", " ｚｈａｎｇ "])
def test_name_in_use_is_refused(name: str) -> None:
    add()

    with pytest.raises(Refused) as refusal:
        add(name)

    assert refusal.value.sentence == "用户名“zhang”已经有人使用，请换一个。"
    assert (refusal.value.exit_status, User.objects.count()) == (1, 1)
    assert TrailRecord.objects.filter(kind="user").count() == 1


@pytest.mark.parametrize("name", ["", "  ", "张 三", "a" * 151, "a\nb", "x/y"])
def test_name_that_cannot_be_typed_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refusal:
        add(name)

    assert refusal.value.sentence == (
        f"用户名“{name}”无效，请用 1 至 150 个汉字、字母、数字或 . @ + - _ ·，中间不留空格。"
    )


def test_chinese_names_are_names() -> None:
    assert add("阿依古丽·买买提")[0].username == "阿依古丽·买买提"


def test_nobody_takes_the_name_of_the_operator() -> None:
    with pytest.raises(Refused) as refusal:
        add("系统操作员")

    assert refusal.value.sentence == "用户名“系统操作员”留给系统使用，请换一个。"


@pytest.mark.parametrize("place", [{"area_id": None}, {"area_id": 1, "union_id": 1}])
def test_post_stands_at_one_place(place: dict[str, Any]) -> None:
    with pytest.raises(WrongUse) as refusal:
        add(**place)

    assert refusal.value.sentence == ("用户“zhang”的岗位应在一个区划或一个工会，请只指定其中之一。")


def test_post_at_a_stopped_area_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        add(area_id=area("519"))

    assert refusal.value.sentence == (
        "用户“zhang”岗位所在的区划今天尚未启用或已经停用，请另选区划。"
    )


def test_administrator_adds_people_within_her_areas_only() -> None:
    by = administrator_at("511")

    assert add(by=by)[0].username == "zhang"
    with pytest.raises(NotInScope) as refusal:
        add("li", by=by, area_id=area("512"))
    assert refusal.value.sentence == ("用户“li”的岗位不在“admin”的管理范围内，请由上级添加。")
    with pytest.raises(NotInScope):
        add("li", by=by, union_id=77)


def test_others_add_nobody() -> None:
    clerk, _ = add()

    with pytest.raises(NotPermitted) as refusal:
        add("li", by=actor_of(clerk, today()))

    assert refusal.value.sentence == ("“zhang”没有管理人员的权限，请由系统管理员添加用户“li”。")


@pytest.mark.parametrize("given", ["0816-2222222", "0816 2222222转801", "12345678"])
def test_an_office_telephone_is_kept_and_the_trail_does_not_tell_it(given: str) -> None:
    user, _ = add()

    set_phone(user, f" {given} ", by=Manager(actor=administrator_at("511")))

    user.refresh_from_db()
    assert user.phone == given
    body = TrailRecord.objects.order_by("-number")[0].body
    assert json.loads(body)["deed"] == "set-phone"
    assert given not in body
    set_phone(user, "", by=Manager(actor=OPERATOR))
    user.refresh_from_db()
    assert user.phone == ""


@pytest.mark.parametrize("given", ["电话", "110x", "1234", "<b>0816</b>", "0816-2222222转"])
def test_what_is_no_telephone_is_refused(given: str) -> None:
    user, _ = add()

    with pytest.raises(Refused, match=f"“{given}”不是电话号码"):
        set_phone(user, given, by=Manager(actor=OPERATOR))


def test_the_telephone_of_others_is_not_ones_own_to_set() -> None:
    user, _ = add(area_id=area("512"))

    with pytest.raises(NotInScope):
        set_phone(user, "0816-2222222", by=Manager(actor=administrator_at("511")))
