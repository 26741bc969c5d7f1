"""What each role may do."""

import pytest

from gongjian.accounts.enums import Role
from gongjian.accounts.rules import (
    DEEDS,
    ROW_PERMISSIONS,
    RULES,
    grants,
    grants_somewhere,
    normal_name,
    permissions_of,
)
from gongjian.core.access import Permission

P = Permission

SEES = {P.SEE_FIGURES, P.SEE_LEDGERS, P.SEE_TRAIL}
CLERK = SEES | {P.IMPORT_LEDGER, P.MEND_LEDGER, P.UNDO_CHANGE, P.EXPORT_LEDGER}

MATRIX = {
    "city-organiser": CLERK | {P.UNMASK, P.REVIEW_REPORT, P.LOCK_MONTH, P.KEEP_RULES},
    "county-organiser": CLERK | {P.UNMASK, P.SUBMIT_REPORT, P.REVIEW_REPORT},
    "township-clerk": CLERK | {P.SUBMIT_REPORT},
    "union-officer": CLERK,
    "grid-worker": {P.SEE_LEDGERS, P.IMPORT_LEDGER},
    "inspector": SEES | {P.EXPORT_LEDGER},
    "leader": {P.SEE_FIGURES},
    "auditor": {P.SEE_TRAIL, P.VERIFY_TRAIL},
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
    assert permissions_of([Role.LEADER, Role.GRID_WORKER]) == {
        P.SEE_FIGURES,
        P.SEE_LEDGERS,
        P.IMPORT_LEDGER,
    }


def test_grid_worker_sees_and_writes_employers_alone() -> None:
    named = {role: rule.ledgers for role, rule in RULES.items() if rule.ledgers is not None}

    assert named == {Role.GRID_WORKER: {"employers"}}
    for deed in (P.SEE_LEDGERS, P.IMPORT_LEDGER):
        assert grants(Role.GRID_WORKER, deed, "employers")
        assert not grants(Role.GRID_WORKER, deed, "members")
        assert not grants(Role.GRID_WORKER, deed)
        assert grants_somewhere(Role.GRID_WORKER, deed)


def test_every_permission_has_its_words() -> None:
    assert set(DEEDS) == set(Permission)


def test_name_is_kept_trimmed_and_half_width() -> None:
    assert normal_name("  ｚｈａｎｇ０１ ") == "zhang01"
