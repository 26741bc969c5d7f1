"""What the address of a report names: a month and a place."""

from django.http import HttpRequest, QueryDict

from gongjian.areas.queries import Tree, area_by_code, tree_on
from gongjian.core.access import Actor, Permission, Scope
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted, Refused, WrongUse
from gongjian.indicators.declare import CATALOG
from gongjian.ledgers.remarks import remark
from gongjian.reporting.rules import EXPLAINED, Period
from gongjian.web.people import insider, require

MOST_LETTERS = 2_000
"""Letters of a remark."""

MOST_EXPLAINED = 500
"""Letters of an explanation."""


def period_of(given: QueryDict) -> Period:
    """``month`` of the address, else the present one; Refused where it is none."""
    text = given.get("month", "").strip()
    if not text:
        return Period.of(today())
    try:
        return Period.read(text)
    except WrongUse as error:
        raise Refused(error.sentence) from error


def place_of(request: HttpRequest, permission: Permission, deed: str) -> tuple[int | None, Actor]:
    """The area that is asked about, and the one who asks, refused in the order 404, 403.

    Without ``area`` in the address it is the highest area of the scope; None where there is none.
    """
    someone = insider(request, deed)
    given = request.POST if request.method == "POST" else request.GET
    code = given.get("area", "").strip()
    area = area_by_code(code) if code else None
    if code and (area is None or not someone.scope.covers([("areas", area)])):
        raise NotInScope(f"没有代码为“{code}”的区划，或者它不在您的管理范围内。")
    actor = require(request, permission, deed)
    if area is None:
        return next(iter(tops(actor.scope, tree_on(today()))), None), actor
    if not actor.scope.covers([("areas", area)]):
        raise NotPermitted(f"您在这里的岗位不能{deed}，请由有此权限的人办理。")
    return area, actor


def tops(scope: Scope, tree: Tree) -> list[int]:
    """The highest areas of a scope that exist in the tree, by code."""
    if scope.everything:
        return list(tree.roots())
    inside = [area for area in scope.inside.get("areas", ()) if tree.exists(area)]
    seen = frozenset(inside)
    return sorted((area for area in inside if tree.parent(area) not in seen), key=tree.code)


def remark_of(given: QueryDict) -> str:
    """The remark on one line; Refused where it is too long to be one."""
    return remark(given.get("remark", ""), MOST_LETTERS, label="说明")


def explanations_of(given: QueryDict) -> dict[str, str]:
    """Why figures swung, by the code of the figure, each on one line; Refused where one is too long.

    Those left empty are left out.
    """
    said = {}
    for code, text in explanations_as_typed(given).items():
        (figure,) = CATALOG.asked([code])
        said[code] = remark(text, MOST_EXPLAINED, label=f"“{figure.name}”的异常说明")
    return {code: text for code, text in said.items() if text}


def explanations_as_typed(given: QueryDict) -> dict[str, str]:
    """The same as it was sent, to be shown again."""
    return {
        code: given.get(f"why-{code}", "").strip() for code in EXPLAINED if f"why-{code}" in given
    }


def must_place(request: HttpRequest, permission: Permission, deed: str) -> tuple[int, Actor]:
    """As ``place_of``; Refused where no area is named and none lies in the scope."""
    area, actor = place_of(request, permission, deed)
    if area is None:
        raise Refused("没有写明是哪个区划的月报，请从月报页面办理。")
    return area, actor


def seen_of(given: QueryDict) -> int | None:
    """How much of the case whoever sends the form had seen."""
    text = given.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
