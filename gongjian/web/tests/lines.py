"""What a line says that tells who gets which answer from an address, and whom it may name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gongjian.accounts.enums import Role

R = Role
EVERYBODY: Final = frozenset(Role)
ORGANISERS: Final = frozenset({R.CITY_ORGANISER, R.COUNTY_ORGANISER})
CLERKS: Final = ORGANISERS | {R.TOWNSHIP_CLERK, R.UNION_OFFICER}
EXPORT: Final = CLERKS | {R.INSPECTOR}
FIGURES: Final = EXPORT | {R.LEADER}
TRAIL: Final = EXPORT | {R.AUDITOR}
REPORT: Final = CLERKS | {R.GRID_WORKER}
SUBMIT: Final = frozenset({R.COUNTY_ORGANISER, R.TOWNSHIP_CLERK})
OPEN: Final = EXPORT | {R.GRID_WORKER}
MANAGE: Final = frozenset({R.ADMINISTRATOR})
AUDITS: Final = frozenset({R.AUDITOR})
VERIFIES: Final = AUDITS | MANAGE

Status = int | tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One address and its answers. What lies outside is not there (404) before it is forbidden.

    path    with the things of the world in braces
    who     the roles that get ``get`` and ``post``, inside; None: not answered this way (405)
    data    what is sent, with things in braces too
    part    it is asked for as a part of a page
    sees    what is in the path may lie outside, and for these roles something of its kind lies
            inside: everybody else is told of the right alone (403)
    own     what is outside is somebody else's
    blind   roles that have this outside though others of the place have it inside
    """

    path: str
    who: frozenset[Role] = EVERYBODY
    get: Status | None = 200
    post: Status | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    part: bool = False
    sees: frozenset[Role] | None = None
    own: bool = False
    blind: frozenset[Role] = frozenset()

    @property
    def scoped(self) -> bool:
        """Is there an inside and an outside?"""
        return self.own or self.sees is not None

    def expected(self, role: Role | None, method: str, *, inside: bool) -> frozenset[int]:
        """The status for somebody of ``role``; None: of no role at all."""
        status = self.get if method == "get" else self.post
        if status is None:
            return frozenset({405})
        if self.sees is not None and role not in self.sees:
            return frozenset({403})
        if self.scoped and (not inside or role in self.blind):
            return frozenset({404})
        if role not in self.who and self.who != EVERYBODY:
            return frozenset({403})
        return frozenset({status} if isinstance(status, int) else status)


OFFICER: Final = frozenset({R.UNION_OFFICER})
"""A post at a union has its members inside, and not the employers of the town."""

BOTH: Final[dict[str, Any]] = {"get": 200, "post": 422}
DEED: Final[dict[str, Any]] = {"get": None, "post": 302}


def row(path: str, who: frozenset[Role], **more: Any) -> Line:
    """An address about a place or an entry: outside of the scope it is not there."""
    return Line(path=path, who=who, sees=EVERYBODY - MANAGE, **more)
