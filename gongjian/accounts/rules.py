"""What each role may do. A role says which deeds; the post says where."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from gongjian.accounts.enums import Role
from gongjian.core.access import Permission

P = Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRule:
    """The deeds of one role and how the matrix of roles describes them.

    ``second_factor``: whoever holds the role signs in with a second factor, not by choice.
    """

    permissions: frozenset[Permission]
    description: str
    second_factor: bool = False


_ORGANISER: Final = frozenset(
    {P.IMPORT_LEDGER, P.UNDO_CHANGE, P.SEE_FIGURES, P.EXPORT_LEDGER, P.UNMASK}
)

RULES: Final[Mapping[Role, RoleRule]] = MappingProxyType(
    {
        Role.CITY_ORGANISER: RoleRule(
            permissions=_ORGANISER,
            description="管理全市台账：导入、撤回、查看指标、导出，说明理由后可查看完整证件号码。",
        ),
        Role.COUNTY_ORGANISER: RoleRule(
            permissions=_ORGANISER,
            description="管理本县台账：导入、撤回、查看指标、导出，说明理由后可查看完整证件号码。",
        ),
        Role.TOWNSHIP_CLERK: RoleRule(
            permissions=frozenset({P.IMPORT_LEDGER, P.UNDO_CHANGE, P.SEE_FIGURES, P.EXPORT_LEDGER}),
            description="填报本乡镇街道台账：导入、撤回、查看指标、导出。",
        ),
        Role.UNION_OFFICER: RoleRule(
            permissions=frozenset({P.IMPORT_LEDGER, P.UNDO_CHANGE, P.SEE_FIGURES, P.EXPORT_LEDGER}),
            description="填报本工会及下级工会台账：导入、撤回、查看指标、导出。",
        ),
        Role.GRID_WORKER: RoleRule(
            permissions=frozenset({P.IMPORT_LEDGER}),
            description="上报本网格走访到的用人单位：导入。",
        ),
        Role.INSPECTOR: RoleRule(
            permissions=frozenset({P.SEE_FIGURES, P.EXPORT_LEDGER}),
            description="督查所辖范围：查看指标及其明细、导出，证件号码始终隐去。",
        ),
        Role.LEADER: RoleRule(
            permissions=frozenset({P.SEE_FIGURES}),
            description="查看所辖范围的指标及其明细。",
        ),
        Role.AUDITOR: RoleRule(
            permissions=frozenset({P.VERIFY_TRAIL, P.SEE_FIGURES}),
            description="核验留痕，查看所辖范围的指标及其明细。",
            second_factor=True,
        ),
        # Whoever hands out posts must not profit from them: no rows, no figures.
        Role.ADMINISTRATOR: RoleRule(
            permissions=frozenset({P.MANAGE_PEOPLE, P.VERIFY_TRAIL}),
            description="添加人员、分配岗位、核验留痕；不能查看台账和指标。",
            second_factor=True,
        ),
    }
)

ROW_PERMISSIONS: Final = _ORGANISER
"""Deeds by which rows are seen or written; a role without any of them sees no row."""


def grants(role: Role, permission: Permission | None) -> bool:
    """Whether a role may do the deed; with None, whether it may do anything to rows."""
    wanted = ROW_PERMISSIONS if permission is None else {permission}
    return not RULES[role].permissions.isdisjoint(wanted)


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that one who holds all these roles may do somewhere."""
    return frozenset().union(*(RULES[role].permissions for role in roles))


def normal_name(name: str) -> str:
    """A user name as it is kept: trimmed, full-width letters and digits made half-width."""
    return unicodedata.normalize("NFKC", name.strip())


DEEDS: Final[Mapping[Permission, str]] = MappingProxyType(
    {
        P.SEE_FIGURES: "查看指标及其明细",
        P.IMPORT_LEDGER: "导入、填报和更正台账",
        P.UNDO_CHANGE: "撤回一次变更",
        P.EXPORT_LEDGER: "导出台账，证件号码隐去",
        P.UNMASK: "说明理由后查看完整证件号码",
        P.MANAGE_PEOPLE: "添加人员、分配岗位",
        P.VERIFY_TRAIL: "核验留痕",
    }
)
"""Every permission in the words of the page of roles, in its order."""

DEMO_NAMES: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.CITY_ORGANISER: "市级组织员",
        Role.COUNTY_ORGANISER: "县级组织员",
        Role.TOWNSHIP_CLERK: "乡镇经办人",
        Role.UNION_OFFICER: "工会干部",
        Role.GRID_WORKER: "网格员",
        Role.INSPECTOR: "督查员",
        Role.LEADER: "领导",
        Role.AUDITOR: "审计员",
        Role.ADMINISTRATOR: "系统管理员",
    }
)
"""Who stands for which role in the demonstration."""
