"""The pages that are measured, found in the database at hand, and one page asked for in-process.

Run as `python -m bench.pages`, with the database in the environment: it prints what it measures as
one line of JSON, and for each line that comes in one round of all pages, so that whoever starts
several of them can let them take turns.
"""
# ruff: noqa: PLC0415 - what is imported inside functions needs the settings, which `main` names

import json
import os
import sys
from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from time import perf_counter, process_time
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

import django

NAME: Final = "bench"
"""The person who asks: an organiser of the whole city, and one of its first county."""


class Page(NamedTuple):
    """One page: what it is called in the table, its address, and what is posted to it."""

    title: str
    address: str
    form: str = ""
    county: bool = False


class Round(NamedTuple):
    """One answer: ms of the clock, ms of this process, bytes compressed, status."""

    wall: float
    cpu: float
    bytes: int
    status: int


def pages() -> list[Page]:
    """All pages that are measured, the empty one first."""
    from bench.city import ROOT, person

    giant, area, member, employer, code = _chosen()
    name, (identity, phone) = person(7), _numbers(member)
    members = "/ledgers/members/"
    rare = urlencode({"f_birth_from": "1960-05-05", "f_birth_to": "1960-05-05"})
    return [
        Page("empty view", "/bench/empty/"),
        Page("list of members", members),
        Page("list: county", f"{members}?area={ROOT}01"),
        Page("list: county's own", members, county=True),
        Page("list: deep page", f"{members}?after={area}.{giant}.{member}"),
        Page("list: name begins, often", members + "?" + urlencode({"f_name": name[:1]})),
        Page("list: name begins, seldom", members + "?" + urlencode({"f_name": name})),
        Page("list: rare value", f"{members}?{rare}"),
        Page("list: question", f"{members}?tab=no-workplace"),
        Page("list: 200 rows", f"{members}?size=200"),
        Page("list of employers", "/ledgers/employers/"),
        Page("list of unions by union", "/ledgers/unions/?tree=affiliation"),
        Page("count of a list", f"{members}count/"),
        Page("search: name", "/search/", urlencode({"q": name})),
        Page("search: common name", "/search/", urlencode({"q": name[:1]})),
        Page("search: within a county", "/search/", urlencode({"q": name[:1]}), county=True),
        Page("search: code", "/search/", urlencode({"q": code})),
        Page("search: identity number", "/search/", urlencode({"q": identity})),
        Page("search: telephone", "/search/", urlencode({"q": phone})),
        Page("record of a member", f"{members}{member}/"),
        Page("record of an employer", f"/ledgers/employers/{employer}/"),
        Page("record of a large union", f"/ledgers/unions/{giant}/"),
        *_figures(),
        *_charts(),
        *_of_programs(ROOT),
    ]


def _figures() -> list[Page]:
    """First pages and pages of figures, on a day that is in the store with the year before it."""
    from bench.store import cutoffs
    from gongjian.core.days import year_before
    from gongjian.indicators.store.keeping import ensure
    from gongjian.indicators.store.layout import with_eves

    days = cutoffs(13)
    ensure(with_eves({*days, *map(year_before, days[-1:])}))
    of = urlencode({"at": days[-1]})
    return [
        Page("home of the city", f"/?{of}"),
        Page("home of a county", f"/?{of}", county=True),
        Page("home: same tree", f"/?{of}&comparable=1"),
        Page("figures", f"/figures/?{of}"),
        Page("figure: members", f"/figures/members.total/?{of}"),
        Page("figure: rate", f"/figures/rate.union/?{of}"),
        Page("figure: overlap", f"/figures/agreements.employers/?{of}"),
        Page("figure: county's own", f"/figures/members.total/?{of}", county=True),
        Page("names of a figure", f"/figures/members.total/rows/?{of}"),
        Page("trail", "/changes/trail/"),
    ]


def _of_programs(root: str) -> list[Page]:
    """What a program asks: figures with children, rows as many as there may be, names."""
    from bench.store import cutoffs

    of = urlencode({"area": root, "at": cutoffs(13)[-1]})
    return [
        Page("api: all figures", f"/api/figures/values?{of}"),
        Page("api: figures, children", f"/api/figures/values?{of}&children=1"),
        Page("api: 100 rows", "/api/ledgers/members/rows"),
        Page("api: names of a figure", f"/api/figures/members.total/rows?{of}"),
        Page("api: 500 rows", "/api/ledgers/members/rows?limit=500"),
    ]


def _charts() -> list[Page]:
    """Townships by figures of a month, and of all its months for the script, from the store."""
    from bench.store import CODES, cutoffs
    from gongjian.indicators.store.keeping import ensure
    from gongjian.indicators.store.layout import with_eves

    days = cutoffs(13)
    ensure(with_eves(days))
    of = urlencode({"at": days[-1], "depth": 2, "codes": ",".join(CODES)})
    return [
        Page("wall chart", f"/matrix/?{of}"),
        Page("wall chart by change", f"/matrix/?{of}&colour=change&sort=-{CODES[0]}"),
        Page("wall chart: all months", f"/matrix/data/?{of}"),
    ]


def _chosen() -> tuple[int, int, int, int, str]:
    """The largest union, its area, a member in its middle, and the largest employer with its code."""
    from gongjian.history import sql

    ((giant, most),) = sql.fetch(
        "SELECT union_id, COUNT(*) AS n FROM members_memberversion WHERE removed_in IS NULL"
        " GROUP BY union_id ORDER BY n DESC LIMIT 1"
    )
    ((area,),) = sql.fetch(
        "SELECT area_id FROM unions_unionversion WHERE entry_id = %s AND removed_in IS NULL"
        " ORDER BY valid_from DESC LIMIT 1",
        [giant],
    )
    ((member,),) = sql.fetch(
        "SELECT entry_id FROM members_memberversion WHERE removed_in IS NULL AND union_id = %s"
        f" ORDER BY entry_id LIMIT 1 OFFSET {most // 2}",
        [giant],
    )
    ((employer, code),) = sql.fetch(
        "SELECT entry_id, code FROM employers_employerversion WHERE removed_in IS NULL"
        " ORDER BY staff DESC LIMIT 1"
    )
    return giant, area, member, employer, code


def _numbers(member: int) -> tuple[str, str]:
    from gongjian.history import sql
    from gongjian.history.keys import field_keys

    ((identity, phone),) = sql.fetch(
        "SELECT identity_sealed, phone_sealed FROM members_memberversion"
        " WHERE removed_in IS NULL AND entry_id = %s LIMIT 1",
        [member],
    )
    keys = field_keys()
    return keys.open(bytes(identity), "members.identity"), keys.open(bytes(phone), "members.phone")


def signed_in() -> dict[bool, str]:
    """The cookies of the two people, by whether it is the one of the county."""
    from django.conf import settings
    from django.test import Client

    from bench.city import ROOT
    from gongjian.accounts.enums import Role
    from gongjian.accounts.models import User
    from gongjian.areas.queries import area_by_code
    from gongjian.web.tests.people import make_person, sign_in

    cookies = {}
    for county in (False, True):
        name, area = NAME + ("-county" if county else ""), area_by_code(ROOT + "01" * county)
        role = Role.COUNTY_ORGANISER if county else Role.CITY_ORGANISER
        held = User.objects.filter(username=name).first()
        client = Client()
        sign_in(client, held or make_person(role, area_id=area, name=name))
        cookies[county] = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
    return cookies


def asker() -> Callable[[Page], Round]:
    """What asks for a page through the whole stack of this process, without a network."""
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import RequestFactory

    from gongjian.web.wsgi import application

    cookies, secret = signed_in(), _get_new_csrf_string()
    generic: Any = RequestFactory().generic
    serve: Any = application

    def ask(page: Page) -> Round:
        headers = {
            "HTTP_COOKIE": f"{cookies[page.county]}; csrftoken={secret}",
            "HTTP_X_CSRFTOKEN": secret,
            "HTTP_ACCEPT_ENCODING": "gzip",
            "SERVER_NAME": "localhost",
        }
        form = page.form.encode()
        method, kind = ("POST" if form else "GET"), "application/x-www-form-urlencoded"
        made: Any = generic(method, page.address, form, kind, **headers)
        made.environ["wsgi.input"] = BytesIO(form)
        told: list[str] = []
        begun, cpu = perf_counter(), process_time()
        answer: Any = serve(made.environ, lambda status, _: told.append(status))
        content = b"".join(answer)
        answer.close()
        wall, own = perf_counter() - begun, process_time() - cpu
        return Round(wall * 1000, own * 1000, len(content), int(told[0].split()[0]))

    return ask


def main() -> int:
    """Say what is measured, then one round for each line that comes in."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    os.environ["GONGJIAN_SERVING"] = "1"
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - one line for each request
    django.setup()
    listed, ask = pages(), asker()
    for page in listed:
        ask(page)
        if (status := ask(page).status) != HTTPStatus.OK:
            print(json.dumps({"failed": page.title, "status": status}), flush=True)
            return 1
    cookie = f"{signed_in()[False]}; csrftoken={'a' * 32}"
    print(json.dumps({"pages": listed, "cookie": cookie}), flush=True)
    for _ in sys.stdin:
        print(json.dumps([ask(page) for page in listed]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
