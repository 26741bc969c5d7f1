"""Places in names: where posts stand, and the bars by which one goes from place to place."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from gongjian.accounts.models import Post
from gongjian.areas.queries import tree_on
from gongjian.core.days import today
from gongjian.indicators.declare import AFFILIATION, TERRITORY
from gongjian.unions.models import UnionVersion


@dataclass(frozen=True, slots=True)
class Step:
    """One place, or one side, in a bar of components/places.html; where one is leads nowhere."""

    title: str
    address: str = ""
    image: str = ""


SIDES: Final = {TERRITORY: ("块（属地）", "map-pin"), AFFILIATION: ("条（隶属）", "sitemap")}
"""Tree → what people call it, and its drawing."""


def areas_of_unions(unions: Collection[int]) -> Mapping[int, int]:
    """The area that each union stands in, as last believed."""
    believed = UnionVersion.objects.filter(
        entry_id__in=unions, removed_in__isnull=True, area_id__isnull=False
    )
    return dict(believed.order_by("valid_from").values_list("entry_id", "area_id"))


def place_names(posts: Iterable[Post]) -> dict[int, str]:
    """What the place of each post is called, by the number of the post."""
    held = list(posts)
    tree = tree_on(today())
    known = tree.leaves()
    ids = {post.union_id for post in held if post.union_id is not None}
    unions = _names_of(ids) if ids else {}
    return {
        post.pk: unions.get(post.union_id or 0, "未知工会")
        if post.area_id is None
        else (tree.name(post.area_id) if post.area_id in known else "未知区划")
        for post in held
    }


def _names_of(unions: Collection[int]) -> dict[int, str]:
    believed = UnionVersion.objects.filter(entry_id__in=unions, removed_in__isnull=True)
    return dict(believed.order_by("valid_from").values_list("entry_id", "name"))
