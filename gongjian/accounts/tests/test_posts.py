"""Posts over days: giving, ending, handing over, standing in, whatever the days are."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.accounts.actions import NewPost, end_post, give_post, hand_over, stop
from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import Manager, people_of, posts_of
from gongjian.areas.tests.builders import Said, area, taken_back, write_areas
from gongjian.core.access import OPERATOR, Actor, Permission, Scope
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.history import trail
from gongjian.history.models import TrailRecord

pytestmark = pytest.mark.django_db

FIRST = date(2100, 1, 1) - timedelta(days=200)
"""Days to come, so that nothing is over already."""
SPAN = 12
BY = Manager(actor=OPERATOR)

spans = st.tuples(st.integers(0, SPAN - 2), st.none() | st.integers(1, SPAN)).filter(
    lambda span: span[1] is None or span[0] < span[1]
)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def new(span: tuple[int, int | None], role: Role = Role.LEADER) -> NewPost:
    begins, ends = span
    return NewPost(
        role=role,
        valid_from=day(begins),
        valid_to=None if ends is None else day(ends),
        area_id=area("51"),
    )


def holders() -> list[set[str]]:
    """Who holds a post on each day."""
    people = list(User.objects.all())
    return [{u.username for u in people if posts_of(u, day(n))} for n in range(SPAN + 2)]


def within(span: tuple[int, int | None], number: int) -> bool:
    return span[0] <= number and (span[1] is None or number < span[1])


def two() -> tuple[User, User]:
    return User.objects.create(username="a"), User.objects.create(username="b")


@pytest.fixture(autouse=True)
def towns() -> None:
    write_areas(Said(code="51"), Said(code="511", parent="51"))


many = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@many
@given(first=spans, then=spans)
def test_nobody_holds_the_same_post_twice_on_a_day(
    first: tuple[int, int | None], then: tuple[int, int | None]
) -> None:
    meet = any(within(first, n) and within(then, n) for n in range(SPAN + 2))
    with taken_back():
        a, _ = two()
        give_post(a, new(first), by=BY)
        if meet:
            with pytest.raises(Refused, match="已有同样的岗位"):
                give_post(a, new(then), by=BY)
        else:
            give_post(a, new(then), by=BY)
        give_post(a, new(then, Role.INSPECTOR), by=BY)  # another role is another post
        held = [n for n in range(SPAN + 2) if within(first, n) or within(then, n)]
        assert [n for n, who in enumerate(holders()) if "a" in who] == held


@many
@given(span=spans, number=st.integers(0, SPAN + 1))
def test_post_is_held_up_to_the_day_of_its_end(span: tuple[int, int | None], number: int) -> None:
    with taken_back():
        a, _ = two()
        post = give_post(a, new(span), by=BY)
        if number <= span[0]:
            with pytest.raises(Refused, match="请填更晚的日期"):
                end_post(post, day(number), by=BY)
            ended = span
        else:
            end_post(post, day(number), by=BY)
            ended = (span[0], number)
        assert [n for n, who in enumerate(holders()) if "a" in who] == [
            n for n in range(SPAN + 2) if within(ended, n)
        ]


@many
@given(span=spans, number=st.integers(0, SPAN + 1))
def test_handed_over_post_has_one_holder_on_each_of_its_days(
    span: tuple[int, int | None], number: int
) -> None:
    with taken_back():
        a, b = two()
        post = give_post(a, new(span), by=BY)
        if number > span[0] and within(span, number):
            hand_over([post], b, day(number), by=BY)
            expected = [
                ({"a"} if n < number else {"b"}) if within(span, n) else set()
                for n in range(SPAN + 2)
            ]
        else:
            with pytest.raises(Refused):
                hand_over([post], b, day(number), by=BY)
            expected = [{"a"} if within(span, n) else set() for n in range(SPAN + 2)]
        assert holders() == expected
        assert trail.verify().ok is True


def test_substitute_is_named_and_must_end() -> None:
    a, b = two()

    give_post(a, new((0, 9)), by=BY)
    with pytest.raises(Refused, match="应有止日"):
        give_post(b, new((1, None)), by=BY, stands_in_for=a)
    with pytest.raises(Refused, match="不能代自己的岗"):
        give_post(a, new((1, 3)), by=BY, stands_in_for=a)
    post = give_post(b, new((1, 3)), by=BY, stands_in_for=a)

    assert Post.objects.get(user=b).stands_in_for == a
    c = User.objects.create(username="c")
    (taken,) = hand_over([post], c, day(2), by=BY)
    assert taken.stands_in_for == a


@pytest.mark.parametrize("days", [(1, 4), (3, 10), (10, 11)])
def test_substitute_stands_within_the_post_that_is_covered(days: tuple[int, int]) -> None:
    a, b = two()
    give_post(a, new((2, 9)), by=BY)
    give_post(a, new((0, 12), Role.INSPECTOR), by=BY)

    with pytest.raises(Refused, match="不全在“a”的任期内"):
        give_post(b, new(days), by=BY, stands_in_for=a)

    give_post(b, new((2, 9)), by=BY, stands_in_for=a)


@pytest.mark.parametrize("handed", [False, True])
def test_substitute_ends_with_the_post_that_is_covered(handed: bool) -> None:
    a, b = two()
    c = User.objects.create(username="c")
    post = give_post(a, new((0, None)), by=BY)
    give_post(b, new((1, 3)), by=BY, stands_in_for=a)
    begun = give_post(b, new((4, 8)), by=BY, stands_in_for=a)
    coming = give_post(c, new((9, 11)), by=BY, stands_in_for=a)

    if handed:
        hand_over([post], b, day(6), by=BY)
    else:
        end_post(post, day(6), by=BY)

    after = [{"b"} if handed else set()] * (SPAN - 4)
    ab, just = {"a", "b"}, {"a"}
    assert holders() == [just, ab, ab, just, ab, ab, *after]
    body = json.loads(TrailRecord.objects.order_by("-number")[0].body)
    assert [(p["post"], p["to"]) for p in body["substitutes"]] == [
        (begun.pk, day(6).isoformat()),
        (coming.pk, day(9).isoformat()),
    ]
    assert trail.verify().ok is True


def test_a_covered_post_is_not_handed_back() -> None:
    a, b = two()
    give_post(a, new((0, None)), by=BY)
    post = give_post(b, new((1, 9)), by=BY, stands_in_for=a)

    with pytest.raises(Refused, match="本来就是“a”的"):
        hand_over([post], a, day(5), by=BY)

    post.refresh_from_db()
    assert post.valid_to == day(9)


def test_manager_reaches_what_lies_within_and_no_more() -> None:
    a, b = two()
    scope = Scope(inside={"areas": frozenset({area("511")})})
    actor = Actor(
        id=99, name="chief", scope=scope, permissions=frozenset({Permission.MANAGE_PEOPLE})
    )
    by, clerk = (
        Manager(actor=actor),
        Manager(actor=Actor(id=98, name="clerk", scope=scope, permissions=frozenset())),
    )
    post = give_post(a, new((1, None)), by=BY)
    inside = NewPost(role=Role.LEADER, valid_from=today(), area_id=area("511"))

    for deed in (
        lambda m: give_post(b, new((1, None)), by=m),
        lambda m: end_post(post, day(3), by=m),
        lambda m: hand_over([post], b, day(3), by=m),
        lambda m: stop(a, by=m),
    ):
        with pytest.raises(NotInScope):
            deed(by)
        with pytest.raises(NotPermitted):
            deed(clerk)
    give_post(b, inside, by=by)
    assert [user.username for user in people_of(by)[0]] == ["b"]
    assert [user.username for user in people_of(BY)[0]] == ["a", "b"]


def test_union_counts_where_its_area_does() -> None:
    a, _ = two()
    scope = Scope(inside={"areas": frozenset({area("511")}), "unions": frozenset({8})})
    actor = Actor(
        id=99, name="chief", scope=scope, permissions=frozenset({Permission.MANAGE_PEOPLE})
    )
    by = Manager(actor=actor, areas_of=lambda unions: {u: area("511") for u in unions if u == 7})

    assert [by.covers(None, union) for union in (7, 8, 9)] == [True, True, False]
    for union in (7, 8, 9):
        give_post(a, NewPost(role=Role.UNION_OFFICER, valid_from=FIRST, union_id=union), by=BY)
    assert {post.union_id for post in by.posts()} == {7, 8}
