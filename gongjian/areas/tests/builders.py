"""Areas made to order: each given as what was said of it, written as one change."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from gongjian.areas.ledger import FIRST_DAY
from gongjian.areas.models import AreaVersion
from gongjian.areas.queries import area_by_code
from gongjian.history import record
from gongjian.history.shapes import SHAPES


@dataclass(frozen=True, kw_only=True)
class Said:
    """One version; ``parent`` and ``heir`` are codes. Back to back, they make one period."""

    code: str
    parent: str | None = None
    begins: date = FIRST_DAY
    ends: date | None = None
    heir: str | None = None
    name: str = ""
    kind: str = "其他"


def write_areas(*said: Said, corrected: dict[str, int] | None = None) -> int:
    """Write one change that makes ``said`` all that is believed of the areas it names.

    ``corrected`` says whose code a new code is; -1 for a new area, whoever bore the code before.
    """
    shape = SHAPES["areas"]
    codes = list(dict.fromkeys(s.code for s in said))
    ids = {code: found for code in codes if (found := area_by_code(code)) is not None}
    ids |= corrected or {}
    fresh = [code for code in codes if ids.get(code, -1) < 0]
    ids |= {code: -1 - i for i, code in enumerate(fresh)}
    old = AreaVersion.objects.filter(entry__in=ids.values(), removed_in=None)
    edit = record.Edit(
        shape=shape,
        closes=list(old.values_list("vid", flat=True)),
        adds=[(ids[s.code], _version(s, said, ids)) for s in said],
        fresh=len(fresh),
    )
    author = record.Author(actor_id=None, name="测试")
    return record.commit(edit, kind="import", by=author, base=record.newest()).change


def _version(said: Said, among: tuple[Said, ...], ids: dict[str, int]) -> tuple[Any, ...]:
    values = {
        "code": said.code,
        "name": said.name or f"区划{said.code}",
        "kind": said.kind,
        "parent": _id(said.parent, ids),
        "heir": _id(said.heir, ids),
    }
    shape = SHAPES["areas"]
    opened = said.begins
    while before := [s for s in among if s.code == said.code and s.ends == opened]:
        opened = before[0].begins
    stated = sum(shape.bits.values())
    return (said.begins, said.ends, opened, stated, *(values[name] for name in shape.fields))


def _id(code: str | None, ids: dict[str, int]) -> int | None:
    if code is None:
        return None
    return ids[code] if code in ids else area_by_code(code)


def area(code: str) -> int:
    """The number of an area that was written."""
    found = area_by_code(code)
    assert found is not None
    return found


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written inside is gone afterwards: for many examples in one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
