"""The numbers a flow goes by: which held for a place on a day, and how they are written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.history import trail
from gongjian.workflow.declare import FLOWS, Flow, Source
from gongjian.workflow.models import RulePack

Rules = dict[str, dict[str, Any]]
"""By the name of the number: its ``value`` as a text, and the ``pack`` it was taken from."""

_LAST_DAY: Final = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPack:
    """A pack to be written; ``place_id`` None is everywhere, ``valid_to`` is the first day after."""

    flow: str
    valid_from: date
    source: Source
    values: Mapping[str, str]
    place_id: int | None = None
    valid_to: date | None = None


class PackRefused(Refused):
    """A pack that cannot be; ``field`` of ``NewPack`` or the ``number`` at fault, if it is one."""

    def __init__(self, sentence: str, *, field: str = "", number: str = "") -> None:
        super().__init__(sentence)
        self.field, self.number = field, number


def packs_on(flow: Flow, day: date) -> list[RulePack]:
    """The packs of a flow that hold on ``day``, wherever: one query."""
    held = RulePack.objects.filter(flow=flow.slug, valid_from__lte=day)
    return list(held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).order_by("pk"))


def rules_for(flow: Flow, line: Sequence[int], packs: Iterable[RulePack]) -> Rules:
    """What holds at the first place of ``line``: each number from the nearest place that gives it.

    Raises Refused for a number that no pack gives.
    """
    by_place: dict[int | None, list[RulePack]] = {}
    for pack in packs:
        by_place.setdefault(pack.place_id, []).append(pack)
    found: Rules = {}
    for place in (*line, None):
        for pack in by_place.get(place, ()):
            for name, value in pack.values.items():
                found.setdefault(name, {"value": value, "pack": pack.pk})
    for name, number in flow.numbers.items():
        if name not in found:
            raise Refused(
                f"“{flow.title}”的规则包里没有“{number.title}”，请先为这个地方填一个规则包。"
            )
    return {name: found[name] for name in flow.numbers}


def write_pack(new: NewPack, *, by: Actor) -> RulePack:
    """Write a rule pack. Cases that were opened before go by the numbers they were opened with.

    Raises NotInScope, NotPermitted, WrongUse for a value that cannot be read, and Refused for a
    number the flow does not have or that another pack gives for the same place and days.
    """
    flow = FLOWS[new.flow]
    _require(flow, new.place_id, by)
    _require_sound(flow, new)
    with transaction.atomic():
        head = trail.lock_head()
        _require_alone(flow, new)
        pack = RulePack.objects.create(
            flow=new.flow,
            place_id=new.place_id,
            valid_from=new.valid_from,
            valid_to=new.valid_to,
            law=new.source.law,
            article=new.source.article,
            read=new.source.read,
            values=dict(new.values),
        )
        trail.append(head, "rule-pack", {"deed": "write", **_said(pack), **_who(by)})
    return pack


def end_pack(pack: RulePack, day: date, *, by: Actor) -> None:
    """The pack holds no more from ``day`` on. Cases opened before keep what they were opened with."""
    _require(FLOWS[pack.flow], pack.place_id, by)
    with transaction.atomic():
        head = trail.lock_head()
        pack.refresh_from_db()
        if pack.valid_to is not None and pack.valid_to <= day:
            raise Refused(f"这个规则包到 {pack.valid_to} 就已停用，不用再停。")
        if day <= pack.valid_from:
            raise Refused(f"规则包 {pack.valid_from} 才开始，止日请填在它以后。")
        pack.valid_to = day
        pack.save(update_fields=["valid_to"])
        trail.append(head, "rule-pack", {"deed": "end", **_said(pack), **_who(by)})


def _require(flow: Flow, place: int | None, by: Actor) -> None:
    if not by.scope.covers([] if place is None else [(flow.standing, place)]):
        raise NotInScope("没有这个地方，或者它不在您的管理范围内。")
    if not by.may(Permission.KEEP_RULES):
        raise NotPermitted(f"“{by.name}”的岗位不能维护规则包，请由有此权限的人办理。")


def _require_sound(flow: Flow, new: NewPack) -> None:
    if not new.values:
        raise PackRefused("规则包里一个数值也没有，请至少填一个。", field="values")
    for name, value in new.values.items():
        if name not in flow.numbers:
            raise PackRefused(f"“{flow.title}”没有名为“{name}”的数值，请核对。", field="values")
        flow.numbers[name].check(value)
    if new.valid_to is not None and new.valid_to <= new.valid_from:
        raise PackRefused(
            f"规则包的止日 {new.valid_to} 不晚于起日 {new.valid_from}，请核对。", field="valid_to"
        )


def _require_alone(flow: Flow, new: NewPack) -> None:
    others = RulePack.objects.filter(flow=new.flow, place_id=new.place_id)
    for other in others.filter(valid_from__lt=new.valid_to or _LAST_DAY):
        if (other.valid_to or _LAST_DAY) <= new.valid_from:
            continue
        for name in other.values.keys() & new.values.keys():
            title = flow.numbers[name].title
            raise PackRefused(
                f"“{title}”从 {other.valid_from} 起已有规定（{other}），请先停用那个规则包，"
                "或另选日期。",
                number=name,
            )


def _said(pack: RulePack) -> dict[str, Any]:
    ends = pack.valid_to
    return {
        "pack": pack.pk,
        "flow": pack.flow,
        "place": pack.place_id,
        "from": pack.valid_from.isoformat(),
        "until": ends and ends.isoformat(),
        "law": pack.law,
        "article": pack.article,
        "read": pack.read,
        "values": pack.values,
    }


def _who(by: Actor) -> dict[str, Any]:
    return {"actor": by.id, "name": by.name}
