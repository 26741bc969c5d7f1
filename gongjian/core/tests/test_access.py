import pytest

from gongjian.core.access import EVERYTHING, NOTHING, OPERATOR, Actor, Permission, Scope

HERE = Scope(inside={"areas": frozenset({7}), "unions": frozenset({9})})


@pytest.mark.parametrize(
    ("scope", "standing", "covered"),
    [
        (EVERYTHING, [], True),
        (EVERYTHING, [("areas", 8)], True),
        (NOTHING, [], False),
        (NOTHING, [("areas", 7)], False),
        (HERE, [], False),
        (HERE, [("areas", 7)], True),
        (HERE, [("unions", 7)], False),
        (HERE, [("areas", 8), ("unions", 9)], True),
        (HERE, [("areas", 9), ("unions", 7)], False),
        (HERE, [("employers", 7)], False),
    ],
)
def test_scope_covers_what_stands_inside(
    scope: Scope, standing: list[tuple[str, int]], covered: bool
) -> None:
    assert scope.covers(standing) is covered


def test_actor_may_only_what_was_given() -> None:
    reader = Actor(
        id=3, name="李四", scope=NOTHING, permissions=frozenset({Permission.SEE_FIGURES})
    )

    assert [p for p in Permission if reader.may(p)] == [Permission.SEE_FIGURES]
    assert all(OPERATOR.may(p) for p in Permission)
