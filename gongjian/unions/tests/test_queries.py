"""Which unions stand below which on a day."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.areas.models import Area
from gongjian.areas.tests.builders import Said, area, taken_back, write_areas
from gongjian.history import record
from gongjian.history.shapes import SHAPES
from gongjian.unions.models import Union, UnionVersion
from gongjian.unions.queries import branch_of

pytestmark = pytest.mark.django_db

Y2000, Y2010, Y2011, Y2012 = (date(y, 1, 1) for y in (2000, 2010, 2011, 2012))

Told = tuple[int, int | None, date, date | None]
"""(union, superior, from, to); unions are counted 1, 2 … in the order of their first lines."""


def write_unions(*told: Told) -> dict[int, int]:
    """Write one change that founds the unions of ``told``; their numbers in the ledger."""
    if not Area.objects.exists():
        write_areas(Said(code="51"))
    shape = SHAPES["unions"]
    unions = list(dict.fromkeys(line[0] for line in told))
    fresh = {union: -1 - i for i, union in enumerate(unions)}
    adds = []
    for union, superior, begins, ends in told:
        opened = min(line[2] for line in told if line[0] == union)
        values = {
            "name": f"工会{union}",
            "kind": "总工会",
            "area": area("51"),
            "superior": None if superior is None else fresh[superior],
        }
        frame = (begins, ends, opened, sum(shape.bits.values()))
        adds.append((fresh[union], (*frame, *(values.get(name) for name in shape.fields))))
    edit = record.Edit(shape=shape, adds=adds, fresh=len(unions))
    author = record.Author(actor_id=None, name="测试")
    record.commit(edit, kind="import", by=author, base=record.newest())
    newest = Union.objects.order_by("-pk").values_list("pk", flat=True)[: len(unions)]
    return dict(zip(reversed(unions), newest, strict=True))


def branch(ids: dict[int, int], *unions: int, day: date) -> list[int]:
    found = branch_of([ids[union] for union in unions], day)
    return sorted(union for union, id_ in ids.items() if id_ in found)


def test_branch_is_the_union_and_all_below_it() -> None:
    ids = write_unions(
        (1, None, Y2000, None), (2, 1, Y2000, None), (3, 2, Y2000, None), (4, None, Y2000, None)
    )

    assert branch(ids, 1, day=Y2011) == [1, 2, 3]
    assert branch(ids, 2, 4, day=Y2011) == [2, 3, 4]
    assert branch_of([], Y2011) == branch_of([999], Y2011) == frozenset()


def test_union_stands_below_another_from_the_day_it_went_over() -> None:
    ids = write_unions(
        (1, None, Y2000, None),
        (2, None, Y2000, None),
        (3, 1, Y2000, Y2011),
        (3, 2, Y2011, None),
    )

    assert branch(ids, 1, day=Y2010) == [1, 3]
    assert branch(ids, 1, day=Y2011) == [1]
    assert branch(ids, 2, day=Y2011) == [2, 3]


def test_what_a_dissolved_union_left_stays_under_its_last_superior() -> None:
    ids = write_unions((1, None, Y2000, None), (2, 1, Y2000, Y2011), (3, 2, Y2000, None))

    assert branch(ids, 1, day=Y2011) == [1, 2, 3]
    assert branch(ids, 2, day=Y2010) == [2, 3]
    assert branch(ids, 2, day=Y2011) == []


def test_union_not_yet_founded_has_no_branch_and_lies_where_it_will_begin() -> None:
    ids = write_unions((1, None, Y2000, None), (2, 1, Y2012, None))

    assert branch(ids, 2, day=Y2011) == []
    assert branch(ids, 1, day=Y2011) == [1, 2]


def test_circle_of_superiors_ends() -> None:
    ids = write_unions((1, 2, Y2000, None), (2, 1, Y2000, None), (3, 3, Y2000, None))

    assert branch(ids, 1, day=Y2011) == [1, 2]
    assert branch(ids, 3, day=Y2011) == [3]


def test_what_is_no_longer_believed_does_not_count() -> None:
    ids = write_unions((1, None, Y2000, None), (2, 1, Y2000, None))
    gone = UnionVersion.objects.filter(entry=ids[2]).values_list("vid", flat=True)
    edit = record.Edit(shape=SHAPES["unions"], closes=list(gone))
    author = record.Author(actor_id=None, name="测试")
    record.commit(edit, kind="undo", by=author, base=record.newest())

    assert branch(ids, 1, day=Y2011) == [1]


def naive(told: list[Told], union: int, day: date) -> set[int]:
    """Every union one meets going up from ``union`` by what is said of each on ``day``."""
    met: set[int] = set()
    at: int | None = union
    while at is not None and at not in met:
        met.add(at)
        own = [line for line in told if line[0] == at]
        at = max((line for line in own if line[2] <= day), key=lambda x: x[2], default=own[0])[1]
    return met


@st.composite
def affiliations(draw: st.DrawFn) -> list[Told]:
    """Up to eight unions, with whatever superiors, changing them or ending or not."""
    unions = list(range(1, draw(st.integers(1, 8)) + 1))
    above = st.none() | st.sampled_from(unions)
    found: list[Told] = []
    for union in unions:
        begins, then = draw(st.sampled_from([(Y2000, Y2011), (Y2010, Y2012), (Y2012, None)]))
        ends = then if draw(st.booleans()) else None
        found.append((union, draw(above), begins, ends))
        if ends and draw(st.booleans()):
            found.append((union, draw(above), ends, None))
    return found


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=affiliations(), day=st.sampled_from([Y2000, Y2010, Y2011, Y2012]))
def test_branch_is_what_a_naive_walk_up_finds(told: list[Told], day: date) -> None:
    with taken_back():
        ids = write_unions(*told)
        for top in ids:
            exists = any(
                line[0] == top and line[2] <= day and (line[3] is None or day < line[3])
                for line in told
            )
            inside = sorted(union for union in ids if top in naive(told, union, day))
            assert branch(ids, top, day=day) == (inside if exists else [])
