"""Posts on a day, and what they let someone reach."""

from collections.abc import Collection
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import actor_named, actor_of, posts_of
from gongjian.accounts.rules import LEDGER_PERMISSIONS, RULES
from gongjian.areas.tests.builders import Said, area, taken_back, write_areas
from gongjian.core.access import NOTHING, Permission
from gongjian.core.errors import Refused, WrongUse

pytestmark = pytest.mark.django_db

Y2000, Y2010, Y2011, Y2012 = (date(y, 1, 1) for y in (2000, 2010, 2011, 2012))


@pytest.fixture
def towns() -> None:
    write_areas(
        Said(code="51"),
        Said(code="511", parent="51"),
        Said(code="5111", parent="511"),
        Said(code="5119", parent="512", ends=Y2011, heir="5111"),
        Said(code="512", parent="51"),
    )


def someone() -> User:
    return User.objects.create(username="zhang")


def give(
    user: User, role: Role, code: str = "", *, union: int | None = None, ends: date | None = None
) -> Post:
    at = area(code) if code else None
    return Post.objects.create(
        user=user, role=role, area_id=at, union_id=union, valid_from=Y2010, valid_to=ends
    )


def unions_and_ten_more(unions: Collection[int], day: date) -> frozenset[int]:
    assert day == Y2011
    return frozenset(unions) | {union + 10 for union in unions}


def test_post_is_held_from_its_first_day_to_before_its_last(towns: None) -> None:
    user = someone()
    post = give(user, Role.LEADER, "51", ends=Y2012)

    held = {day: posts_of(user, day) for day in (date(2009, 12, 31), Y2010, Y2011, Y2012)}

    assert held == {date(2009, 12, 31): [], Y2010: [post], Y2011: [post], Y2012: []}


def test_account_out_of_use_holds_nothing(towns: None) -> None:
    user = someone()
    give(user, Role.LEADER, "51")
    user.is_active = False

    assert posts_of(user, Y2011) == []
    assert actor_of(user, Y2011).scope == NOTHING


def test_scope_is_the_area_and_all_that_counts_in_it_that_day(towns: None) -> None:
    user = someone()
    give(user, Role.TOWNSHIP_CLERK, "511")
    own, village, merged = area("511"), area("5111"), area("5119")

    assert actor_of(user, Y2010).scope.inside == {"areas": {own, village}}
    assert actor_of(user, Y2011).scope.inside == {"areas": {own, village, merged}}


def test_post_at_an_area_that_is_gone_covers_nothing(towns: None) -> None:
    user = someone()
    give(user, Role.TOWNSHIP_CLERK, "5119")

    assert actor_of(user, Y2010).scope.inside == {"areas": {area("5119")}}
    assert actor_of(user, Y2011).scope.covers([("areas", area("5119"))]) is False


def test_union_posts_cover_what_the_caller_says_lies_below(towns: None) -> None:
    user = someone()
    give(user, Role.UNION_OFFICER, union=1)
    give(user, Role.LEADER, "512")

    scope = actor_of(user, Y2011, expand_unions=unions_and_ten_more).scope

    assert scope.inside == {"areas": {area("512")}, "unions": {1, 11}}
    assert actor_of(user, Y2011).scope.inside == {"areas": {area("512")}}


def test_deed_reaches_only_where_its_post_stands(towns: None) -> None:
    user = someone()
    give(user, Role.LEADER, "51")
    give(user, Role.GRID_WORKER, "5111")

    importing = actor_of(user, Y2011, permission=Permission.IMPORT_LEDGER, ledger="employers")
    exporting = actor_of(user, Y2011, permission=Permission.EXPORT_LEDGER)

    assert importing.permissions == {Permission.IMPORT_LEDGER}
    assert importing.scope.inside == {"areas": {area("5111"), area("5119")}}
    assert (exporting.permissions, exporting.scope) == (frozenset(), NOTHING)


@pytest.mark.parametrize("ledger", [None, "members"])
def test_role_that_names_its_ledgers_reaches_no_other(towns: None, ledger: str | None) -> None:
    user = someone()
    give(user, Role.GRID_WORKER, "5111")
    give(user, Role.TOWNSHIP_CLERK, "512")

    for deed in (Permission.IMPORT_LEDGER, Permission.SEE_LEDGERS):
        there = actor_of(user, Y2011, permission=deed, ledger="employers").scope
        assert there.covers([("areas", area("5111"))])
        elsewhere = actor_of(user, Y2011, permission=deed, ledger=ledger).scope
        assert elsewhere.inside == {"areas": {area("512")}}


def test_administrator_sees_no_rows_but_manages_her_areas(towns: None) -> None:
    user = someone()
    give(user, Role.ADMINISTRATOR, "512")

    assert actor_of(user, Y2011).scope == NOTHING
    managing = actor_of(user, Y2011, permission=Permission.MANAGE_PEOPLE).scope
    assert managing.inside == {"areas": {area("512")}}


def test_actor_carries_number_name_and_permissions(towns: None) -> None:
    user = someone()
    give(user, Role.INSPECTOR, "512")

    actor = actor_named("ｚｈａｎｇ", Y2011)

    assert (actor.id, actor.name) == (user.pk, "zhang")
    assert actor.permissions == RULES[Role.INSPECTOR].permissions
    assert actor.scope.inside == {"areas": {area("512")}}


def test_unknown_and_retired_names_are_told_apart() -> None:
    User.objects.create(username="li", is_active=False)

    with pytest.raises(WrongUse) as unknown:
        actor_named("zhang", Y2011)
    with pytest.raises(Refused) as retired:
        actor_named("li", Y2011)

    assert unknown.value.sentence == (
        "没有名为“zhang”的用户，请核对用户名，或先用 gongjian user add 添加。"
    )
    assert (retired.value.sentence, retired.value.exit_status) == (
        "用户“li”已停用，请换用在用的账号。",
        1,
    )


# ------------------------------------------------------------------ nothing leaks

SIZE = 9


@st.composite
def cities(draw: st.DrawFn) -> list[Said]:
    """A root and areas whose parents and heirs have smaller codes; some move, some stop."""
    found = [Said(code="00")]
    for number in range(1, SIZE):
        lower = st.integers(0, number - 1).map("{:02}".format)
        code, first, then = f"{number:02}", draw(lower), draw(lower)
        begins = draw(st.sampled_from([Y2000, Y2011]))
        ends = draw(st.sampled_from([None, Y2012] if begins == Y2011 else [None, Y2011, Y2012]))
        heir = draw(st.none() | lower) if ends else None
        if begins == Y2000 and ends != Y2011:
            found.append(Said(code=code, parent=first, begins=Y2000, ends=Y2011))
            begins = Y2011
        found.append(Said(code=code, parent=then, begins=begins, ends=ends, heir=heir))
    return found


def naive_walk(city: list[Said], code: str, day: date) -> list[str]:
    """Codes of the existing areas that ``code`` counts in on ``day``, one step at a time."""
    found: list[str] = []
    at: str | None = code
    while at is not None:
        own = [s for s in city if s.code == at]
        here = [s for s in own if s.begins <= day and (s.ends is None or day < s.ends)]
        if here:
            found.append(at)
            at = here[0].parent
        elif own and own[0].begins > day:
            at = own[0].parent
        else:
            last = [s for s in own if s.begins <= day][-1]
            at = last.heir or last.parent
    return found


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    city=cities(),
    posts=st.lists(
        st.tuples(st.integers(0, SIZE - 1), st.sampled_from(Role), st.sampled_from([None, Y2011])),
        max_size=3,
    ),
    day=st.sampled_from([Y2010, Y2011, Y2012]),
)
def test_no_area_gets_through_that_a_naive_walk_keeps_out(
    city: list[Said], posts: list[tuple[int, Role, date | None]], day: date
) -> None:
    codes = sorted({said.code for said in city})
    with taken_back():
        write_areas(*city)
        user = someone()
        given_posts = [(codes[n % len(codes)], role, ends) for n, role, ends in posts]
        for code, role, ends in given_posts:
            give(user, role, code, ends=ends)
        for wanted in (None, *Permission):
            scope = actor_of(user, day, permission=wanted).scope
            covered = {c for c in codes if scope.covers([("areas", area(c))])}
            at = {
                code
                for code, role, ends in given_posts
                if (ends is None or day < ends)
                and (role != Role.ADMINISTRATOR if wanted is None else may(role, wanted))
            }
            assert covered == {c for c in codes if at.intersection(naive_walk(city, c, day))}


def may(role: Role, permission: Permission) -> bool:
    rule = RULES[role]
    every = rule.ledgers is None or permission not in LEDGER_PERMISSIONS
    return every and permission in rule.permissions
