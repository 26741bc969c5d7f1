"""What each role may do."""

import pytest

from gongjian.accounts.enums import Role
from gongjian.accounts.rules import (
    ROW_PERMISSIONS,
    RULES,
    grants,
    normal_name,
    permissions_of,
)
from gongjian.core.access import Permission

P = Permission

MATRIX = {
    "city-organiser": {
        P.IMPORT_LEDGER,
        P.UNDO_CHANGE,
        P.SEE_FIGURES,
        P.EXPORT_LEDGER,
        P.UNMASK,
    },
    "county-organiser": {
        P.IMPORT_LEDGER,
        P.UNDO_CHANGE,
        P.SEE_FIGURES,
        P.EXPORT_LEDGER,
        P.UNMASK,
    },
    "township-clerk": {P.IMPORT_LEDGER, P.UNDO_CHANGE, P.SEE_FIGURES, P.EXPORT_LEDGER},
    "union-officer": {P.IMPORT_LEDGER, P.UNDO_CHANGE, P.SEE_FIGURES, P.EXPORT_LEDGER},
    "grid-worker": {P.IMPORT_LEDGER},
    "inspector": {P.SEE_FIGURES, P.EXPORT_LEDGER},
    "leader": {P.SEE_FIGURES},
    "auditor": {P.VERIFY_TRAIL, P.SEE_FIGURES},
    "administrator": {P.MANAGE_PEOPLE, P.VERIFY_TRAIL},
}


def test_matrix_of_roles() -> None:
    assert {role.value: set(rule.permissions) for role, rule in RULES.items()} == MATRIX
    assert list(RULES) == list(Role)


@pytest.mark.parametrize("role", Role)
def test_role_is_described_in_one_sentence(role: Role) -> None:
    description = RULES[role].description

    assert (description[-1], description.count("。")) == ("。", 1)


def test_whoever_hands_out_posts_sees_no_rows() -> None:
    managing = [role for role in Role if P.MANAGE_PEOPLE in RULES[role].permissions]

    assert managing == [Role.ADMINISTRATOR]
    assert grants(Role.ADMINISTRATOR, None) is False
    assert RULES[Role.ADMINISTRATOR].permissions.isdisjoint(ROW_PERMISSIONS)


def test_deeds_of_several_roles_add_up() -> None:
    assert permissions_of([]) == frozenset()
    assert permissions_of([Role.LEADER, Role.GRID_WORKER]) == {P.SEE_FIGURES, P.IMPORT_LEDGER}


def test_name_is_kept_trimmed_and_half_width() -> None:
    assert normal_name("  ｚｈａｎｇ０１ ") == "zhang01"
