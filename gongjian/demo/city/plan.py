"""The plan of the year as data: what the bulletin published, and the story that leads there.

The published figures are those of the bulletin of 2011-12-28 (绵阳市推进“两个普遍”工作专题简报
第二十七期). The story is invented and adds up to them; ``gongjian/demo/city`` carries it out.
"""

from datetime import date, timedelta
from typing import Final, NamedTuple

OPENING: Final = date(2010, 12, 31)
"""The day on which the ledgers were opened: report 0."""

DAY: Final = date(2011, 12, 28)
"""The day of the bulletin."""

PUBLISHED: Final[dict[str, int | tuple[int, int]]] = {
    "unions.base.net": 2_189,
    "coverage.units": 8_178,
    "coverage.units.net": 4_374,
    "coverage.enterprises": 6_902,
    "members.total": 260_284,
    "members.total.net": 195_216,
    "agreements.signed": 3_363,
    "agreements.signed.single": 2_962,
    "agreements.signed.regional": 260,
    "agreements.signed.industry": 141,
    "agreements.employers": 6_350,
    "agreements.employers.single": 2_962,
    "agreements.employers.regional": 2_483,
    "agreements.employers.industry": 1_061,
    "agreements.employers.overlap": 156,
    "agreements.workers": 402_355,
    "agreements.workers.single": 325_711,
    "agreements.workers.regional": 48_426,
    "agreements.workers.industry": 37_720,
    "agreements.workers.overlap": 9_502,
    "rate.union": (6_902, 7_430),
    "rate.signing": (6_350, 6_902),
}
"""Figures of the whole city on ``DAY``; of rates the numerator and the denominator.

The bulletin gives no total of members and no number of all enterprises: 260,284 and 7,430 are ours.
"""


def number_of(code: str) -> int:
    """A published figure that is a plain number."""
    value = PUBLISHED[code]
    if isinstance(value, tuple):
        raise TypeError(f"{code} is a rate")
    return value


# ------------------------------------------------------------------ the year


class Month(NamedTuple):
    """What one monthly report brings: units covered for the first time, units lost, agreements
    signed, and the weight of the month among the months in which old unions took members in."""

    number: int
    covered: int
    lost: int
    signed: int
    joining: int


MONTHS: Final = (
    Month(1, 60, 3, 21, 1),
    Month(2, 45, 2, 18, 1),
    Month(3, 560, 8, 142, 9),  # the city's meeting to exchange experience, early in March
    Month(4, 430, 9, 388, 8),
    Month(5, 395, 11, 436, 9),
    Month(6, 780, 14, 402, 16),  # half-year: half of the targets
    Month(7, 210, 12, 231, 5),
    Month(8, 240, 13, 198, 5),
    Month(9, 610, 15, 487, 14),
    Month(10, 520, 14, 521, 13),
    Month(11, 470, 13, 459, 12),
    Month(12, 180, 12, 60, 7),
)

CUT_OFF: Final = 25
"""Day of the month by which the month's report is filed."""


def on_of(report: int) -> date:
    """The day a report bears: the opening, or the cut-off day of its month."""
    return date(2011, report, CUT_OFF) if report else OPENING


def report_of(day: date) -> int:
    """The first report that can tell of ``day``: 0 up to the opening, else the month's."""
    if day <= OPENING:
        return 0
    return min(day.month + (day.day > CUT_OFF), 12)


def workdays(month: int) -> list[date]:
    """The days of a report on which offices worked: after the last cut-off, up to its own."""
    last = on_of(month)
    first = max(on_of(month - 1), OPENING) + timedelta(days=1)
    span = ((last - first).days + 1) if month > 1 else CUT_OFF
    days = [last - timedelta(days=i) for i in range(span)]
    return sorted(day for day in days if day.weekday() < 5)


# ------------------------------------------------------------------ units by the end of the year


class Kind(NamedTuple):
    """Units that are alike: how many on ``DAY``, how many of them covered before the year."""

    code: str
    units: int
    old: int
    mode: str


KINDS: Final = (
    Kind("single", 2_962, 1_700, "单独"),
    Kind("regional-joint", 1_560, 520, "联合"),
    Kind("regional-federation", 855, 240, "联合会"),
    Kind("regional-trade", 23, 6, "联合"),
    Kind("building", 190, 0, "联合会"),
    Kind("building-own", 60, 20, "单独"),
    Kind("trade-own", 240, 90, "单独"),
    Kind("trade-joint", 160, 40, "联合"),
    Kind("trade-federation", 300, 70, "联合会"),
    Kind("own", 360, 130, "单独"),
    Kind("joint", 162, 32, "联合"),
    Kind("branch", 30, 5, "分会"),
    Kind("public-own", 1_060, 782, "单独"),
    Kind("public-joint", 202, 40, "联合"),
    Kind("public-branch", 14, 3, "分会"),
)
"""Covered units. ``single`` to ``trade-federation`` are under an agreement; ``public`` are no
enterprises. Every kind but ``single`` that names an agreement has exactly that one."""

SINGLE_REGIONAL: Final = 45
SINGLE_TRADE: Final = 27
SINGLE_BUILDING: Final = 61
TRADE_BUILDING: Final = 7
"""Units under two kinds of agreement: of ``single``, and of ``regional-trade`` (the rest of which
is under another trade's). With all of ``regional-trade`` they are the 156."""

UNCOVERED: Final = {"企业": 528, "个体工商户": 190, "民办非企业": 60, "事业单位": 25}
IDLE_UNCOVERED: Final = 48
CLOSED_UNCOVERED: Final = 39

LOST_OWN: Final = 56
LOST_IDLE: Final = 14
LOST_WITH_JOINT: Final = 36
LOST_IN_JOINT: Final = 10
LOST_IDLE_IN_JOINT: Final = 10
JOINTS_DISSOLVED: Final = 12
"""Units covered at the opening and no more on ``DAY``: closed with their own union; idle with it;
closed with a joint union of three; closed or idle inside a joint union that goes on."""

REGIONS: Final = 260
REGIONS_BEFORE: Final = 110
TRADES: Final = 140
TRADES_BEFORE: Final = 42

# ------------------------------------------------------------------ workers under agreements

WORKERS_LESSER: Final = {"single-regional": 2_250, "single-trade": 6_850, "regional-trade": 402}
"""The lesser number of the two of each unit under two kinds of agreement, summed: 9,502."""

WORKERS_REGIONAL_TRADE: Final = 460
"""What the regional agreements say of those that are under another trade's as well."""

WORKERS_JOINT: Final = {"regional-joint": 19_600, "trade-joint": 2_080}
GIANT: Final = 19_240
"""Workers under the agreement of the city's largest firm."""

# ------------------------------------------------------------------ members

MEMBERS_BEFORE: Final = 65_068
LEAVING: Final = {"退会": 1_480, "除名": 61, "去世": 118, "保留": 402, "转出待接收": 233}
"""Members of unions that go on who no longer count on ``DAY``."""

PASSING: Final = 420
"""Who joined in the year and left again."""

TRANSFERRED: Final = 640
RETURNED: Final = 36
RESTORED: Final = 24
"""Who went to another union, left and came back, or was 保留 for a while, and counts throughout."""
