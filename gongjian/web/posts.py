"""The posts someone holds today, as the frame of a page names them."""

from dataclasses import dataclass

from django.http import HttpRequest

from gongjian.accounts.enums import Role
from gongjian.accounts.rules import permissions_of
from gongjian.core.access import Permission
from gongjian.web.people import posts
from gongjian.web.places import place_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One post: 县级组织员 at 三台县, an area or a union."""

    role: Role
    place: str

    @property
    def title(self) -> str:
        return f"{self.place} · {self.role.label}"


def held(request: HttpRequest) -> list[Held]:
    """The posts of whoever asks, with the names of their places; kept for the request."""
    kept: list[Held] | None = request.__dict__.get("_held")
    if kept is None:
        found = posts(request)
        names = place_names(found)
        kept = [Held(role=Role(post.role), place=names[post.pk]) for post in found]
        request.__dict__["_held"] = kept
    return kept


def permissions(request: HttpRequest) -> frozenset[Permission]:
    """Everything that whoever asks may do somewhere; the places are not looked at."""
    return permissions_of(Role(post.role) for post in posts(request))
