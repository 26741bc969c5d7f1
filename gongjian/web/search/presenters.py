"""Hits in words: who, what is known of them in a line, where their record is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from gongjian.areas.queries import Tree, tree_on
from gongjian.core.codes import mask_identity
from gongjian.history.keys import field_keys
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.search.queries import Found, Hit, names_of


@dataclass(frozen=True, slots=True)
class Said:
    """One hit."""

    title: str
    address: str
    detail: str
    ended: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The hits of one group."""

    title: str
    hits: Sequence[Said]
    more: bool


def sections(found: Sequence[Found], day: date) -> list[Section]:
    """The groups of a search in words."""
    unions = {hit.values["union_id"] for f in found for hit in f.hits if "union_id" in hit.values}
    called = dict(names_of("unions", unions, day)) if unions else {}
    tree = tree_on(day)
    return [_section(one, called, tree) for one in found]


def _section(found: Found, unions: dict[int, str], tree: Tree) -> Section:
    ledger = LEDGERS[found.group.ledger]
    named = ledger.name or ledger.code
    hits = [
        Said(
            str(hit.values[named]),
            reverse("record", args=[ledger.slug, hit.entry]),
            _detail(ledger.slug, hit, unions, tree),
            hit.ended,
        )
        for hit in found.hits
    ]
    return Section(found.group.title, hits, found.more)


def _detail(slug: str, hit: Hit, unions: dict[int, str], tree: Tree) -> str:
    """What tells one hit from another of the same name."""
    values = hit.values
    parts: list[Any] = []
    if slug == "members":
        sealed = bytes(values["identity_sealed"])
        parts = [mask_identity(field_keys().open(sealed, "members.identity"))]
    elif slug == "unions":
        parts = [values["code"], values["approval_no"]]
    elif slug == "employers":
        parts = [values["code"]]
    elif slug == "agreements":
        parts = [values["kind"], f"{values['term_from']} 至 {values['term_to']}"]
    if "union_id" in values:
        parts.append(unions.get(values["union_id"]))
    if "area_id" in values:
        place = tree.place(values["area_id"])
        parts.append(None if place is None else tree.name(place))
    return " · ".join(str(part) for part in parts if part)
