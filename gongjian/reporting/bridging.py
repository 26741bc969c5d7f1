"""Entering paper totals, explaining differences, taking either back: each a link of the trail."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db import transaction

from gongjian.core.access import Actor
from gongjian.core.days import now
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused
from gongjian.history import trail
from gongjian.history.models import Head
from gongjian.history.record import newest
from gongjian.indicators.declare import Figure, Net
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.scoping import inside
from gongjian.reporting.bridge import (
    WRITES,
    bridged,
    explained_by,
    figure_of,
    ledger_of,
    left_behind,
    places_of,
    why_not,
)
from gongjian.reporting.models import Cause, Explanation, PaperTotal
from gongjian.reporting.rules import Period

MOST: Final = 5_000
"""Entries explained at once."""

LARGEST: Final = 10**12
"""No figure of a city is as large."""

_SIGNS: Final = {Cause.REPEATED: -1, Cause.ENDED: -1, Cause.MISSED: 1}
"""Causes by which paper said too much or too little, never both."""


class Named(NamedTuple):
    """An entry that explains ``amount`` of a difference, and what it is called."""

    entry: int
    row: str
    amount: int


# ------------------------------------------------------------------ entering


def enter(
    period: Period, *, area_id: int, by: Actor, source: str, values: Mapping[str, int]
) -> list[PaperTotal]:
    """Keep what a paper said of an area, each figure once.

    Raises NotInScope, NotPermitted, NotNow where ``why_not`` says so or one is there already, and
    Refused for a value that cannot be, or without a source.
    """
    _require(area_id, by)
    if reason := why_not(period, area_id):
        raise NotNow(reason)
    if not source.strip():
        raise Refused("请写明纸面数出自哪份材料，例如“2011 年第二十七期简报”。")
    wanted = _possible(values)
    with transaction.atomic():
        head = trail.lock_head()
        _require_first(period, area_id, values)
        known, who = newest(), _by(by)
        made = [
            PaperTotal(
                area_id=area_id,
                period=str(period),
                at=period.cut_off,
                code=figure.code,
                definition=figure.version,
                value=value,
                source=source,
                known_at=known,
                **who,
            )
            for figure, value in wanted
        ]
        for one in made:
            one.save(force_insert=True)
        said = {"area": area_id, "period": str(period), "source": source, "known_at": known}
        _note(head, "enter", said | {"totals": {t.code: t.value for t in made}}, by)
    return made


def withdraw(total: PaperTotal, *, by: Actor, reason: str) -> None:
    """Take back a wrong total; it stays readable, and another may be entered.

    Raises NotInScope, NotPermitted, NotNow where it was taken back, Refused without a reason.
    """
    _require(total.area_id, by)
    with transaction.atomic():
        head = trail.lock_head()
        _still_standing(total)
        _withdraw([total.pk], PaperTotal, by, reason)
        _note(head, "withdraw", _about(total) | {"value": total.value, "reason": reason}, by)


def _require(area_id: int, by: Actor) -> None:
    if not by.scope.covers([("areas", area_id)]):
        raise NotInScope("没有这个区划，或者它不在您的管理范围内。")
    if not by.may(WRITES):
        raise NotPermitted(f"“{by.name}”的岗位不能填报期初衔接，请由有此权限的人办理。")


def _possible(values: Mapping[str, int]) -> list[tuple[Figure, int]]:
    """The figures with their values, in their order; Refused where one cannot be."""
    open_ = {figure.code: figure for figure in bridged()}
    strange = next((code for code in values if code not in open_), None)
    if strange is not None:
        raise Refused(f"“{strange}”不在期初衔接的指标里，请从表里选一个填。")
    if not values:
        raise Refused("没有填一个数，请至少填一个。")
    wanted = [(figure, values[code]) for code, figure in open_.items() if code in values]
    for figure, value in wanted:
        if value < 0 and not isinstance(figure, Net):
            raise Refused(f"“{figure.name}”填了 {value:,}，它不会小于 0，请核对纸面。")
        if abs(value) > LARGEST:
            raise Refused(f"“{figure.name}”填了 {value:,}，太大了，请核对纸面。")
    return wanted


def _require_first(period: Period, area_id: int, values: Collection[str]) -> None:
    standing = PaperTotal.objects.filter(
        period=str(period), area_id=area_id, code__in=values, withdrawn_at__isnull=True
    )
    for total in standing:
        raise NotNow(
            f"“{figure_of(total).name}”已由 {total.actor_name} 填过 {total.value:,}，"
            "只填一次；填错的请先写明理由撤销，再重新填。"
        )


def _still_standing(total: PaperTotal) -> None:
    """Under the lock of the head: whoever came first may have taken it back."""
    if not PaperTotal.objects.get(pk=total.pk).stands:
        raise NotNow(f"“{figure_of(total).name}”的这个纸面数已经撤销，请回到期初衔接看现在的。")


# ------------------------------------------------------------------ explaining


def explain(
    total: PaperTotal, cause: Cause, named: Sequence[Named], *, by: Actor, words: str = ""
) -> list[Explanation]:
    """Explain parts of the difference by entries, all by the same cause.

    Raises NotInScope also for an entry that does not stand in the area or is of another ledger;
    Refused for one explained by this cause before; else as ``explain_in_words``.
    """
    _require(total.area_id, by)
    figure = figure_of(total)
    if not named:
        raise Refused("没有勾选一行，请先勾选。")
    if len(named) > MOST:
        raise Refused(f"一次最多说明 {MOST:,} 行，请分几次办。")
    for one in named:
        _require_sense(figure, cause, one.amount, words)
    slug = ledger_of(figure)
    found = inside(LEDGERS[slug], [one.entry for one in named], places_of(total))
    strange = next((one for one in named if one.entry not in found), None)
    if strange is not None:
        raise NotInScope(
            f"{LEDGERS[slug].title}里没有系统编号 {strange.entry}，或者它不在这个区划里。"
        )
    return _keep(total, cause, named, slug, by=by, words=words)


def explain_in_words(
    total: PaperTotal, cause: Cause, amount: int, *, by: Actor, words: str
) -> Explanation:
    """Explain a part of the difference where there is no record to name.

    Raises NotInScope, NotPermitted, NotNow for a total that was taken back, and Refused for an
    amount that makes no sense or without words.
    """
    _require(total.area_id, by)
    if not words.strip():
        raise Refused("没有记录可以指名的，请写明是怎么回事。")
    _require_sense(figure_of(total), cause, amount, words)
    return _keep(total, cause, [Named(0, "", amount)], "", by=by, words=words)[0]


def carry(total: PaperTotal, *, by: Actor) -> int:
    """Explain a total entered anew as the one before it was; how many explanations that are.

    Raises NotInScope, NotPermitted, NotNow where there is nothing to take over.
    """
    _require(total.area_id, by)
    with transaction.atomic():
        trail.lock_head()
        found = list(left_behind(total))
        if not found:
            raise NotNow("没有可以带过来的说明，请逐个说明。")
        for (cause, slug, words), parts in _alike(found).items():
            named = [Named(one.entry or 0, one.row, one.amount) for one in parts]
            _keep(total, Cause(cause), named, slug, by=by, words=words)
    return len(found)


def _alike(found: Sequence[Explanation]) -> dict[tuple[str, str, str], list[Explanation]]:
    """(cause, ledger, words) → the explanations that share them."""
    groups: dict[tuple[str, str, str], list[Explanation]] = {}
    for one in found:
        groups.setdefault((one.cause, one.ledger, one.words), []).append(one)
    return groups


def retract(total: PaperTotal, ids: Collection[int], *, by: Actor, reason: str) -> int:
    """Take back explanations of a total; how many. They stay readable.

    Raises NotInScope, NotPermitted, NotNow where one was taken back already or the total was, and
    Refused without a reason or where none is named.
    """
    _require(total.area_id, by)
    with transaction.atomic():
        head = trail.lock_head()
        _still_standing(total)
        found = total.explanations.filter(pk__in=ids)
        if not ids or len(found) != len(set(ids)):
            raise NotInScope("没有这些说明，请刷新后再选。")
        if not all(one.stands for one in found):
            raise NotNow("其中有的说明已经撤销，请刷新后再选。")
        amount = sum(one.amount for one in found)
        _withdraw(ids, Explanation, by, reason)
        said = {"explanations": sorted(ids), "amount": amount, "reason": reason}
        _note(head, "retract", _about(total) | said, by)
    return len(found)


def _require_sense(figure: Figure, cause: Cause, amount: int, words: str) -> None:
    if not amount or abs(amount) > LARGEST:
        raise Refused(f"差额填了 {amount:,}，请填一个不是 0 的整数。")
    sign = 0 if isinstance(figure, Net) else _SIGNS.get(cause, 0)
    if sign * amount < 0:
        much, right = ("多", "负") if sign < 0 else ("少", "正")
        raise Refused(f"“{cause.label}”是纸面{much}计了，差额应填{right}数，不是 {amount:,}。")
    if cause is Cause.OTHER and not words.strip():
        raise Refused("原因选了“其他”，请写明是什么。")


def _keep(
    total: PaperTotal, cause: Cause, named: Sequence[Named], slug: str, *, by: Actor, words: str
) -> list[Explanation]:
    with transaction.atomic():
        head = trail.lock_head()
        _still_standing(total)
        _require_new(total, cause, named)
        rows = [[one.entry, one.amount] for one in named if one.entry]
        amount = sum(one.amount for one in named)
        said = _about(total) | {"cause": cause.value, "amount": amount, "words": words}
        said |= {"ledger": slug, "rows": rows} if rows else {}
        said |= {"entry": named[0].entry} if len(rows) == 1 else {}
        link, who = _note(head, "explain", said, by), _by(by)
        parts = [
            Explanation(
                total=total,
                link=link,
                cause=cause,
                amount=one.amount,
                ledger=slug,
                entry=one.entry or None,
                row=one.row[:400],
                words=words,
                **who,
            )
            for one in named
        ]
        return Explanation.objects.bulk_create(parts)


def _require_new(total: PaperTotal, cause: Cause, named: Sequence[Named]) -> None:
    """No entry twice by the same cause, neither before nor within what is given now."""
    taken = set(explained_by(total, cause))
    for one in named:
        if one.entry in taken:
            raise Refused(
                f"“{one.row or one.entry}”已按“{cause.label}”说明过，不能再算一次；"
                "数不对的请先撤销原来的说明。"
            )
        if one.entry:
            taken.add(one.entry)


# ------------------------------------------------------------------ what all of them do


def _withdraw(
    ids: Collection[int],
    model: type[PaperTotal] | type[Explanation],
    by: Actor,
    reason: str,
) -> None:
    if not reason.strip():
        raise Refused("撤销请写明理由。")
    said: dict[str, Any] = {
        "withdrawn_at": now(),
        "withdrawer_id": by.id,
        "withdrawer_name": by.name,
        "withdrawn_reason": reason,
    }
    model.objects.filter(pk__in=ids).update(**said)


def _by(by: Actor) -> dict[str, Any]:
    return {"actor_id": by.id, "actor_name": by.name, "entered_at": now()}


def _about(total: PaperTotal) -> dict[str, Any]:
    about = {"total": total.pk, "area": total.area_id, "period": total.period}
    return about | {"figure": total.code}


def _note(head: Head, deed: str, said: dict[str, Any], by: Actor) -> int:
    """Put it on the trail; the number of the link."""
    body = {"deed": deed, **said, "actor": by.id, "name": by.name}
    return trail.append(head, "bridge", body).number
