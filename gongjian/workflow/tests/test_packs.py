"""Rule packs: the nearest place gives the number, and what was opened keeps what it had."""

from datetime import date

import pytest

from gongjian.core.access import OPERATOR, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted, Refused, WrongUse
from gongjian.history import trail
from gongjian.workflow.actions import NewCase, open_case
from gongjian.workflow.models import Case, RulePack, Todo
from gongjian.workflow.packs import NewPack, end_pack, write_pack
from gongjian.workflow.tests.permits import (
    CITY,
    COUNTY,
    LAW,
    OTHER,
    TOWN,
    begun,
    pack,
    registered,
    somebody,
)

pytestmark = [pytest.mark.django_db]
KEEPER = somebody(20, COUNTY, Permission.KEEP_RULES)


def values(case: Case) -> dict[str, str]:
    return {name: rule["value"] for name, rule in case.rules.items()}


@pytest.mark.usefixtures("permit")
def test_the_nearest_place_gives_a_number_and_the_rest_comes_from_above() -> None:
    city = pack(CITY, ask="7d", look="8wd")
    county = pack(COUNTY, ask="9d")
    town = begun(place=TOWN)
    assert values(town) == {"ask": "9d", "look": "8wd", "wait": "2d", "roll": "是"}
    assert [town.rules[name]["pack"] for name in ("ask", "look")] == [county.pk, city.pk]
    assert values(begun(place=CITY))["ask"] == "7d"


@pytest.mark.usefixtures("permit")
def test_the_day_of_the_opening_decides() -> None:
    turn = date(2012, 1, 1)
    older = pack(COUNTY, ask="9d")
    end_pack(older, turn, by=OPERATOR)
    pack(COUNTY, turn, ask="3d")
    assert values(begun("旧", on=date(2011, 12, 31)))["ask"] == "9d"
    assert values(begun("新", on=turn))["ask"] == "3d"


@pytest.mark.usefixtures("permit")
def test_a_new_pack_leaves_what_was_opened_as_it_was() -> None:
    case = begun()
    before = (case.rules, Todo.objects.get(case=case).due)
    everywhere = RulePack.objects.get(flow="permit")
    end_pack(everywhere, today(), by=OPERATOR)
    pack(None, today(), ask="30d", look="1wd", wait="1d", roll="否")
    case.refresh_from_db()
    assert (case.rules, Todo.objects.get(case=case).due) == before
    assert values(begun("后来"))["ask"] == "30d"
    assert trail.verify().ok


def test_without_a_number_nothing_is_opened() -> None:
    with registered():
        pack(COUNTY, ask="9d", look="1wd", wait="1d")
        with pytest.raises(Refused, match="“许可”的规则包里没有“遇休息日顺延”"):
            begun()
    assert Case.objects.count() == 0


@pytest.mark.usefixtures("permit")
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ask", "五天", "期限“五天”看不懂"),
        ("ask", "5", "期限“5”看不懂"),
        ("roll", "1", "“遇休息日顺延”的数值“1”看不懂"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(name: str, value: str, said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        pack(COUNTY, date(2000, 1, 1), **{name: value})


@pytest.mark.usefixtures("permit")
def test_what_is_refused() -> None:
    with pytest.raises(Refused, match="没有名为“speed”的数值"):
        pack(COUNTY, speed="5d")
    with pytest.raises(Refused, match=r"“申请期限”从 2000-01-01 起已有规定（试行办法第三条）"):
        pack(None, date(2020, 1, 1), ask="1d")
    new = NewPack(flow="permit", valid_from=today(), source=LAW, values={}, place_id=OTHER)
    with pytest.raises(Refused, match="一个数值也没有"):
        write_pack(new, by=KEEPER)
    upside = NewPack(flow="permit", valid_from=today(), valid_to=today(), source=LAW,
                     values={"ask": "1d"}, place_id=OTHER)  # fmt: skip
    with pytest.raises(Refused, match="不晚于起日"):
        write_pack(upside, by=KEEPER)
    held = pack(COUNTY, ask="1d")
    end_pack(held, date(2010, 1, 1), by=OPERATOR)
    with pytest.raises(Refused, match="2010-01-01 就已停用"):
        end_pack(held, date(2010, 1, 1), by=OPERATOR)
    with pytest.raises(Refused, match="止日请填在它以后"):
        end_pack(held, date(2000, 1, 1), by=OPERATOR)


@pytest.mark.usefixtures("permit")
def test_who_may_not() -> None:
    held = RulePack.objects.get(flow="permit")
    with pytest.raises(NotInScope):
        end_pack(held, today(), by=KEEPER)
    with pytest.raises(NotPermitted, match="不能维护规则包"):
        end_pack(pack(TOWN, ask="1d"), today(), by=somebody(21, COUNTY))
    new = NewCase(subject="x", title="x", place_id=TOWN)
    assert open_case("permit", new, by=OPERATOR).state == "draft"
