"""A small city in which every page has something to show, and where those pages lie."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.api.tests.desk import token
from gongjian.areas.queries import area_by_code
from gongjian.core.access import OPERATOR
from gongjian.core.days import cut_offs, today, year_before
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.indicators.store.keeping import ensure
from gongjian.indicators.store.layout import with_eves
from gongjian.jobs.models import Job
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.tests.city import DAY, city, told
from gongjian.reporting.actions import lock, open_month
from gongjian.reporting.flows import REPORT
from gongjian.reporting.queries import report_of
from gongjian.reporting.rules import Period
from gongjian.web.digests.models import Digest
from gongjian.web.doubts.models import Doubt
from gongjian.web.imports.models import Paper
from gongjian.web.imports.tests.books import HEAD, firm, go, upload, workbook
from gongjian.web.profiles.models import ExportProfile
from gongjian.web.tests.people import make_person, sign_in
from gongjian.workflow.models import Case, Notice, RulePack, Todo
from gongjian.workflow.notices import urge
from gongjian.workflow.tests.ways import went
from tests.browser.bridges import entered
from tests.worlds import entry

KEPT: Final = f"?at={cut_offs(DAY, 1)[0]}"
"""The last cut-off of the city."""

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
LEADER = "leader"
GRID_WORKER = "grid worker"
KEEPER = "keeper of rules"
_EYES: Final = {
    NOBODY: ("account_login", "account_inactive", "account_reset_password", "mfa_login"),
    LONG_AGO: ("account_reauthenticate",),
    HOLDER: ("mfa_list", "mfa_remove", "mfa_edit"),
    CLERK: ("mfa_activate_totp", "mfa_reauthenticate_webauthn"),
    ADMINISTRATOR: ("person", "post", "staff", "mfa_", "mail-sent"),
    AUDITOR: ("trail", "looks", "access"),
    KEEPER: ("rule-pack", "calendar"),
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
    """A city with people, papers at every step, a job, a saved view, a month in the store."""

    def __init__(self) -> None:
        city()
        _months()
        ensure(with_eves([*cut_offs(DAY, 2), today(), year_before(today())]))
        self.people = {
            CLERK: make_person(Role.COUNTY_ORGANISER, area_id=area_by_code("510703"), name="王敏"),
            ADMINISTRATOR: make_person(
                Role.ADMINISTRATOR, area_id=area_by_code("5107"), name="何立"
            ),
            AUDITOR: make_person(Role.AUDITOR, area_id=area_by_code("5107"), name="周远"),
            LEADER: make_person(Role.LEADER, area_id=area_by_code("510703"), name="罗永"),
            GRID_WORKER: make_person(
                Role.GRID_WORKER, area_id=area_by_code("510703001"), name="张网"
            ),
            KEEPER: make_person(Role.CITY_ORGANISER, area_id=area_by_code("5107"), name="赵规"),
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
        token(self.people[CLERK])
        _mail(self.people)
        self.papers = _papers(self.clients[CLERK])
        self.profile = _profile(self.clients[CLERK])
        self.check = _check(self.clients[AUDITOR])
        self.doubt = _doubt(self.clients[HOLDER])
        self.total, self.link = entered(entry("employers", KEYS["employers"]))
        self.case = _case()

    def arguments(self, url: str) -> Kwargs:
        """An object for every argument that an address of this name may have."""
        step = next((s for s in ("columns", "check", "trial", "done") if url.endswith(s)), "check")
        numbers = {"import": self.papers[step].pk, "export": self.profile, "doubt": self.doubt}
        numbers |= {"trail": self.check, "bridge": self.total, "case": 3}
        codes = {"figure-overlap": "agreements.employers", "case-printed": "return-notice"}
        return {
            "slug": "employers",
            "id_": entry("employers", KEYS["employers"]),
            "code": codes.get(url, "members.total"),
            "topic": "home",
            "view": 1,
            "row": 3,
            "number": numbers.get(url.split("-", maxsplit=1)[0], 2),
            "pk": self._key_of(url),
            "job": 1,
            "job_id": Job.objects.earliest("pk").pk,
            "file_id": 1,
            "case_id": self.case,
            "paper_id": 1,
            "link": self.link,
        }

    def _key_of(self, url: str) -> int:
        clerk = self.people[CLERK]
        if url.startswith("rule-pack"):
            return RulePack.objects.earliest("pk").pk
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


def _mail(people: dict[str, User]) -> None:
    """A digest went out, another did not, and the clerk was told of two things."""
    User.objects.filter(pk=people[CLERK].pk).update(email="wangmin@example.org", mail_wish="daily")
    day, why = today(), "邮件服务器不收这个邮箱（550），请核对邮箱。"
    for who, state, sentence in ((CLERK, "sent", ""), (LEADER, "failed", why)):
        Digest.objects.create(person=people[who], day=day, state=state, sentence=sentence)
    case = Case.objects.filter(place_id=area_by_code("510703") or 0).latest("pk")
    urge([case.pk], by=OPERATOR, text="请今天报来。")
    Notice.objects.create(for_id=people[CLERK].pk, todo=Todo.objects.filter(case=case)[0])


def _months() -> None:
    """June is opened for the county, and May is locked before anything else is known."""
    open_month(Period(2011, 6), area_id=area_by_code("5107") or 0, by=OPERATOR)
    lock(Period(2011, 5), area_id=area_by_code("510703") or 0, by=OPERATOR)
    shop = {"单位名称": "补报的店", "所属区划": "510703001", "单位性质": "个体工商户",
            "职工人数": 7, "成立日期": date(2011, 5, 1)}  # fmt: skip
    told("employers", shop)


def _case() -> int:
    """The month of a township that was returned once, handed in again and accepted."""
    case = report_of(Period(2011, 6), area_by_code("510703001") or 0)
    assert case is not None
    for step in ("submit", "return", "resubmit", "accept"):
        went(case, REPORT, REPORT.step(step))
    return case.pk


def _check(client: Client) -> int:
    """The chain verified, once a number was seen in full; the link that tells of it."""
    body = {"ledger": "members", "entry": 1, "columns": ["证件号码"], "name": "王敏"}
    trail.note("unmask", body | {"reason": "办理互助保障"})
    client.post(reverse("trail-verify"))
    assert run_pending() == 1
    return TrailRecord.objects.latest("number").number


def _profile(client: Client) -> int:
    """The province's own table, kept as a template of exports."""
    file = SimpleUploadedFile("省表.xlsx", workbook(firm(1)))
    answer = client.post(reverse("export-profiles", args=["employers"]), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return ExportProfile.objects.latest("pk").pk


def _doubt(client: Client) -> int:
    """A doubt of a colleague about a figure of the county, which the clerk may answer."""
    address = reverse("doubt-new", args=["members.total"]) + "?area=510703"
    answer = client.post(address, {"word": "word-of-a-form", "text": "比上月多了不少，请核对。"})
    assert answer.status_code == 302, answer.content.decode()
    return Doubt.objects.latest("pk").pk


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
        elif not part.namespace:  # in a namespace stand addresses for programs
            yield from _patterns(part, here)


def of_the_table() -> list[Screen]:
    """One for every address that has a name."""
    return [Screen(name, _eyes(name), name) for name, _ in _patterns(get_resolver())]


def _eyes(name: str) -> str:
    return next((who for who, begins in _EYES.items() if name.startswith(begins)), CLERK)


def _of_reports() -> list[Screen]:
    return [
        Screen("report-month", CLERK, "reports", query="?area=510703&month=2011-06"),
        Screen("report-below", CLERK, "reports", query="?area=510703001&month=2011-06"),
        Screen("report-sheet", CLERK, "report-difference", query="?area=510703&month=2011-05"),
        *_of_the_bridge(),
    ]


def _of_todos() -> list[Screen]:
    return [
        Screen("todos-overdue", CLERK, "todos", query="?when=overdue"),
        Screen("todos-none", CLERK, "todos", query="?when=week"),
        Screen("overdue-unit", CLERK, "overdue", query="?area=510703001"),
        Screen("jobs-administrator", ADMINISTRATOR, "jobs"),
        Screen("help-todos", CLERK, "help", (("topic", "todos"),)),
    ]


def _of_cases() -> list[Screen]:
    sheet = (("number", 5), ("code", "review-sheet"))
    return [
        Screen("case-sheet", CLERK, "case-printed", sheet),
        Screen("cases-overdue", CLERK, "cases", query="?flow=monthly-report&overdue=1"),
        Screen("cases-none", CLERK, "cases", query="?state=locked"),
        Screen("help-cases", CLERK, "help", (("topic", "cases"),)),
    ]


def _of_rules() -> list[Screen]:
    span = "event=2026-09-28&days=10&unit=wd"
    return [
        Screen("rules-of-a-township", CLERK, "rules", query="?area=510703001&day=2011-06-25"),
        Screen("calendar-to-read", CLERK, "calendar", query="?year=2027"),
        Screen("calendar-deadline", KEEPER, "calendar", query=f"?year=2026&{span}"),
        Screen("calendar-enter-next", KEEPER, "calendar-enter", query="?year=2027"),
    ]


def _of_the_bridge() -> list[Screen]:
    here = "?area=510703&month=2011-05"
    return [
        Screen("bridge-entered", CLERK, "bridge", query=here),
        Screen("bridge-read", LEADER, "bridge", query=here),
        Screen("bridge-none", LEADER, "bridge", query="?area=510703&month=2011-04"),
        Screen("bridge-names-repeated", CLERK, "bridge-names", query="?in=repeated"),
        Screen("bridge-names-in-ledger", CLERK, "bridge-names", query="?in=ledger&q=甲"),
        Screen("help-bridge", CLERK, "help", (("topic", "bridge"),)),
    ]


def _of_flows() -> list[Screen]:
    return [*_of_reports(), *_of_todos(), *_of_rules(), *_of_cases()]


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
        *_of_flows(),
        Screen("matrix-kept", CLERK, "matrix", query=KEPT + "&colour=change"),
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
        Screen("trail-of-a-change", AUDITOR, "trail-link", (("number", 2),)),
        Screen("trail-of-one-kind", AUDITOR, "trail", query="?kind=looks"),
        Screen("trail-nothing", AUDITOR, "trail", query="?who=查无此人"),
        Screen("looks-at-one", AUDITOR, "looks", query="?entry=1"),
        Screen("access-to-an-area", AUDITOR, "access", query=f"?area=510703&day={DAY}"),
        Screen("digest-never-was", AUDITOR, "trail-verify", query=f"?digest={'0' * 64}"),
        Screen("refused-past-form", CLERK, "record-change", query=past, status=422),
        *(
            Screen(f"home-of-{who.replace(' ', '-')}", who, "home")
            for who in (ADMINISTRATOR, AUDITOR, LEADER, GRID_WORKER)
        ),
        *(Screen(f"help-{topic}", CLERK, "help", (("topic", topic),)) for topic in ("imports",)),
    ]
