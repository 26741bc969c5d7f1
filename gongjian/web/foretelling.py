"""What figures would become, as pages show it: before a dry run is committed, a form is saved, a
change is undone. The figures are those of the areas of the person's posts.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.accounts.queries import posts_of
from gongjian.accounts.rules import grants
from gongjian.areas.queries import tree_on
from gongjian.core.access import Permission
from gongjian.core.days import today
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.foretelling import Foretold, Move, Unforetold
from gongjian.web.moment import AsOf
from gongjian.web.text import ABSENT, number, percent, points, signed

_MOST_AREAS: Final = 3

Plain = dict[str, Any]
"""``areas`` with rows, the ``day`` and ``known_at`` they are of; or ``reason`` why there are none.

Plain values, so that it can be kept with what it was worked out from; ``shown`` puts it in words.
"""


def areas_of(user: User) -> Mapping[int, str]:
    """Areas of the posts whose figures the person may see, with their names; a few of them."""
    tree = tree_on(today())
    held = [
        post.area_id
        for post in posts_of(user, today())
        if post.area_id is not None and grants(Role(post.role), Permission.SEE_FIGURES)
    ]
    existing = [area for area in dict.fromkeys(held) if tree.exists(area)]
    return {area: tree.name(area) for area in existing[:_MOST_AREAS]}


def told(ask: Callable[[], Foretold], areas: Mapping[int, str]) -> Plain:
    """What ``ask`` foretells for ``areas`` (as ``areas_of`` gives them), plain.

    ``ask`` is a call of ``foretell`` or ``foretell_edit``; it is not made where nothing would be
    shown. Raises what it raises but Unforetold, which becomes the reason.
    """
    if not areas:
        return {"reason": "您的岗位不在某个区划，或不能查看指标，试算不推算指标。"}
    try:
        foretold = ask()
    except Unforetold as why:
        return {"reason": why.sentence}
    return {
        "day": foretold.day.isoformat(),
        "known_at": foretold.known_at,
        "areas": [
            {
                "name": name,
                "code": foretold.tree.code(area),
                "rows": [_plain(move) for move in foretold.moves(area)],
            }
            for area, name in areas.items()
            if foretold.tree.exists(area)
        ],
    }


def _plain(move: Move) -> Plain:
    return dict(move._asdict())


def shown(plain: Plain) -> Plain:
    """``plain`` in words, for the macro ``foretold`` of components/foretold.html."""
    total = len(list(CATALOG))
    areas = [
        {
            **area,
            "rows": [{**_moved(r), "address": _address(plain, area, r)} for r in area["rows"]],
            "still": total - len(area["rows"]),
        }
        for area in plain.get("areas", [])
    ]
    return {**plain, "areas": areas}


def _address(plain: Plain, area: Plain, row: Plain) -> str:
    """The rows behind a number as it is before: of its day, as known then."""
    moment = AsOf(day=date.fromisoformat(plain["day"]), known_at=plain["known_at"])
    return reverse("figure-rows", args=[row["code"]]) + moment.query(area=area["code"])


def _moved(row: Mapping[str, Any]) -> Plain:
    """A figure before and after, and by how much it moves."""
    before, after = row["before"], row["after"]
    if row["ratio"]:
        words = {"before": percent(before), "after": percent(after)}
        up = (after or 0) >= (before or 0)
        return {**row, **words, "by": _points(before, after), "up": up}
    by = after - before
    words = {"before": number(before), "after": number(after)}
    return {**row, **words, "by": signed(by), "up": by >= 0}


def _points(before: float | None, after: float | None) -> str:
    """Percentage points to two places; “—” where a rate begins or ceases to be."""
    if before is None or after is None:
        return ABSENT
    if before == after:
        return "不变"
    moved = points(after - before, 2)
    return f"{moved} 个百分点" if moved != "0" else "不足 0.01 个百分点"
