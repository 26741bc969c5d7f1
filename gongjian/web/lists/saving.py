"""A person's own views of a ledger: keep one, rename it, let it go."""

from typing import Final, NamedTuple

from django.db import IntegrityError, transaction
from django.http import QueryDict

from gongjian.accounts.models import User
from gongjian.core.errors import NotInScope, Refused
from gongjian.ledgers.declare import Ledger
from gongjian.web.lists.address import Address
from gongjian.web.lists.models import ListView
from gongjian.web.naming import clean_name

MOST_VIEWS: Final = 30
_MOST_ADDRESS: Final = 4_000


class Saved(NamedTuple):
    """A view as a list offers it."""

    pk: int
    name: str
    address: str


def views_of(owner_id: int, ledger: Ledger) -> list[Saved]:
    """The views that a person saved of a ledger, by name."""
    mine = ListView.objects.filter(owner_id=owner_id, ledger=ledger.slug)
    return list(map(Saved._make, mine.order_by("name").values_list("pk", "name", "address")))


def save_view(owner: User, ledger: Ledger, name: str, address: str) -> ListView:
    """Keep a view under a name; one of that name is replaced. Raises Refused for a bad name."""
    mine = ListView.objects.filter(owner=owner, ledger=ledger.slug)
    called = _clean(name)
    if len(address) > _MOST_ADDRESS:
        raise Refused("这个视图的条件太长，请减少条件后再存。")
    if not mine.filter(name=called).exists() and mine.count() >= MOST_VIEWS:
        raise Refused(f"每本台账最多存 {MOST_VIEWS} 个视图，请先删去不用的。")
    lasting = Address("", QueryDict(address)).lasting()
    view, _ = ListView.objects.update_or_create(
        owner=owner, ledger=ledger.slug, name=called, defaults={"address": lasting}
    )
    return view


def rename_view(view: ListView, name: str) -> None:
    """Give a view another name; Refused where the person has one of that name already."""
    view.name = _clean(name)
    try:
        with transaction.atomic():
            view.save(update_fields=["name"])
    except IntegrityError:
        raise Refused(f"您已有名为“{view.name}”的视图，请换一个名称。") from None


def view_of(owner: User, ledger: Ledger, view_id: int) -> ListView:
    """A view of one's own; NotInScope for anybody else's."""
    found = ListView.objects.filter(pk=view_id, owner=owner, ledger=ledger.slug).first()
    if found is None:
        raise NotInScope("没有这个视图。")
    return found


def _clean(name: str) -> str:
    return clean_name(name, label="视图名称", thing="视图")
