"""Who may see and do what, as plain values: no person, no area, no table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Permission(StrEnum):
    """A kind of deed; roles are sets of these.

    ``SEE_FIGURES`` opens figures with the names behind them, ``SEE_LEDGERS`` whole ledgers,
    ``SEE_TRAIL`` what was changed by whom. ``MEND_LEDGER`` annuls, merges and corrects keys.
    ``SUBMIT_REPORT`` hands in the month of one's own unit, ``REVIEW_REPORT`` returns, accepts and
    hands in those of units below; ``KEEP_RULES`` writes rule packs
    and, at the top of all places, the calendar of working days.
    """

    SEE_FIGURES = "see-figures"
    SEE_LEDGERS = "see-ledgers"
    SEE_TRAIL = "see-trail"
    IMPORT_LEDGER = "import-ledger"
    MEND_LEDGER = "mend-ledger"
    UNDO_CHANGE = "undo-change"
    EXPORT_LEDGER = "export-ledger"
    UNMASK = "unmask"
    SUBMIT_REPORT = "submit-report"
    REVIEW_REPORT = "review-report"
    LOCK_MONTH = "lock-month"
    KEEP_RULES = "keep-rules"
    MANAGE_PEOPLE = "manage-people"
    VERIFY_TRAIL = "verify-trail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a set of posts covers.

    `inside` holds entry ids by ledger, already expanded: every area at or below the posts'
    areas, every union at or below the posts' unions. `everything` makes it irrelevant.
    """

    everything: bool = False
    inside: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def covers(self, standing: Iterable[tuple[str, int]]) -> bool:
        """Whether an entry lies within, given the (ledger, id) pairs it stands at.

        An entry that stands nowhere lies within nothing but everything.
        """
        return self.everything or any(
            id_ in self.inside.get(ledger, frozenset()) for ledger, id_ in standing
        )


EVERYTHING = Scope(everything=True)
NOTHING = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something: an opaque id (None: no account), a name, a scope, permissions."""

    id: int | None
    name: str
    scope: Scope
    permissions: frozenset[Permission]

    def may(self, permission: Permission) -> bool:
        """Whether the actor holds the permission, wherever it applies."""
        return permission in self.permissions


OPERATOR = Actor(id=None, name="系统操作员", scope=EVERYTHING, permissions=frozenset(Permission))
