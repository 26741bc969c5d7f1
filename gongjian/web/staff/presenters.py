"""People, posts and roles as the pages show them."""

from typing import Any

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.rules import DEEDS, RULES
from gongjian.core.days import today
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.staff.queries import Seen, state_of


def person_rows(people: list[User], seen: Seen) -> list[dict[str, Any]]:
    """A line for each person."""
    return [
        {
            "user": user,
            "posts": [_titled(post, seen) for post in seen.posts.get(user.pk, [])],
            "secured": user.pk in seen.secured,
        }
        for user in people
    ]


def post_rows(posts: list[Post], seen: Seen) -> list[dict[str, Any]]:
    """A line for each post, those that still count first."""
    rows = [_post_row(post, seen) for post in posts]
    return sorted(rows, key=lambda row: not row["live"])


def _post_row(post: Post, seen: Seen) -> dict[str, Any]:
    kind, word = state_of(post, today())
    return {
        "post": post,
        "role": Role(post.role).label,
        "place": seen.names[post.pk],
        "title": _titled(post, seen),
        "kind": kind,
        "state": word,
        "live": kind != "none",
    }


def _titled(post: Post, seen: Seen) -> str:
    title = f"{seen.names[post.pk]} · {Role(post.role).label}"
    return title if post.stands_in_for is None else f"{title}（代{post.stands_in_for}）"


def _only(ledgers: frozenset[str] | None) -> str:
    """“只限用人单位台账”, where a role names its ledgers."""
    if ledgers is None:
        return ""
    return f"只限{'、'.join(ledger.title for ledger in LEDGERS if ledger.slug in ledgers)}"


def matrix() -> dict[str, Any]:
    """Who may do what where, from the rules themselves."""
    return {
        "deeds": list(DEEDS.values()),
        "rows": [
            {
                "role": role.label,
                "where": "本工会和下级工会" if role == Role.UNION_OFFICER else "本区划和下辖区划",
                "only": _only(rule.ledgers),
                "may": [deed in rule.permissions for deed in DEEDS],
                "description": rule.description,
                "second_factor": rule.second_factor,
            }
            for role, rule in RULES.items()
        ],
    }
