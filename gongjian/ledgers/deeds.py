"""Mending single entries within somebody's scope: annul one, merge two, take changes back."""

from collections.abc import Sequence

from django.db import transaction

from gongjian.core.access import Actor
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.history import repair, sql, trail
from gongjian.history.models import Change
from gongjian.history.record import ever_told
from gongjian.history.repair import believed
from gongjian.history.shapes import SHAPES
from gongjian.history.timeline import VersionTuple
from gongjian.history.undo import Touched, order_of_undoing, touched_by, undo
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.importing import author
from gongjian.ledgers.lookup import References
from gongjian.ledgers.remarks import remark
from gongjian.ledgers.scoping import require_touched_within

TOGETHER = 20
"""Changes that may be taken back in one go."""

LETTERS = 500
"""Letters of a reason."""

MERGED = 2_000
"""Rows of other entries that a merger somebody waits for may move."""

_FOREIGN = "这一步会改动您管理范围以外的记录，请交由上级工会办理。"


class OrderChanged(Refused):
    """What stands in the way of an undoing is no longer what was agreed to."""


def annul(ledger: Ledger, entry: int, *, actor: Actor, reason: str) -> Change:
    """Cease to believe anything of one entry.

    Raises Refused where a reason is missing, others refer to it or nothing is believed of it;
    NotPermitted where it stands outside the scope.
    """
    by = author(actor, said(reason))
    _require_standing(ledger, [entry], actor)
    return repair.annul(ledger.slug, entry, by=by)


@transaction.atomic
def merge(ledger: Ledger, duplicate: int, survivor: int, *, actor: Actor, reason: str) -> Change:
    """Two entries for one thing become one; raises as ``annul``.

    Everything that referred to the duplicate moves along, so all of it must lie within the scope
    and be no more than MERGED rows.
    """
    by = author(actor, said(reason))
    _require_standing(ledger, [duplicate, survivor], actor)
    _require_few(ledger, duplicate)
    change = repair.merge(ledger.slug, duplicate, survivor, by=by)
    moved = touched_by(change.number)
    own = set(moved.pop(ledger.slug, [])) - {duplicate, survivor}
    _require(moved | ({ledger.slug: sorted(own)} if own else {}), change.number, actor)
    return change


def rehearsed(ledger: Ledger, duplicate: int, survivor: int, *, actor: Actor) -> list[VersionTuple]:
    """What would be believed of ``survivor``; whoever asks takes the deed back.

    It is done when this returns. Raises as ``merge``.
    """
    merge(ledger, duplicate, survivor, actor=actor, reason="试算")
    told = ever_told(ledger.shape, [survivor])
    return [t.version for t in told if t.removed_in is None]


def _require_few(ledger: Ledger, duplicate: int) -> None:
    """Refused where more rows refer to ``duplicate`` than may be moved in one go."""
    left = MERGED
    for shape in SHAPES:
        for column in (c for c, target in shape.refs.items() if target == ledger.slug):
            query = (
                f'SELECT 1 FROM "{shape.table}" WHERE "{column}" = %s AND removed_in IS NULL'
                f" LIMIT {left + 1}"
            )
            left -= len(sql.fetch(query, [duplicate]))
            if left < 0:
                raise Refused(
                    f"引用系统编号 {duplicate} 的记载超过 {MERGED:,} 段，不能在页面上并走；"
                    "请改为留下这一条，或先用导入把它们转走。"
                )


def take_back(number: int, *, actor: Actor, reason: str) -> Change:
    """Undo one change as one new change.

    Raises Blocked with the changes in the way, NotPermitted where it reaches beyond the scope.
    """

    def allow(touched: Touched) -> None:
        _require(touched, number, actor)

    return undo(number, by=author(actor, said(reason)), allow=allow)


@transaction.atomic
def take_back_with_followers(
    number: int, *, actor: Actor, reason: str, agreed: Sequence[int] | None = None
) -> list[Change]:
    """Undo a change and all that stands in its way, newest first, each as a change; all or none.

    ``agreed`` is the order that somebody was shown. Raises OrderChanged where it is another by
    now: nothing is taken back that nobody agreed to.
    """
    trail.lock_head()
    order = order_of_undoing(number, TOGETHER)
    if agreed is not None and order != list(agreed):
        names = "、".join(map(str, order))
        raise OrderChanged(
            f"压着变更 {number} 的更改刚有增减，没有撤销；现在要依次撤销变更 {names}，请看过再撤。"
        )
    return [take_back(n, actor=actor, reason=reason) for n in order]


def referring(ledger: Ledger, entry: int) -> list[tuple[Ledger, list[int]]]:
    """Ledgers with entries that refer to ``entry`` now, and which these are."""
    found: list[tuple[Ledger, list[int]]] = []
    for shape in SHAPES:
        columns = [c for c, target in shape.refs.items() if target == ledger.slug]
        entries = {e for c in columns for _, e, _ in believed(shape, [entry], c)}
        if entries:
            found.append((LEDGERS[shape.slug], sorted(entries)))
    return found


def said(reason: str) -> str:
    """The reason as it is kept with a change; Refused for none and for one that is too long."""
    text = remark(reason, LETTERS, label="原因")
    if not text:
        raise Refused("请写明原因；原因会记入变更，供以后核对。")
    return text


def _require_standing(ledger: Ledger, entries: list[int], actor: Actor) -> None:
    """NotPermitted unless all ``entries`` that are believed stand within the scope."""
    refs = References(actor.scope)
    refs.load(ledger.slug, entries)
    targets = [refs.get(ledger.slug, entry) for entry in entries]
    if not all(t is None or actor.scope.covers(t.standing) for t in targets):
        raise NotPermitted(_FOREIGN)


def _require(touched: Touched, number: int, actor: Actor) -> None:
    try:
        require_touched_within(touched, number, actor.scope)
    except NotInScope as error:
        raise NotPermitted(_FOREIGN) from error


def lies_within(number: int, actor: Actor) -> bool:
    """Does all that a change touched lie within the scope?"""
    try:
        require_touched_within(touched_by(number), number, actor.scope)
    except NotInScope:
        return False
    return True
