"""What each role may do. A role says which deeds; the post says where."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from gongjian.accounts.enums import Role
from gongjian.core.access import Permission

P = Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRule:
    """The deeds of one role and how the matrix of roles describes them.

    ``ledgers``: the only ledgers that the role sees and writes, by their names; None: all.
    ``second_factor``: whoever holds the role signs in with a second factor, not by choice.
    """

    permissions: frozenset[Permission]
    description: str
    ledgers: frozenset[str] | None = None
    second_factor: bool = False


_SEES: Final = frozenset({P.SEE_FIGURES, P.SEE_LEDGERS, P.SEE_TRAIL})
_CLERK: Final = _SEES | {P.IMPORT_LEDGER, P.MEND_LEDGER, P.UNDO_CHANGE, P.EXPORT_LEDGER}
_ORGANISER: Final = _CLERK | {P.UNMASK}

RULES: Final[Mapping[Role, RoleRule]] = MappingProxyType(
    {
        Role.CITY_ORGANISER: RoleRule(
            permissions=_ORGANISER | {P.REVIEW_REPORT, P.LOCK_MONTH, P.KEEP_RULES},
            description="管理全市台账：查看、导入、更正、撤销、导出，审核和锁定月报，维护规则包，说明理由后可查看完整证件号码。",
        ),
        Role.COUNTY_ORGANISER: RoleRule(
            permissions=_ORGANISER | {P.SUBMIT_REPORT, P.REVIEW_REPORT},
            description="管理本县台账：查看、导入、更正、撤销、导出，审核乡镇月报，报送本县月报，说明理由后可查看完整证件号码。",
        ),
        Role.TOWNSHIP_CLERK: RoleRule(
            permissions=_CLERK | {P.SUBMIT_REPORT},
            description="填报本乡镇街道台账：查看、导入、更正、撤销、导出，报送月报，证件号码始终隐去。",
        ),
        Role.UNION_OFFICER: RoleRule(
            permissions=_CLERK,
            description="填报本工会及下级工会台账：查看、导入、更正、撤销、导出，证件号码始终隐去。",
        ),
        # Reports what is seen on the round; to mend what others recorded is for the township.
        Role.GRID_WORKER: RoleRule(
            permissions=frozenset({P.SEE_LEDGERS, P.IMPORT_LEDGER}),
            description="上报本网格走访到的用人单位：只查看、填报和导入这一本台账，看不到会员和工会。",
            ledgers=frozenset({"employers"}),
        ),
        # Samples the ledger and asks who wrote what, but writes nothing.
        Role.INSPECTOR: RoleRule(
            permissions=_SEES | {P.EXPORT_LEDGER},
            description="督查所辖范围：查看指标、台账和变更，导出，证件号码始终隐去。",
        ),
        # Every figure opens onto its names; whole ledgers of persons are not for looking around.
        Role.LEADER: RoleRule(
            permissions=frozenset({P.SEE_FIGURES}),
            description="查看所辖范围的指标和构成它的名单，不能翻阅台账。",
        ),
        Role.AUDITOR: RoleRule(
            permissions=frozenset({P.SEE_TRAIL, P.VERIFY_TRAIL}),
            description="核验留痕，查看所辖范围的变更和谁看过完整号码，不能翻阅台账和指标。",
            second_factor=True,
        ),
        # Whoever hands out posts must not profit from them: no rows, no figures.
        Role.ADMINISTRATOR: RoleRule(
            permissions=frozenset({P.MANAGE_PEOPLE, P.VERIFY_TRAIL}),
            description="添加人员、分配岗位、核验留痕；不能查看台账、变更和指标。",
            second_factor=True,
        ),
    }
)

ROW_PERMISSIONS: Final = _ORGANISER
"""Deeds by which anything of a row is seen or written; a role without any of them sees none."""

LEDGER_PERMISSIONS: Final = _ORGANISER - {P.SEE_FIGURES, P.SEE_TRAIL}
"""Deeds in one ledger at a time: a role that names its ledgers may do them there alone."""


def grants(role: Role, permission: Permission | None, ledger: str | None = None) -> bool:
    """Whether a role may do the deed; with None, whether it may do anything to rows.

    ``ledger`` is the ledger it is done in. Where none is named the deed is for every ledger, and
    a role that names its own may not do it.
    """
    rule = RULES[role]
    if permission is None:
        return not rule.permissions.isdisjoint(ROW_PERMISSIONS)
    if permission in LEDGER_PERMISSIONS and rule.ledgers is not None and ledger not in rule.ledgers:
        return False
    return permission in rule.permissions


def grants_somewhere(role: Role, permission: Permission) -> bool:
    """Whether a role may do the deed in any ledger at all."""
    return permission in RULES[role].permissions


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that one who holds all these roles may do somewhere."""
    return frozenset().union(*(RULES[role].permissions for role in roles))


def normal_name(name: str) -> str:
    """A user name as it is kept: trimmed, full-width letters and digits made half-width."""
    return unicodedata.normalize("NFKC", name.strip())


def mail_fault(address: str, domains: Collection[str]) -> str:
    """Why nothing can be mailed to ``address``, in a sentence; blank where it can.

    ``domains`` are the parts behind the @ that mail may go to; none: any.
    """
    try:
        validate_email(address)
    except ValidationError:
        return f"“{address}”不是邮箱地址，请填 wangmin@example.org 这样的地址。"
    name, _, domain = address.rpartition("@")
    if not address.isascii() or len(name) > _LONGEST_NAME or len(address) > _LONGEST_ADDRESS:
        return f"邮箱“{address}”里有邮件服务器不认的写法，请换一个只用字母和数字的地址。"
    if domains and domain.lower() not in domains:
        return f"邮件只发到 {'、'.join(sorted(domains))}，请填这样的邮箱，不填“{address}”。"
    return ""


_LONGEST_NAME: Final = 64
"""Letters before the @ that every server takes (RFC 5321)."""

_LONGEST_ADDRESS: Final = 254
"""Letters of an address that can be kept, and that a server takes (RFC 5321)."""


DEEDS: Final[Mapping[Permission, str]] = MappingProxyType(
    {
        P.SEE_FIGURES: "查看指标和构成它的名单",
        P.SEE_LEDGERS: "翻阅、搜索台账",
        P.SEE_TRAIL: "查看谁改了什么",
        P.IMPORT_LEDGER: "导入、填报和更正台账",
        P.MEND_LEDGER: "作废、合并、更正代码",
        P.UNDO_CHANGE: "撤销一次变更",
        P.EXPORT_LEDGER: "导出，证件号码隐去",
        P.UNMASK: "说明理由后查看完整证件号码",
        P.SUBMIT_REPORT: "报送本级月报",
        P.REVIEW_REPORT: "审核、退回下级月报，代下级报送",
        P.LOCK_MONTH: "锁定月报",
        P.KEEP_RULES: "维护规则包和工作日历",
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
