"""A small city for the api, somebody who asks, and what they ask with."""

import json
import time
from datetime import timedelta
from typing import Any

from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.api.actions import digest, seal_of
from gongjian.api.models import ApiToken
from gongjian.areas.queries import area_by_code
from gongjian.core.access import OPERATOR, Permission
from gongjian.core.days import today
from gongjian.history.models import Change
from gongjian.history.sql import fetch
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.imports.models import Paper
from gongjian.web.tests.people import sign_in, signed_in
from gongjian.workflow.actions import NewCase, open_cases
from gongjian.workflow.declare import FLOWS
from gongjian.workflow.models import Case

SECRET = "gj_only-for-tests"


def clerk(client: Client, code: str = "510703", role: Role = Role.COUNTY_ORGANISER) -> User:
    """Somebody of an area, signed in."""
    return signed_in(client, role, area_id=area_by_code(code))


def enter(client: Client, user: User) -> None:
    """Signed in with the password a moment ago, so that it is not asked for again."""
    sign_in(client, user)
    kept = client.session
    kept["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    kept["account_authentication_methods_user"] = str(user.pk)
    kept.save()


def said(answer: Any, status: int = 200) -> Any:
    """The JSON of an answer of this status."""
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[:500])
    assert answer["Content-Type"] == "application/json"
    return json.loads(answer.content)


def ask(client: Client, path: str, status: int = 200, /, **query: Any) -> Any:
    """What the api says at an address."""
    return said(client.get(f"/api/{path}", query), status)


def pages(client: Client, path: str, name: str, /, **query: Any) -> list[Any]:
    """What all pages of a long answer have under ``name``, one after the other."""
    part = ask(client, path, **query)
    found = list(part[name])
    while part["next"] is not None:
        part = ask(client, path, cursor=part["next"], **query)
        found += part[name]
    return found


def entries(slug: str) -> list[int]:
    """The numbers of all entries of a ledger."""
    query = f'SELECT DISTINCT entry_id FROM "{LEDGERS[slug].shape.table}" ORDER BY 1'
    return [number for (number,) in fetch(query, [])]


def cases(*codes: str) -> list[int]:
    """A case of every flow at each of these areas; their numbers."""
    found = []
    for flow in FLOWS:
        if flow.standing == "areas":
            places = [area_by_code(code) or 0 for code in codes]
            new = [NewCase(subject=flow.example, title=flow.title, place_id=p) for p in places]
            found += [case.pk for case in open_cases(flow.slug, new, by=OPERATOR)]
    return found


def every_number() -> list[int]:
    """Every number that anything in the database has, and one that nothing has."""
    found = {number for ledger in LEDGERS for number in entries(ledger.slug)}
    found |= set(Change.objects.values_list("number", flat=True))
    found |= set(Paper.objects.values_list("pk", flat=True))
    found |= set(Case.objects.values_list("pk", flat=True))
    return [*sorted(found), max(found) + 1]


def token(owner: User, *permissions: Permission, **more: Any) -> ApiToken:
    """A token of somebody, for ``SECRET`` unless another text is given."""
    secret = more.pop("secret", SECRET)
    given: dict[str, Any] = {"expires": today() + timedelta(365), **more}
    return ApiToken.objects.create(
        owner=owner,
        name="取数",
        digest=digest(secret),
        seal=seal_of(owner),
        permissions=sorted(permissions or Permission),
        **given,
    )


def bearer(secret: str = SECRET) -> Client:
    """A program that says the token."""
    return Client(headers={"Authorization": f"Bearer {secret}"}, enforce_csrf_checks=True)
