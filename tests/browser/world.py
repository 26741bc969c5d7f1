"""A small city in which every page has something to show, and where those pages lie."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.areas.queries import area_by_code
from gongjian.jobs.models import Job
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.tests.city import DAY, city
from gongjian.web.imports.models import Paper
from gongjian.web.imports.tests.books import HEAD, firm, go, upload, workbook
from gongjian.web.profiles.models import ExportProfile
from gongjian.web.tests.people import make_person, sign_in
from tests.worlds import entry

Kwargs = dict[str, str | int]

KEYS: Final = {
    "areas": "城厢街道",
    "employers": "甲集团",
    "unions": "甲公司工会",
    "coverage": "",
    "members": "安",
    "agreements": "绵〔2011〕1号",
    "agreement-coverage": "",
}
"""Whose record is looked at, of ledgers whose entries have names."""

NOBODY, CLERK, ADMINISTRATOR = "nobody", "clerk", "administrator"
LONG_AGO = "clerk of yesterday"
"""The clerk, who signed in so long ago that weighty pages ask for the password again."""
HOLDER = "holder of a passkey"
AUDITOR = "auditor"
_EYES: Final = {
    NOBODY: ("account_login", "account_inactive", "account_reset_password", "mfa_login"),
    LONG_AGO: ("account_reauthenticate",),
    HOLDER: ("mfa_list", "mfa_remove", "mfa_edit"),
    CLERK: ("mfa_activate_totp", "mfa_reauthenticate_webauthn"),
    ADMINISTRATOR: ("person", "post", "staff", "mfa_"),
    AUDITOR: ("openings",),
}
"""Who looks at the addresses that begin so; the first that fits."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One page: a name for its picture, whose eyes see it, its address."""

    name: str
    who: str
    url: str
    over: tuple[tuple[str, str | int], ...] = ()
    query: str = ""
    status: int = 200

    def __str__(self) -> str:
        return self.name

    def path(self, world: "World") -> str:
        """The address, with the objects of the world in it."""
        if self.url.startswith("/"):
            return self.url + self.query
        given = world.arguments(self.url) | dict(self.over)
        wanted = {name: given[name] for name in arguments_of(self.url)}
        return reverse(self.url, kwargs=wanted) + self.query


class World:
    """A city with people, papers at every step, a job, a saved view."""

    def __init__(self) -> None:
        city()
        self.people = {
            CLERK: make_person(Role.COUNTY_ORGANISER, area_id=area_by_code("510703"), name="王敏"),
            ADMINISTRATOR: make_person(
                Role.ADMINISTRATOR, area_id=area_by_code("5107"), name="何立"
            ),
            AUDITOR: make_person(Role.AUDITOR, area_id=area_by_code("5107"), name="周远"),
            HOLDER: make_person(Role.COUNTY_ORGANISER, area_id=area_by_code("510703"), name="李芳"),
        }
        self.clients = {
            NOBODY: Client(),
            LONG_AGO: _in(self.people[CLERK]),
            **{who: _in(user, fresh=True) for who, user in self.people.items()},
        }
        RecoveryCodes.activate(self.people[ADMINISTRATOR])
        self.key = Authenticator.objects.create(
            user=self.people[HOLDER],
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "办公室电脑", "credential": {}},
        )
        self.papers = _papers(self.clients[CLERK])
        self.profile = _profile(self.clients[CLERK])

    def arguments(self, url: str) -> Kwargs:
        """An object for every argument that an address of this name may have."""
        step = next((s for s in ("columns", "check", "trial", "done") if url.endswith(s)), "check")
        numbers = {"import": self.papers[step].pk, "export": self.profile}
        return {
            "slug": "employers",
            "id_": entry("employers", KEYS["employers"]),
            "code": "members.total",
            "topic": "home",
            "view": 1,
            "row": 3,
            "number": numbers.get(url.split("-", maxsplit=1)[0], 2),
            "pk": self._key_of(url),
            "job": 1,
            "job_id": Job.objects.earliest("pk").pk,
            "file_id": 1,
        }

    def _key_of(self, url: str) -> int:
        clerk = self.people[CLERK]
        if url.startswith("mfa_"):
            return int(self.key.pk)
        return Post.objects.get(user=clerk).pk if url in ("post-end", "post-stand-in") else clerk.pk


def _in(user: User, *, fresh: bool = False) -> Client:
    """Somebody signed in; ``fresh``: with the password, just now."""
    client = Client()
    sign_in(client, user)
    if fresh:
        # As allauth notes it, which nothing but a sign-in through its page does.
        kept = client.session
        kept["account_authentication_methods"] = [{"at": time.time(), "reauthenticated": True}]
        kept["account_authentication_methods_user"] = str(user.pk)
        kept.save()
    return client


def _papers(client: Client) -> dict[str, Paper]:
    """One paper at each step of its way; the last one has gone through."""
    bad, strange = firm(7, staff="很多"), [*HEAD[:4], "人头数"]
    papers = {
        "columns": upload(client, workbook(firm(5), head=strange), "认不出.xlsx"),
        "check": upload(client, workbook(firm(5), firm(6), bad), "有错.xlsx"),
        "trial": upload(client, workbook(firm(5), firm(6)), "试算.xlsx"),
        "done": upload(client, workbook(firm(8), firm(9)), "入库.xlsx"),
    }
    for step in ("trial", "done"):
        assert go(client, "import-trial", papers[step]).status_code == 302
    last = papers["done"]
    go(client, "import-commit", last, revision=last.revision, policy="skip", reason="本月名册")
    assert run_pending() == 1
    return papers


def _profile(client: Client) -> int:
    """The province's own table, kept as a template of exports."""
    file = SimpleUploadedFile("省表.xlsx", workbook(firm(1)))
    answer = client.post(reverse("export-profiles", args=["employers"]), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return ExportProfile.objects.latest("pk").pk


def arguments_of(url: str) -> tuple[str, ...]:
    """The names of the arguments of an address."""
    return dict(_patterns(get_resolver()))[url]


def _patterns(
    resolver: URLResolver, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in resolver.url_patterns:
        here = (*above, *part.pattern.regex.groupindex)
        if isinstance(part, URLPattern):
            yield part.name or "", here
        else:
            yield from _patterns(part, here)


def of_the_table() -> list[Screen]:
    """One for every address that has a name."""
    return [Screen(name, _eyes(name), name) for name, _ in _patterns(get_resolver())]


def _eyes(name: str) -> str:
    return next((who for who, begins in _EYES.items() if name.startswith(begins)), CLERK)


def beside_the_table() -> list[Screen]:
    """Pages of which the table has one and the product several: ledgers, days, words, refusals."""
    past = f"?at={DAY}"
    return [
        *(Screen(f"ledger-{x.slug}", CLERK, "ledger", (("slug", x.slug),)) for x in LEDGERS),
        *(
            Screen(f"record-new-{x.slug}", CLERK, "record-new", (("slug", x.slug),))
            for x in LEDGERS
        ),
        *(
            Screen(f"past-{url}", CLERK, url, query=past)
            for url in ("home", "ledger", "record", "figures", "figure", "figure-rows", "changes")
        ),
        Screen("empty-ledger", CLERK, "ledger", query="?f_name=没有这一家"),
        Screen("future-ledger", CLERK, "ledger", query="?at=2030-01-01"),
        Screen("first-day-home", CLERK, "home", query="?at=1949-10-01"),
        Screen("figure-ratio", CLERK, "figure", (("code", "rate.union"),)),
        Screen("figure-rows-ratio", CLERK, "figure-rows", (("code", "rate.union"),)),
        Screen("search-found", CLERK, "search", query="?q=甲"),
        Screen("search-nothing", CLERK, "search", query="?q=查无此名"),
        Screen("not-found", CLERK, "/nowhere/", status=404),
        Screen("not-found-record", CLERK, "/ledgers/employers/999/", status=404),
        Screen("forbidden", CLERK, "staff", status=403),
        Screen("refused", CLERK, "home", query="?at=2011-13-01", status=422),
        Screen("refused-past-form", CLERK, "record-change", query=past, status=422),
        Screen("home-of-administrator", ADMINISTRATOR, "home"),
        *(Screen(f"help-{topic}", CLERK, "help", (("topic", topic),)) for topic in ("imports",)),
    ]
