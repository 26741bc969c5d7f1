"""Tokens of a person, and who is behind a token that was sent."""

from copy import copy

from django.utils.crypto import constant_time_compare

from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import posts_of
from gongjian.api.actions import digest, seal_of
from gongjian.api.models import ApiToken
from gongjian.areas.queries import tree_on
from gongjian.core.access import Permission
from gongjian.core.days import today


def tokens_of(owner: User) -> list[ApiToken]:
    """All tokens that a person ever made, newest first."""
    return list(ApiToken.objects.select_related("owner").filter(owner=owner).order_by("-pk"))


def token_sent(secret: str) -> ApiToken | None:
    """The token of this text as long as it is taken: not revoked, not expired, its owner in use
    and with the password of then."""
    found = ApiToken.objects.select_related("owner").filter(digest=digest(secret)).first()
    if found is None or found.revoked is not None or found.expires <= today():
        return None
    same = constant_time_compare(found.seal, seal_of(found.owner))
    return found if same and found.owner.is_active else None


def posts_behind(token: ApiToken) -> list[Post]:
    """The posts that the owner holds today, as far as the token reaches.

    A post that reaches further than the area of the token stands there for this request; a post
    at a union does not stand in any area.
    """
    held = [p for p in posts_of(token.owner, today()) if token.post in (None, p.pk)]
    if token.area is None:
        return held
    below = tree_on(today()).below
    found = []
    for post in held:
        if post.area_id is not None and token.area in below(post.area_id):
            nearer = copy(post)
            nearer.area_id = token.area
            found.append(nearer)
        elif post.area_id is not None and post.area_id in below(token.area):
            found.append(post)
    return found


def deeds_of(token: ApiToken) -> frozenset[Permission]:
    """What the token may do at most."""
    return frozenset(p for p in Permission if p.value in token.permissions)
