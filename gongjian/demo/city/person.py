"""Persons out of nothing: number, name, and what a member's card says beside."""

from datetime import date
from typing import Final

from gongjian.demo.city.book import Cells
from gongjian.demo.city.chance import Chance
from gongjian.demo.city.names import name_of
from gongjian.demo.city.plan import DAY
from gongjian.demo.city.units import Unit

LARGE: Final = 1 << 53
YOUNGEST: Final = 18
REGISTERED: Final = (
    ("510702",) * 6 + ("510703",) * 5 + ("510704",) * 3 + ("510722",) * 5 + ("510723",) * 2
    + ("510724",) * 3 + ("510725", "510726", "510727") + ("510781",) * 5
    + ("510502", "510602", "510802", "510902", "511002", "511302", "513231", "620102")
)  # fmt: skip
"""First six digits of identity numbers, by how common they are; 510702 is the old city."""

NATIONS: Final = ("汉族",) * 46 + ("羌族", "藏族", "回族", "土家族")
SCHOOLING: Final = (
    ("初中",) * 5 + ("高中",) * 4 + ("中等专科",) * 3 + ("大学专科",) * 4 + ("大学本科",) * 3
    + ("研究生",)
)  # fmt: skip
SKILLS: Final = (None,) * 9 + ("初级工",) * 4 + ("中级工",) * 4 + ("高级工",) * 2 + ("技师",)
POLITICS: Final = ("群众",) * 14 + ("中共党员",) * 3 + ("共青团员",) * 3
MOBILE: Final = ("130", "133", "135", "136", "138", "139", "151", "158", "159", "189")
CHECKS: Final = "10X98765432"
"""Check characters of identity numbers by the weighted sum of the digits modulo 11."""

NEW_FORMS: Final = {
    "G": ("货车司机",) * 5 + ("网约车司机",),
    "F": ("快递员",),
    "H": ("外卖配送员",),
}
"""新就业形态 by 门类; rare in those days."""


def weighed(digits: str, first: int) -> int:
    """What ``digits`` from place ``first`` on add to the sum (GB 11643: weights are powers of 2)."""
    return sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(digits, first))


PLACES: Final = tuple((code, weighed(code, 0)) for code in REGISTERED)
SEQUENCES: Final = tuple((f"{n:03}", weighed(f"{n:03}", 14)) for n in range(1000))


class Persons:
    """Makes members, no two with one identity number."""

    def __init__(self, chance: Chance) -> None:
        self._draw = chance.draw
        self._counts: dict[int, int] = {}
        self._births: dict[int, tuple[str, int]] = {}

    def cells(self, unit: Unit, joined: date) -> Cells:
        """The cells of a new member of ``unit``, in the order of the ledger's headers."""
        large = int(self._draw() * LARGE)
        first, second = large & 0xFFFFFF, large >> 24
        line = unit.line
        women, migrants = (line.women, line.migrants) if line else (48, 6)
        woman, migrant = first % 100 < women, first // 100 % 100 < migrants
        identity = self._identity(joined, second, woman=woman)
        letter = line.letter if line else ""
        new_form = NEW_FORMS.get(letter) if first % 97 == 0 else None
        return (
            None,
            identity,
            name_of(large),
            "女" if woman else "男",
            None,
            NATIONS[second % 50],
            SCHOOLING[second % 20],
            SKILLS[first % 20],
            POLITICS[second // 20 % 20],
            "农业家庭" if migrant or second % 9 == 0 else "非农业家庭",
            "是" if migrant else "否",
            "是" if unit.staff >= 50 and first % 23 == 0 else "否",
            new_form[second % len(new_form)] if new_form else None,
            f"{MOBILE[second % 10]}{large % 100_000_000:08}" if first & 1 else None,
            unit.union,
            unit.code,
            joined,
            None,
            "正常",
            None,
            None,
        )

    def _identity(self, joined: date, number: int, *, woman: bool) -> str:
        """A valid number of somebody of age on joining and not yet sixty on the bulletin's day."""
        latest = joined.toordinal() - YOUNGEST * 366
        earliest = max(latest - 38 * 365, DAY.toordinal() - 60 * 365)
        birth = earliest + number % max(latest - earliest, 1)
        count = self._counts.get(birth, 0)
        self._counts[birth] = count + 1
        # The step has no divisor in common with 500, so that no two of a day are alike.
        sequence = (count * 97 + birth * 13) % 500 * 2 + (not woman)
        place, placed = PLACES[number // 7 % len(PLACES)]
        born, dated = self._births.get(birth) or self._weigh(birth)
        last, counted = SEQUENCES[sequence]
        return place + born + last + CHECKS[(placed + dated + counted) % 11]

    def _weigh(self, birth: int) -> tuple[str, int]:
        text = date.fromordinal(birth).isoformat().replace("-", "")
        self._births[birth] = (text, weighed(text, 6))
        return self._births[birth]
