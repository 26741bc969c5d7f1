"""Who looked at whole numbers, as the trail tells it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from gongjian.accounts.models import Post
from gongjian.core.access import Scope
from gongjian.history.models import TrailRecord
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.records.queries.sight import inside

MOST: Final = 20
_READ: Final = MOST * 5
"""Links read for those within the scope."""

ENTRY: Final = "unmask"
PAPER: Final = "unmask-import"
"""Whole numbers in the bad cells of a paper that is being imported: no entry is meant yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One unmasking: of an entry, or of a paper (``entry`` is None then)."""

    at: datetime
    who: str
    ledger: str
    entry: int | None
    what: str
    columns: list[str]
    reason: str


def looks(scope: Scope, name: str | None) -> list[Look]:
    """The latest unmaskings within the scope; of one person where named.

    An entry lies where it stands; a paper where whoever brought it has a post, and it is always
    one's own.
    """
    records = TrailRecord.objects.filter(kind__in=(ENTRY, PAPER)).order_by("-number")[:_READ]
    said = [json.loads(r.body) | {"at": r.at} for r in records]
    said = [s for s in said if name is None or s["name"] == name]
    return [_look(s) for s in islice(_within(said, scope, own=name is not None), MOST)]


def _within(said: list[dict[str, Any]], scope: Scope, *, own: bool) -> Iterator[dict[str, Any]]:
    of_entries = [s for s in said if "entry" in s]
    entries = {
        (slug, entry)
        for slug in {s["ledger"] for s in of_entries}
        for entry in inside(
            LEDGERS[slug], {s["entry"] for s in of_entries if s["ledger"] == slug}, scope
        )
    }
    people = set() if own else _people({s["actor"] for s in said if "entry" not in s}, scope)
    for one in said:
        if "entry" in one:
            if (one["ledger"], one["entry"]) in entries:
                yield one
        elif own or one["actor"] in people:
            yield one


def _people(users: set[int], scope: Scope) -> set[int]:
    """Of these people those who have or had a post within the scope."""
    posts = Post.objects.filter(user_id__in=users).values_list("user_id", "area_id", "union_id")
    return {
        user
        for user, area, union in posts
        if scope.covers([("areas", area or 0), ("unions", union or 0)])
    }


def _look(said: dict[str, Any]) -> Look:
    entry = said.get("entry")
    return Look(
        at=said["at"],
        who=said["name"],
        ledger=said["ledger"],
        entry=entry,
        what=f"系统编号 {entry}" if entry else said.get("paper") or "一份导入的文件",
        columns=said.get("columns", []),
        reason=said["reason"],
    )
