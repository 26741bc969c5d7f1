"""A city whose units report: `python -m bench.units PEOPLE`, with the database in the environment.

Villages become streets of their own below the counties, a clerk comes into each unit and a
reviewer into each county, the month is opened, and the store gets its days. What is there already
stays. Prints one line of JSON: who may sign in, and which month is asked about.
"""
# ruff: noqa: PLC0415 - what is imported inside functions needs the settings, which `main` names

import json
import os
import sys
import time
from collections.abc import Sequence
from datetime import date
from itertools import cycle
from typing import Any, Final

import django
from django.db import transaction

PASSWORD: Final = "rice-and-tea-2011"
COUNTIES: Final = 40
_HANDED_IN: Final = 100
"""Reports of a month that earlier runs may have handed in."""
_FROM: Final = "2024-01-01"


def prepared(people: int, units: int) -> dict[str, Any]:
    """Units and people; the first ones are the reviewers of the counties."""
    from gongjian.areas.queries import tree_on
    from gongjian.reporting.queries import all_units

    period = _period()
    tree = tree_on(period.cut_off)
    (root,) = tree.roots()
    if len(all_units(tree, root)) < units:
        _reshape(units)
        tree = tree_on(period.cut_off)
    _open(period, root)
    reporting = all_units(tree, root)
    above = [unit for unit in reporting if tree.parent(unit) == root]
    below = [unit for unit in reporting if tree.parent(unit) != root]
    posts = [(unit, True) for unit in above]
    posts += [
        (unit, False) for unit, _ in zip(cycle(below), range(people - len(posts)), strict=False)
    ]
    names = _people(posts)
    sessions = _sessions(names)
    told = [
        {"name": name, "reviews": reviews, "session": sessions[name]}
        for name, (_, reviews) in zip(names, posts, strict=True)
    ]
    return {"people": told, "month": str(period), "units": len(reporting), "counties": len(above),
            "password": PASSWORD, **_size()}  # fmt: skip


def _period() -> Any:
    """The latest month whose cut-off day has come and that few have handed in."""
    from gongjian.core.days import today
    from gongjian.reporting.rules import Period
    from gongjian.workflow.models import Case

    period = Period.of(today())
    period = period if period.cut_off <= today() else period.previous
    while Case.objects.filter(subject=str(period)).exclude(state="due").count() > _HANDED_IN:
        period = period.previous
    return period


def _reshape(units: int) -> None:
    """The largest townships become counties, and villages streets right below all counties."""
    from bench.city import table
    from bench.measures import taken
    from gongjian.areas.queries import tree_on
    from gongjian.core.days import today

    tree = tree_on(today())
    (root,) = tree.roots()
    counties = list(tree.children(root))
    towns = [town for county in counties for town in tree.children(county)]
    villages = [village for town in towns for village in tree.children(town)]
    made = towns[: COUNTIES - len(counties)]
    missing = units - len(counties) - len(towns)
    rows = [_row(tree, area, tree.code(root), "县") for area in made]
    over = cycle([*counties, *made])
    rows += [
        _row(tree, area, tree.code(county), "街道")
        for area, county in zip(villages[:missing], over, strict=False)
    ]
    if len(villages) < missing:
        raise SystemExit(f"{len(villages)} villages are too few for {units} units")
    taken("areas", table(iter(rows)))


def _row(tree: Any, area: int, above: str, kind: str) -> dict[str, Any]:
    return {"区划代码": tree.code(area), "名称": tree.name(area), "上级代码": above, "类型": kind,
            "生效日期": date.fromisoformat(_FROM)}  # fmt: skip


def _open(period: Any, root: int) -> None:
    """The month, and in the store the days that its pages show."""
    from gongjian.core.access import OPERATOR
    from gongjian.core.days import year_before
    from gongjian.indicators.store.keeping import ensure
    from gongjian.indicators.store.layout import with_eves
    from gongjian.reporting.actions import open_month

    open_month(period, area_id=root, by=OPERATOR)
    # What the worker has by then: the months that are compared, and the same day a year ago.
    before = period.previous
    months = {period.cut_off, before.cut_off, before.previous.cut_off}
    ensure(with_eves({*months, year_before(period.cut_off)}))


def _people(posts: Sequence[tuple[int, bool]]) -> list[str]:
    """Whoever is not there yet; all have one password, so that it is hashed once."""
    from django.contrib.auth.hashers import make_password

    from gongjian.accounts.enums import Role
    from gongjian.accounts.models import Post, User

    names = [f"bench-{at:04}-{unit}" for at, (unit, _) in enumerate(posts)]
    there = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    hashed = make_password(PASSWORD)
    new = User.objects.bulk_create(
        User(username=name, password=hashed) for name in names if name not in there
    )
    ids = {user.username: user.pk for user in new}
    Post.objects.bulk_create(
        Post(
            user_id=ids[name],
            role=Role.COUNTY_ORGANISER if reviews else Role.TOWNSHIP_CLERK,
            area_id=unit,
            valid_from=date.fromisoformat(_FROM),
        )
        for name, (unit, reviews) in zip(names, posts, strict=True)
        if name in ids
    )
    return names


def _sessions(names: Sequence[str]) -> dict[str, str]:
    """Everybody is signed in already: passwords are asked for while the clock runs."""
    from allauth.usersessions.models import UserSession
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from gongjian.accounts.models import User

    found = {}
    with transaction.atomic():
        for user in User.objects.filter(username__in=names):
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session["seen"] = int(time.time())
            session.create()
            found[user.username] = str(session.session_key)
            UserSession.objects.create(
                user=user, session_key=session.session_key, ip="127.0.0.1", user_agent="bench"
            )
    return found


def _size() -> dict[str, int]:
    from gongjian.history import sql

    tables = {"areas": "areas_area", "members": "members_member", "unions": "unions_union"}
    return {
        word: int(sql.fetch(f"SELECT COUNT(*) FROM {table}")[0][0])
        for word, table in tables.items()
    }


def main(arguments: Sequence[str]) -> int:
    """Make what is missing and tell."""
    people, units = map(int, arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongjian.settings"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(prepared(people, units)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
