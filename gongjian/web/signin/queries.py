"""Who stands on the sign-in page of the demonstration."""

from gongjian.accounts.actions import DEMO_PASSWORD
from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post
from gongjian.accounts.rules import DEMO_NAMES, RULES
from gongjian.web.places import place_names


def demo_people() -> list[dict[str, str]]:
    """One for each role that is there: name, role, place, what it may do, password."""
    held = Post.objects.filter(
        user__username__in=DEMO_NAMES.values(), user__is_active=True
    ).select_related("user")
    by_name = {post.user.username: post for post in held}
    names = place_names(by_name.values())
    return [
        {
            "name": name,
            "mark": Role(role).label[0],
            "role": Role(role).label,
            "place": names[by_name[name].pk],
            "may": RULES[role].description,
            "password": DEMO_PASSWORD,
        }
        for role, name in DEMO_NAMES.items()
        if name in by_name
    ]
