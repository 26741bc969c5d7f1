"""A city made by hand with all seven ledgers, and random ones for the slow count to be held against."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from hypothesis import strategies as st

from gongjian.members.tests.cities import PeopledCity
from gongjian.unions.tests.cities import EARLY, Days

SINCE_EVER = date(1900, 1, 1)
"""Where agreement coverage without a starts day of its own opens."""

Known = tuple[int, int | None]


COUNTED_MEMBER = {"sex": "女", "migrant": 1, "dispatched": 1, "newform": "快递员"}
"""What is told of a member who counts in every figure of members."""


class FullCity(PeopledCity):
    """A city with wage agreements."""

    def agree(self, entry: int, union: int, **more: Any) -> None:
        """An agreement, signed on the first of ``days``; its term and the rest are dates of its own."""
        said = {"number": f"协{entry:03}", "kind": "单独", "union_id": union, "review": "无异议"}
        term = {"term_from": date(2010, 1, 1), "term_to": date(2013, 12, 31)}
        self._about("agreements", entry, said | term | {"effective_on": term["term_from"]} | more)

    def under(self, entry: int, agreement: int, firm: int, **more: Any) -> None:
        """A firm under an agreement, by default as long as the agreement runs."""
        said = {"agreement_id": agreement, "employer_id": firm, "staff": 10}
        self._about("agreement-coverage", entry, said | {"days": (SINCE_EVER, None)} | more)


# ------------------------------------------------------------------ random cities

CHANGES = 4
DAYS = [date(2010, 1, 1), date(2010, 7, 1), date(2011, 1, 1), date(2011, 7, 1), date(2012, 1, 1)]
D = date(2011, 12, 28)
EVE, MORROW = D - timedelta(days=1), D + timedelta(days=1)
LEAP = date(2008, 2, 29)

# What is named first, and more than once, is the usual: cities of nothing but exceptions have
# few employers left to count.
ASKED_ON = st.sampled_from(
    [*[D] * 6, *DAYS, date(2009, 1, 1), date(2011, 2, 27), date(2011, 2, 28)]
)
KNOWN_AT = st.sampled_from([*[CHANGES] * 4, *range(CHANGES)])
YEAR_STARTS = st.sampled_from(["01-01", "01-01", "07-01", "12-28", "12-29"])

_SIGNED = st.sampled_from([*[DAYS[0]] * 3, *[DAYS[3]] * 3, date(2010, 12, 31), DAYS[2], D, MORROW])
_TERMS = st.sampled_from(
    [
        *[(DAYS[0], date(2013, 1, 1))] * 8,
        *((DAYS[0], end) for end in (EVE, D, DAYS[3])),
        *((begin, DAYS[4]) for begin in (D, D, MORROW, DAYS[3])),
    ]
)
_EFFECTIVE = st.sampled_from([*[None, DAYS[0]] * 6, EVE, D, D, MORROW, DAYS[2], DAYS[3]])
_RECEIVED = st.sampled_from([*(D - timedelta(days=by) for by in (15, 14, 16)), None, *DAYS])
_VOIDED = st.sampled_from([*[None] * 12, EVE, D, D, MORROW, *DAYS])
_ELECTED = st.sampled_from([None, None, LEAP, date(2006, 12, 28), date(2006, 12, 29), *DAYS[:3]])
_FLAG = st.sampled_from([None, 0, 1])

Said = dict[str, st.SearchStrategy[Any]]
Values = Callable[[int], Said]
"""What to say of an entry from a change on: it can only refer to what was known by then."""


def _turned(values: list[Any] | int, by: int) -> st.SearchStrategy[Any]:
    """One of ``values`` (a number: of that many entries); each entry has another as its usual."""
    among = list(range(1, values + 1)) if isinstance(values, int) else values
    by %= len(among)
    return st.sampled_from(among[by:] + among[:by])


@st.composite
def cities(draw: st.DrawFn) -> FullCity:
    """A few areas of two levels, some stopped or not begun, and all that stands in them."""
    city = FullCity(newest=CHANGES)
    told = _Telling(draw)
    areas = _areas(draw, city)
    firms, unions = draw(st.integers(1, 4)), draw(st.integers(2, 5))
    for entry in range(1, firms + 1):
        told.of(city.firm, entry, _firm(entry, _turned(areas, entry)))
    since: dict[int, int] = {}
    for entry in range(1, unions + 1):
        said = partial(_union, dict(since), _turned(areas, entry))
        since[entry] = told.of(city.union, entry, said)
    for entry in range(1, draw(st.integers(1, 6)) + 1):
        told.of(city.cover, entry, _cover(entry, _turned(unions, entry), _turned(firms, entry)))
    for entry in range(1, draw(st.integers(1, 5)) + 1):
        told.of(city.member, entry, _member(_turned(unions, entry)))
    agreements = draw(st.integers(2, 5))
    first = min(since.values())
    for entry in range(1, agreements + 1):
        told.of(city.agree, entry, partial(_agreement, entry, since), signed=True, first=first)
    firm = st.sampled_from([1, 1, *range(1, firms + 1)])
    for entry in range(1, draw(st.integers(3, 7)) + 1):
        told.of(city.under, entry, _under(_turned(agreements, entry), firm), begins=SINCE_EVER)
    return city


def _areas(draw: st.DrawFn, city: FullCity) -> int:
    city.area(1, "10")
    areas = draw(st.integers(3, 6))
    for entry in range(2, areas + 1):
        heirs = st.none() | st.integers(2, entry - 1) if entry > 2 else st.none()
        days = (
            draw(st.sampled_from([EARLY, EARLY, EARLY, DAYS[2], MORROW])),
            draw(st.sampled_from([None, D])),
        )
        if days == (MORROW, D):
            days = (MORROW, date(2012, 6, 1))
        heir = draw(heirs) if days[1] else None
        city.area(entry, f"1{entry}", draw(st.integers(1, entry - 1)), days=days, heir_id=heir)
    return areas


def _firm(entry: int, area: st.SearchStrategy[int]) -> Values:
    said = {
        "area": area,
        "staff": st.sampled_from([100, 7, 99, 0]),
        "nature": _turned(["企业", "机关", "企业"], entry),
        "status": st.sampled_from([*["在业"] * 6, "停业"]),
        "code": st.sampled_from([f"91{entry}", None]),
    }
    return lambda _: said


def _union(since: dict[int, int], area: st.SearchStrategy[int], known: int) -> Said:
    """Superiors are unions told of before, so that nobody stands above itself."""
    code = f"81{len(since) + 1}"
    above = [union for union, first in since.items() if first <= known]
    kinds = ["单独基层工会", "联合基层工会", "总工会", "区域性工会联合会", "行业性工会联合会"]
    return {
        "area": area,
        "kind": st.sampled_from([*kinds[:2], *kinds]),
        "code": st.sampled_from([code, code, None]),
        "superior_id": st.sampled_from([*above, *above, *above, None]),
        "term_years": st.sampled_from([None, 3, 5]),
        "elected_on": _ELECTED,
    }


def _cover(entry: int, union: st.SearchStrategy[int], firm: st.SearchStrategy[int]) -> Values:
    modes = _turned(["单独", "联合", "联合会", "分会"], entry)
    return lambda _: {"union": union, "firm": firm, "mode": modes}


def _member(union: st.SearchStrategy[int]) -> Values:
    said = {
        "union": union,
        "status": st.sampled_from([*["正常"] * 6, "保留", "转出待接收"]),
        "sex": st.sampled_from([None, "男", "女"]),
        "migrant": _FLAG,
        "dispatched": _FLAG,
        "newform": st.sampled_from([None, "快递员", "其他"]),
    }
    return lambda _: said


def _agreement(entry: int, since: dict[int, int], known: int) -> Said:
    return {
        "union": _turned([union for union, first in since.items() if first <= known], entry),
        "kind": _turned(["单独", "区域性", "行业性"], entry),
        "term": _TERMS,
        "effective_on": _EFFECTIVE,
        "received_on": _RECEIVED,
        "review": _turned([None, "无异议", "待审", "无异议", "有异议"], entry),
        "voided_on": _VOIDED,
    }


def _under(agreement: st.SearchStrategy[int], firm: st.SearchStrategy[int]) -> Values:
    staff = st.sampled_from([10, 7, 25, 0])
    return lambda _: {"agreement": agreement, "firm": firm, "staff": staff}


class _Telling:
    """Says of one entry after another what is drawn, perhaps something else from a change on."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def of(
        self,
        say: Callable[..., None],
        entry: int,
        values: Values,
        *,
        signed: bool = False,
        first: int = 1,
        begins: date = EARLY,
    ) -> int:
        """The change from which the entry is known, ``first`` or a later one.

        What is ``signed`` is one version without an end, for its facts are those of the whole
        entry; other entries have usually one period from ``begins``.
        """
        added: int = self.draw(st.sampled_from([*[first] * 4, *range(first, CHANGES + 1)]))
        again = self.draw(st.sampled_from([*[None] * 4, *range(added + 1, CHANGES + 1)]))
        spans: list[Known] = [(added, again), *([] if again is None else [(again, None)])]
        for known in spans:
            periods = [(self.draw(_SIGNED), None)] if signed else self._periods(begins)
            opened = ended = periods[0][0]
            for begin, end in periods:
                opened = opened if begin == ended else begin
                ended = end or begin
                said = {name: self.draw(drawn) for name, drawn in values(known[0]).items()}
                if "term" in said:
                    said["term_from"], said["term_to"] = said.pop("term")
                say(entry=entry, days=(begin, end), known=known, opened=opened, **said)
        return added

    def _periods(self, begins: date) -> list[Days]:
        """Versions in the order of days: back to back they make one period, else several."""
        usual = [*[(begins, None)] * 4, (begins, DAYS[3]), (begins, D), (MORROW, None)]
        period: Days | None = self.draw(st.sampled_from([*usual, None, None, None]))
        if period is not None:
            return [period]
        among = st.sampled_from([begins, *DAYS, D])
        cuts = sorted(self.draw(st.sets(among, min_size=1, max_size=4)))
        pieces: list[Days] = list(zip(cuts, [*cuts[1:], None], strict=True))
        held = [piece for piece in pieces if self.draw(st.sampled_from([True, True, False]))]
        return held or pieces[:1]
