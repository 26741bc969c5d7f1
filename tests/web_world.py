"""One small city with two townships, and one real object for each argument of an address."""

import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any, Final

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import actor_of
from gongjian.api.actions import seal_of
from gongjian.api.models import ApiToken
from gongjian.areas.queries import area_by_code
from gongjian.core.access import OPERATOR, Permission
from gongjian.core.builders import make_credit_code, make_identity
from gongjian.core.days import today
from gongjian.files.actions import keep
from gongjian.history import trail
from gongjian.history.record import newest
from gongjian.history.shapes import SHAPES
from gongjian.history.sql import fetch
from gongjian.jobs.models import Job, State
from gongjian.ledgers.tests.city import told
from gongjian.reporting.actions import open_month
from gongjian.reporting.bridging import enter, explain_in_words
from gongjian.reporting.models import Cause
from gongjian.reporting.queries import report_of
from gongjian.reporting.rules import MONTHLY_REPORT, Period
from gongjian.unions.queries import branch_of
from gongjian.web.doubts.models import Doubt
from gongjian.web.exporting import fingerprint
from gongjian.web.imports.models import Paper
from gongjian.web.imports.tests.books import firm, workbook
from gongjian.web.lists.models import ListView
from gongjian.web.profiles.models import ExportProfile
from gongjian.web.tests.people import make_person, sign_in
from gongjian.workflow.declare import Source
from gongjian.workflow.packs import NewPack, write_pack
from tests.papers import county

JUNE: Final = Period(2011, 6)
HERE: Final = "510703001"
ELSEWHERE: Final = "510703002"
_FLAGS: Final = AuthenticatorData.FLAG(
    0x45
)  # somebody was there, was known, and a new key comes along


@dataclass
class World:
    """Who is there, and the numbers of things: ``common`` for everybody, ``own`` by role.

    Each thing has two numbers: of one inside, or one's own; of one outside, or another's.
    """

    clients: dict[Role | None, Client] = field(default_factory=dict)
    common: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    own: dict[Role | None, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    sessions: dict[Role | None, str] = field(default_factory=dict)

    def things(self, role: Role | None, *, inside: bool) -> dict[str, Any]:
        """What the words of an address stand for."""
        found = self.common | self.own[role]
        return {name: pair[0 if inside else 1] for name, pair in found.items()}


def build() -> World:
    """The whole world; somebody of each role is signed in."""
    county()
    world = World(common={"area": (HERE, ELSEWHERE)})
    places = [_township(HERE, 1), _township(ELSEWHERE, 2)]
    world.common |= {name: (places[0][name], places[1][name]) for name in places[0]}
    other = make_person(Role.COUNTY_ORGANISER, area_id=area_by_code(HERE), name="别人")
    theirs = _things(other)
    world.common["doubt"] = (_doubt(other, HERE), _doubt(other, ELSEWHERE))
    staff = [_clerk(HERE, "甲"), _clerk(ELSEWHERE, "乙")]
    world.common |= {name: (staff[0][name], staff[1][name]) for name in staff[0]}
    world.common["report"] = (_report(HERE), _report(ELSEWHERE))
    totals = [_total(HERE), _total(ELSEWHERE)]
    world.common |= {name: (totals[0][name], totals[1][name]) for name in totals[0]}
    world.common["pack"] = (_pack(HERE), _pack(ELSEWHERE))
    world.common |= {"row": (3, 999), "no": (0, 0)}
    check = trail.note("verify", {"records": 8, "ok": True, "name": "别人"}).number
    world.common |= {"check": (check, check)}
    for role in (*Role, None):
        user = _one(role, places[0]["union"])
        client = Client(enforce_csrf_checks=True)
        _enter(client, user)
        world.clients[role] = client
        world.sessions[role] = str(client.cookies["sessionid"].value)
        mine = _things(user)
        world.own[role] = {name: (mine[name], theirs[name]) for name in mine}
    return world


def _one(role: Role | None, union: int) -> User:
    """Somebody with one post of this role here; with None nobody's."""
    if role is None:
        return User.objects.create(username="无岗")
    if role == Role.UNION_OFFICER:
        return make_person(role, union_id=union)
    return make_person(role, area_id=area_by_code(HERE))


def _township(code: str, number: int) -> dict[str, int]:
    """An employer, a union, a member, an agreement there, each brought by a change of its own."""
    firm_code, union_code = make_credit_code(number), make_credit_code(number, kind="81")
    told("employers", {"统一社会信用代码": firm_code, "单位名称": f"{number}号公司",
                       "所属区划": code, "单位性质": "企业", "职工人数": 9})  # fmt: skip
    change = newest()
    told("unions", {"工会代码": union_code, "工会名称": f"{number}号工会", "所属区划": code,
                    "工会类型": "单独基层工会", "建会日期": date(2008, 6, 1)})  # fmt: skip
    told("members", {"证件号码": make_identity("510703", date(1985, 3, number), 12),
                     "姓名": f"人{number}", "所属工会": union_code,
                     "入会日期": date(2009, 1, 1)})  # fmt: skip
    seen = {"ledger": "members", "entry": _newest_of("members"), "name": "别人", "reason": "抽查"}
    return {
        "look": trail.note("unmask", seen).number,
        "employer": _newest_of("employers"),
        "union": _newest_of("unions"),
        "member": _newest_of("members"),
        "change": change,
        "members_change": newest(),
    }


def _report(code: str) -> int:
    """The month of a township, opened for the whole city."""
    open_month(JUNE, area_id=area_by_code("5107") or 0, by=OPERATOR)
    found = report_of(JUNE, area_by_code(code) or 0)
    assert found is not None
    return found.pk


def _total(code: str) -> dict[str, int]:
    """A paper total of a township, with a part of its difference explained."""
    area, values = area_by_code(code) or 0, {"members.total": 9}
    (made,) = enter(JUNE, area_id=area, by=OPERATOR, source="简报", values=values)
    told_ = explain_in_words(made, Cause.REPEATED, -1, by=OPERATOR, words="两处都报")
    return {"total": made.pk, "explained": told_.link}


def _pack(code: str) -> int:
    """A rule pack of a township, for what begins from today on."""
    new = NewPack(
        flow=MONTHLY_REPORT, place_id=area_by_code(code), valid_from=today(),
        source=Source("镇办发〔2026〕1号"), values={"again": "2wd"},
    )  # fmt: skip
    return write_pack(new, by=OPERATOR).pk


def _newest_of(slug: str) -> int:
    ((number,),) = fetch(f'SELECT MAX(entry_id) FROM "{SHAPES[slug].table}"', [])
    return int(number)


def _clerk(code: str, name: str) -> dict[str, int]:
    user = make_person(Role.TOWNSHIP_CLERK, area_id=area_by_code(code), name=name)
    deed = trail.note("user", {"deed": "resume", "user": user.pk, "username": name}).number
    return {"person": user.pk, "post": Post.objects.get(user=user).pk, "deed": deed}


def _enter(client: Client, user: User) -> None:
    """Signed in with the password a moment ago, so that it is not asked for again."""
    sign_in(client, user)
    kept = client.session
    kept["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    kept["account_authentication_methods_user"] = str(user.pk)
    kept.save()


# ------------------------------------------------------------------ one's own


def _things(user: User) -> dict[str, int]:
    """Jobs, papers, views and files of somebody, whatever their role allows today."""
    lists = {"ledger": "employers", "owner": user}
    return {
        "job": _job(user, state=State.FAILED),
        "waiting": _job(user, state=State.QUEUED),
        "file": keep(b"abc", "名单.xlsx", owner_id=user.pk).pk,
        "view": ListView.objects.create(**lists, name="我的", address="").pk,
        "profile": _profile(user),
        "export": _export(user, "ledger-export", {"unmask": False, "ledger": "employers"}),
        "figure_export": _export(user, "figure-rows", {}),
        "sheet_export": _export(user, "difference-sheet", {}),
        "bridge_export": _export(user, "opening-bridge", {}),
        "evidence": _export(user, "evidence", {}),
        "paper": _paper(user),
        "key": _key(user),
        "token": _token(user),
    }


def _key(user: User) -> int:
    """A passkey, as a browser registers one."""
    number = ec.generate_private_key(ec.SECP256R1()).public_key()
    public = ES256.from_cryptography_key(number)  # type: ignore[no-untyped-call]
    attested = AttestedCredentialData.create(bytes(16), b"id", public)
    told = AuthenticatorData.create(sha256(b"testserver").digest(), _FLAGS, 0, attested)
    said = CollectedClientData.create("webauthn.create", b"challenge", "https://testserver")
    response = {
        "clientDataJSON": websafe_encode(bytes(said)),
        "attestationObject": websafe_encode(bytes(AttestationObject.create("none", told, {}))),
    }
    name = websafe_encode(b"id")
    credential = {"id": name, "rawId": name, "type": "public-key", "response": response}
    data = {"name": "通行密钥 1", "credential": credential}
    kind = Authenticator.Type.WEBAUTHN
    return int(Authenticator.objects.create(user=user, type=kind, data=data).pk)


def _doubt(user: User, code: str) -> int:
    """A doubt about a figure of a township, put by somebody."""
    area = area_by_code(code) or 0
    made = Doubt.objects.create(
        asker=user, word=f"word-{code}", figure="members.total", day=today(), known=newest(),
        tree="territory", node=area, place=code, place_name=code, year_start="01-01", value=1,
        area_id=area,
    )  # fmt: skip
    return made.pk


def _token(user: User) -> int:
    made = ApiToken.objects.create(
        owner=user, name="取数", digest=sha256(user.username.encode()).hexdigest(),
        seal=seal_of(user), expires=today() + timedelta(days=9),
    )  # fmt: skip
    return made.pk


def _job(user: User, **values: Any) -> int:
    return Job.objects.create(kind="import", title="导入", owner_id=user.pk, **values).pk


def _profile(user: User) -> int:
    made = ExportProfile.objects.create(
        owner=user, ledger="employers", name="省表", sheet="表", head=[["单位"]],
        columns=[["单位", "name"]],
    )  # fmt: skip
    return made.pk


def _export(user: User, kind: str, payload: dict[str, Any]) -> int:
    scope = actor_of(
        user, today(), permission=Permission.EXPORT_LEDGER, expand_unions=branch_of
    ).scope
    kept = keep(b"abc", "导出.xlsx")
    result = {"file": kept.pk, "reach": fingerprint(scope), "address": "/"}
    return Job.objects.create(
        kind=kind, title="导出", owner_id=user.pk, state=State.DONE, payload=payload, result=result
    ).pk


def _paper(user: User) -> int:
    """A checked paper of employers with a good row; the first is brought by a county organiser."""
    made = Paper.objects.filter(ledger="employers").order_by("pk").first()
    if made is None:
        client = Client()
        sign_in(client, user)
        file = SimpleUploadedFile("名册.xlsx", BytesIO(workbook(firm(7))).getvalue())
        client.post(reverse("import-new", args=["employers"]), {"file": file})
        return Paper.objects.latest("pk").pk
    made.pk, made.owner, made.batch = None, user, None
    made.save()
    Paper.objects.filter(pk=made.pk).update(batch=made.pk)
    return int(made.pk)


def token_of(client: Client) -> str:
    """What a form of ours carries against forms of others."""
    if "csrftoken" not in client.cookies:
        client.get("/help/home/")
    return str(client.cookies["csrftoken"].value)
