"""What someone may do, a click away from the first page."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from gongjian.core.access import Permission
from gongjian.web.posts import permissions


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Something that whoever holds any of ``permissions`` may do, on the page ``name``."""

    permissions: frozenset[Permission]
    name: str
    title: str
    remark: str
    icon: str


WAYS: Final = (
    Way(
        permissions=frozenset({Permission.IMPORT_LEDGER}),
        name="imports",
        title="导入台账",
        remark="把 Excel 收进来，先检查、试算，再入库",
        icon="file-import",
    ),
    Way(
        permissions=frozenset({Permission.SEE_FIGURES}),
        name="figures",
        title="口径与核对",
        remark="每个数怎么来，由哪些行构成",
        icon="zoom-check",
    ),
    Way(
        permissions=frozenset({Permission.SEE_TRAIL}),
        name="changes",
        title="变更与留痕",
        remark="谁在什么时候为什么改了什么",
        icon="git-compare",
    ),
    Way(
        permissions=frozenset({Permission.MANAGE_PEOPLE}),
        name="staff",
        title="人员与岗位",
        remark="添加人员，分配岗位，交接和代岗",
        icon="users-group",
    ),
)


def ways(request: HttpRequest) -> list[Way]:
    """What the posts of whoever asks allow."""
    may = permissions(request)
    return [way for way in WAYS if not way.permissions.isdisjoint(may)]
