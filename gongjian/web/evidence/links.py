"""The links of the trail that go into a package: those that whoever takes it may see.

A link names who did what and why. Whoever may export a figure may not for that read what others
did elsewhere, so a link that is not theirs to see is left out: the package says only that there
was one, and its digest.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import posts_of, scope_over
from gongjian.accounts.rules import grants
from gongjian.areas.queries import everywhere
from gongjian.areas.queries import tree_on as areas_on
from gongjian.core.access import Permission, Scope
from gongjian.history.models import TrailRecord
from gongjian.history.sql import chunks
from gongjian.history.trail import canonical
from gongjian.unions.queries import branch_of
from gongjian.web.changes.queries import visible

_BATCH: Final = 500


class Eyes:
    """Which links somebody may see: what they did themselves, and changes of their scope.

    Who audits everything sees everything.
    """

    def __init__(self, user: User, day: date) -> None:
        self._id = user.pk
        held = posts_of(user, day)
        self._changes = _over(held, day, Permission.SEE_TRAIL)
        audited = _over(held, day, Permission.SEE_TRAIL, Permission.VERIFY_TRAIL)
        self._all = everywhere(audited, areas_on(day))

    def seen(self, links: Sequence[TrailRecord]) -> set[int]:
        """Numbers of those of ``links`` that may be shown."""
        if self._all:
            return {link.number for link in links}
        changes = {link.change: link.number for link in links if link.change is not None}
        found = {changes[number] for number in visible(list(changes), self._changes)}
        return found | {link.number for link in links if self._own(link)}

    def _own(self, link: TrailRecord) -> bool:
        return link.change is None and json.loads(link.body).get("actor") == self._id


def _over(held: list[Post], day: date, *permissions: Permission) -> Scope:
    granting = [post for post in held if all(grants(Role(post.role), p) for p in permissions)]
    return scope_over(granting, day, branch_of)


def lines(first: int, last: int, eyes: Eyes) -> Iterator[str]:
    """The lines of ``trail.jsonl`` for the links from ``first`` to ``last``.

    A link that is shown is one line; links that are not, in a row, are one line together.
    """
    asked = TrailRecord.objects.filter(number__gte=first, number__lte=last)
    records = asked.order_by("number").iterator()
    hidden: list[TrailRecord] = []
    for batch in chunks(records, _BATCH):
        seen = eyes.seen(batch)
        for record in batch:
            if record.number in seen:
                yield from _run(hidden)
                hidden.clear()
                yield canonical(link(record)) + "\n"
            else:
                hidden[1:] = [record]
    yield from _run(hidden)


def _run(hidden: list[TrailRecord]) -> Iterator[str]:
    """The first and the last of links in a row that are not shown, as one line."""
    if hidden:
        told = {"from": hidden[0].number, "to": hidden[-1].number, "digest": hidden[-1].digest}
        yield canonical(told) + "\n"


def link(record: TrailRecord) -> dict[str, Any]:
    """A link as it is told: with everything that its digest is worked out from."""
    return {
        "number": record.number,
        "at": f"{record.at.timestamp():.6f}",
        "kind": record.kind,
        "change": record.change,
        "body": record.body,
        "previous": record.previous,
        "digest": record.digest,
    }
