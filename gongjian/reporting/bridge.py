"""The opening bridge: the last paper totals beside the first computed figures.

What is typed here is held against a figure and never becomes one. The difference is explained by
name or in words; what is left of it is worked out each time and never typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Min, Q, QuerySet, Sum

from gongjian.areas.queries import tree_on
from gongjian.core.access import Permission, Scope
from gongjian.core.days import today
from gongjian.history.state import keep_answers, latest
from gongjian.indicators.declare import CATALOG, Figure, Indicator, parts_of
from gongjian.indicators.query import figures
from gongjian.indicators.store.matrix import kept_matrix
from gongjian.reporting.models import Cause, Explanation, LockedMonth, PaperTotal
from gongjian.reporting.queries import UNITS, locks_of
from gongjian.reporting.rules import REPORTED, Period

WRITES: Final = Permission.REVIEW_REPORT
"""Who looks at the months of units below also answers for what an area said on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure of the bridge. ``computed`` is as known at ``known``, ``locked`` as printed.

    ``named`` and ``worded`` are what entries and words explain of the difference.
    """

    figure: Figure
    total: PaperTotal
    computed: int
    known: int
    named: int
    worded: int
    locked: int | None

    @property
    def difference(self) -> int:
        """What the figure has more (+) or less (−) than the paper."""
        return self.computed - self.total.value

    @property
    def explained(self) -> int:
        return self.named + self.worded

    @property
    def unknown(self) -> int:
        """What nobody has explained; where more was than there is, with the other sign."""
        return self.difference - self.explained


def bridged() -> list[Figure]:
    """The figures a paper total may be entered for: those of the month, each with its parts."""
    codes: dict[str, None] = {}
    for figure in CATALOG.asked(REPORTED):
        made_of = figure.made_of if isinstance(figure, Indicator) else None
        codes |= dict.fromkeys([figure.code, *(made_of.parts if made_of else ())])
    return CATALOG.asked(list(codes))


def figure_of(total: PaperTotal) -> Figure:
    """The figure a total is held against."""
    return CATALOG.asked([total.code])[0]


def ledger_of(figure: Figure) -> str:
    """The ledger whose entries the figure's rows are."""
    return CATALOG.indicator(parts_of(figure)[0]).base.ledger


def totals_of(period: Period, area_id: int) -> list[PaperTotal]:
    """All totals ever entered, in the order of the figures; of one figure the newest first."""
    order = {figure.code: at for at, figure in enumerate(bridged())}
    found = PaperTotal.objects.filter(period=str(period), area_id=area_id).order_by("-pk")
    return sorted(found, key=lambda total: order.get(total.code, len(order)))


def bridge(period: Period, area_id: int) -> list[Line]:
    """The totals that stand, held against the figures of the same day as known now."""
    return lines_of([total for total in totals_of(period, area_id) if total.stands])


def lines_of(totals: Sequence[PaperTotal]) -> list[Line]:
    """Totals of one area and month held against its figures."""
    if not totals:
        return []
    period, area = Period.read(totals[0].period), totals[0].area_id
    codes = list(dict.fromkeys(total.code for total in totals))
    known, told = _computed(codes, totals[0].at, area)
    explained = _explained(totals)
    lock = locks_of(period, area).first()
    locked = dict(lock.figures.values_list("code", "numerator")) if lock else {}
    return [
        Line(
            figure=figure_of(total),
            total=total,
            computed=told[total.code],
            known=known,
            named=explained.get(total.pk, (0, 0))[0],
            worded=explained.get(total.pk, (0, 0))[1],
            locked=locked.get(total.code),
        )
        for total in totals
    ]


def _computed(codes: Sequence[str], day: date, area: int) -> tuple[int, Mapping[str, int]]:
    """The figures as the store keeps them, else from the rows."""
    kept = kept_matrix(codes, days=[day], nodes=[area])
    if day in kept.values:
        values = kept.values[day][area]
        found = zip(kept.figures, values, strict=True)
        return kept.known, {figure.code: int(value["value"]) for figure, value in found}
    return _counted(latest(), tuple(codes), day, area)


@keep_answers(UNITS)
def _counted(codes: tuple[str, ...], day: date, area: int) -> tuple[int, Mapping[str, int]]:
    said = figures(codes, day=day, known_at=None, node=area)
    return said["known_at"], {figure["code"]: figure["value"] for figure in said["figures"]}


def _explained(totals: Sequence[PaperTotal]) -> dict[int, tuple[int, int]]:
    """What entries and what words explain of each total."""
    standing = Explanation.objects.filter(total__in=totals, withdrawn_at__isnull=True)
    sums = (
        standing.order_by()
        .values("total_id")
        .annotate(
            named=Sum("amount", filter=Q(entry__isnull=False)),
            worded=Sum("amount", filter=Q(entry__isnull=True)),
        )
    )
    return {
        total: (named or 0, worded or 0)
        for total, named, worded in sums.values_list("total_id", "named", "worded")
    }


def why_not(period: Period, area_id: int) -> str:
    """Why no total may be entered for the month; empty where it may."""
    tree = tree_on(period.cut_off)
    if period.cut_off > today():
        return f"{period} 的截止日 {period.cut_off} 还没有到，到了那天才有数可以对照。"
    if not tree.exists(area_id):
        return f"这个区划在截止日 {period.cut_off} 不存在，请核对区划和月份。"
    line = (area_id, *tree.ancestors(area_id))
    first = LockedMonth.objects.filter(area_id__in=line).aggregate(first=Min("period"))["first"]
    if first is not None and str(period) > first:
        return f"{first} 起月报已由台账算出并锁定，纸面合计只能填到 {first} 为止。"
    return ""


def places_of(total: PaperTotal) -> Scope:
    """Where an entry must stand that explains a total."""
    return Scope(inside={"areas": tree_on(total.at).below(total.area_id)})


def explained_by(total: PaperTotal, cause: Cause | None = None) -> dict[int, set[Cause]]:
    """Entry → the causes by which it explains something of the total, as it stands now."""
    standing = total.explanations.filter(withdrawn_at__isnull=True, entry__isnull=False)
    if cause is not None:
        standing = standing.filter(cause=cause)
    found: dict[int, set[Cause]] = {}
    for entry, by in standing.values_list("entry", "cause"):
        found.setdefault(entry or 0, set()).add(Cause(by))
    return found


def left_behind(total: PaperTotal) -> QuerySet[Explanation]:
    """What still explained the total of the same figure that was taken back before this one.

    Nothing once this one is explained at all, or was taken back itself.
    """
    before = PaperTotal.objects.filter(
        area_id=total.area_id, period=total.period, code=total.code, pk__lt=total.pk
    ).order_by("-pk")
    if not total.stands or total.explanations.exists():
        return Explanation.objects.none()
    return Explanation.objects.filter(total=before[:1], withdrawn_at__isnull=True).order_by("pk")
