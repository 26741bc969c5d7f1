"""The pages of changes and of the trail, side by side."""

from django.http import HttpRequest

from gongjian.core.access import Permission
from gongjian.web.navigation import address_of
from gongjian.web.people import may, scope_of_both
from gongjian.web.places import Step


def tabs(request: HttpRequest, here: str) -> list[Step]:
    """Those that whoever asks may open; where one is leads nowhere. Nothing beside one alone."""
    trail, verifies = may(request, Permission.SEE_TRAIL), may(request, Permission.VERIFY_TRAIL)
    both = trail and verifies and bool(audited(request))
    pages = (
        ("changes", "更改", "git-compare", trail),
        ("trail", "全部留痕", "list-check", trail),
        ("looks", "谁看了谁", "eye", trail),
        ("access", "某天谁能看", "users-group", both),
        ("trail-verify", "核验", "circle-check", verifies),
    )
    found = [
        Step(title, "" if name == here else address_of(name) or "", image)
        for name, title, image, allowed in pages
        if allowed
    ]
    return found if len(found) > 1 else []


def audited(request: HttpRequest) -> bool:
    """Does whoever asks audit anywhere?"""
    return bool(scope_of_both(request, Permission.SEE_TRAIL, Permission.VERIFY_TRAIL).inside)
