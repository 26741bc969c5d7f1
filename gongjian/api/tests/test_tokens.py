"""Tokens: made by people, shown once, never more than their owner, gone when they are gone."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.test import Client

from gongjian.accounts.actions.people import reset_password, resume, stop
from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import Manager, actor_of
from gongjian.api.actions import LONGEST, MOST, Order, digest
from gongjian.api.actions import make as make_token
from gongjian.api.bearer import WRONG_TRIES
from gongjian.api.models import ApiToken
from gongjian.api.tests.desk import SECRET, ask, bearer, clerk, enter, said, token
from gongjian.areas.queries import area_by_code
from gongjian.core.access import Permission
from gongjian.core.days import today
from gongjian.core.errors import Refused
from gongjian.history.models import TrailRecord
from gongjian.ledgers.tests.city import city
from gongjian.web.tests.people import make_person
from tests.papers import county

pytestmark = pytest.mark.django_db
P = Permission


@pytest.fixture
def owner() -> User:
    county()
    return make_person(Role.COUNTY_ORGANISER, area_id=area_by_code("510703"), name="王敏")


def trail(deed: str) -> list[dict[str, Any]]:
    found = [json.loads(r.body) for r in TrailRecord.objects.filter(kind="sign-in")]
    return [body for body in found if body["deed"] == deed]


def make(client: Client, **said: Any) -> Any:
    form = {
        "name": "统计处",
        "permissions": ["see-figures"],
        "expires": today() + timedelta(days=30),
    }
    return client.post("/tokens/new/", form | said)


def page(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


# ------------------------------------------------------------------ the pages


def test_a_token_is_shown_once_and_only_its_digest_is_kept(client: Client, owner: User) -> None:
    enter(client, owner)

    answer = make(client)
    secret = page(answer).select("#secret")[0].get_text()

    kept = ApiToken.objects.get()
    assert secret.startswith("gj_")
    assert kept.digest == digest(secret)
    assert secret not in client.get("/tokens/").content.decode()
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert ask(bearer(secret), "figures/values", codes="members.total")["area"] == "510703"
    (noted,) = trail("token-made")
    assert noted["username"] == "王敏"
    assert noted["permissions"] == ["see-figures"]
    assert secret not in json.dumps(noted)
    assert kept.digest not in json.dumps(noted)


def test_the_list_says_what_each_token_may_and_takes_it_back(client: Client, owner: User) -> None:
    enter(client, owner)
    secret = page(make(client)).select("#secret")[0].get_text()
    row = page(client.get("/tokens/")).select("tbody tr")[0].get_text(" ", strip=True)
    assert "统计处 在用 查看指标和构成它的名单 全部岗位" in row

    client.post(f"/tokens/{ApiToken.objects.get().pk}/revoke/")

    assert "已停用" in page(client.get("/tokens/")).select("tbody tr")[0].get_text(" ", strip=True)
    assert said(bearer(secret).get("/api/figures"), 401)
    assert len(trail("token-revoked")) == 1


def test_a_token_of_somebody_else_is_not_there(client: Client, owner: User) -> None:
    theirs = token(owner)
    clerk(client)

    assert client.post(f"/tokens/{theirs.pk}/revoke/").status_code == 404
    assert page(client.get("/tokens/")).select("tbody tr") == []
    theirs.refresh_from_db()
    assert theirs.revoked is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "请给令牌起个名称。"),
        ({"permissions": []}, "请至少选一件这个令牌能办的事。"),
        ({"permissions": ["unmask"]}, "您的岗位不能办“unmask”，请从中选。"),
        ({"expires": "很久"}, "请把日期写成 2011-12-20 这样的年-月-日。"),
        ({"expires": date(2020, 1, 1)}, "到期日“2020-01-01”不行"),
        ({"area": "999999"}, "没有代码为“999999”的区划，请核对。"),
        ({"post": "0"}, "这不是您今天的岗位，请从中选一个。"),
        (
            {"permissions": ["import-ledger"], "area": "510703001"},
            "能导入的令牌不能只限一个岗位或区划",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    client: Client, owner: User, wrong: dict[str, Any], sentence: str
) -> None:
    enter(client, owner)

    answer = make(client, **wrong)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert ApiToken.objects.count() == 0


def test_no_token_lasts_longer_than_a_year(client: Client, owner: User) -> None:
    enter(client, owner)
    longest = today() + timedelta(days=LONGEST)

    assert make(client, expires=longest + timedelta(days=1)).status_code == 422
    assert make(client, expires=longest).status_code == 200


def test_nobody_has_very_many(client: Client, owner: User) -> None:
    enter(client, owner)
    for number in range(MOST):
        token(owner, secret=f"gj_{number}")

    answer = make(client)

    assert answer.status_code == 422
    assert f"在用的令牌已有 {MOST} 个" in answer.content.decode()


def test_whoever_signed_in_long_ago_gives_the_password_again(client: Client, owner: User) -> None:
    client.force_login(owner)

    answer = make(client)

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert ApiToken.objects.count() == 0


def test_who_may_do_nothing_here_makes_no_token(client: Client) -> None:
    county()
    enter(client, make_person(Role.ADMINISTRATOR, area_id=area_by_code("5107")))

    assert client.get("/tokens/new/").status_code == 403


# ------------------------------------------------------------------ what a token opens


@pytest.mark.parametrize(
    "more",
    [
        {"revoked": "2026-01-01T00:00:00+08:00"},
        {"expires": today()},
    ],
)
def test_a_token_that_is_over_opens_nothing(owner: User, more: dict[str, Any]) -> None:
    token(owner, **more)

    assert "在“接口令牌”页重新生成" in ask(bearer(), "figures", 401)["sentence"]


def test_with_its_owner_a_token_goes_out_of_use(owner: User) -> None:
    token(owner)
    assert ask(bearer(), "figures")["figures"]
    owner.is_active = False
    owner.save()

    assert ask(bearer(), "figures", 401)


def test_a_password_that_must_be_changed_comes_first(owner: User) -> None:
    token(owner)
    owner.must_change_password = True
    owner.save()

    assert "/accounts/password/change/" in ask(bearer(), "figures", 403)["sentence"]


def test_what_the_owner_may_no_longer_the_token_may_not(owner: User) -> None:
    token(owner)
    ask(bearer(), "ledgers/employers/rows")

    Post.objects.filter(user=owner).update(valid_to=today())

    ask(bearer(), "ledgers/employers/rows", 403)
    ask(bearer(), "figures/values", 403)


def test_a_token_does_what_was_ticked_and_no_more(owner: User) -> None:
    token(owner, P.SEE_FIGURES)

    assert ask(bearer(), "figures/values")["area"] == "510703"
    ask(bearer(), "ledgers", 403)
    ask(bearer(), "ledgers/employers/rows", 403)
    ask(bearer(), "changes", 403)
    ask(bearer(), "imports/1", 404)


def test_a_token_reaches_its_area_and_no_further() -> None:
    city()
    owner = make_person(Role.COUNTY_ORGANISER, area_id=area_by_code("510703"))
    token(owner, P.SEE_LEDGERS, P.SEE_FIGURES, P.SEE_TRAIL, area=area_by_code("510703002"))

    rows = ask(bearer(), "ledgers/employers/rows", at="2011-12-25")["rows"]

    assert [row["values"]["name"] for row in rows] == ["丙店"]
    assert ask(bearer(), "figures/values", codes="employers.total")["area"] == "510703002"
    ask(bearer(), "figures/values", 404, area="510703")
    ask(bearer(), "figures/values", 404, area="510703001")
    ask(bearer(), f"ledgers/employers/rows/{rows[0]['id']}")
    ask(bearer(), "ledgers/employers/rows/1", 404)


def test_an_area_beyond_the_posts_gives_nothing_more() -> None:
    city()
    owner = make_person(Role.TOWNSHIP_CLERK, area_id=area_by_code("510703002"))
    token(owner, P.SEE_LEDGERS, area=area_by_code("5107"))

    rows = ask(bearer(), "ledgers/employers/rows", at="2011-12-25")["rows"]

    assert [row["values"]["name"] for row in rows] == ["丙店"]


def test_a_token_works_by_its_post_alone() -> None:
    county()
    owner = make_person(Role.AUDITOR, area_id=area_by_code("5107"))
    audits = Post.objects.get(user=owner)
    leads = {"role": Role.CITY_ORGANISER, "area_id": audits.area_id}
    Post.objects.create(user=owner, valid_from=date(2020, 1, 1), **leads)
    token(owner, post=audits.pk)
    token(owner, secret="gj_both")

    ask(bearer(), "changes")
    ask(bearer(), "figures/values", 403)
    ask(bearer("gj_both"), "figures/values")


def test_only_addresses_for_programs_know_tokens(owner: User) -> None:
    token(owner)

    assert bearer().get("/ledgers/employers/").status_code == 302
    assert bearer().get("/api/").status_code == 302
    assert bearer().get("/tokens/").status_code == 302


def test_a_token_in_the_address_counts_for_nothing(owner: User) -> None:
    token(owner)

    assert Client().get(f"/api/figures?token={SECRET}").status_code == 401


def test_a_token_beside_a_sign_in_decides_alone(client: Client, owner: User) -> None:
    clerk(client)
    token(owner, P.SEE_TRAIL)

    answer = client.get("/api/figures/values", headers={"Authorization": f"Bearer {SECRET}"})

    assert answer.status_code == 403


def test_a_program_leaves_no_session_and_its_day_is_kept(owner: User) -> None:
    held = token(owner)
    answer = bearer().get("/api/figures")

    held.refresh_from_db()
    assert held.used == today()
    assert "sessionid" not in answer.cookies


# ------------------------------------------------------------------ how often


def test_many_wrong_tokens_wait(owner: User) -> None:
    token(owner)
    for _ in range(WRONG_TRIES):
        ask(bearer("gj_wrong"), "figures", 401)

    answer = bearer("gj_wrong").get("/api/figures")

    assert said(answer, 429)["sentence"].startswith("从这里送来的无效令牌太多")
    assert answer["Retry-After"] == "3600"
    assert ask(bearer(), "figures")["figures"]


def test_one_person_asks_so_often_in_a_minute(owner: User, settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    token(owner)
    token(owner, secret="gj_another")
    ask(bearer(), "figures")
    ask(bearer("gj_another"), "figures")

    answer = bearer().get("/api/figures")

    assert said(answer, 429)["sentence"] == "一分钟内请求超过 2 次，请稍等再发。"
    assert 0 < int(answer["Retry-After"]) <= 60


def test_another_password_ends_the_token(client: Client, owner: User) -> None:
    admin = make_person(Role.ADMINISTRATOR, area_id=area_by_code("510703"))
    by = Manager(actor=actor_of(admin, today(), permission=P.MANAGE_PEOPLE))
    token(owner)
    assert said(bearer().get("/api/figures"))

    reset_password(owner, by=by)
    User.objects.filter(pk=owner.pk).update(must_change_password=False)

    assert said(bearer().get("/api/figures"), 401)
    enter(client, User.objects.get(pk=owner.pk))
    row = page(client.get("/tokens/")).select("tbody tr")[0].get_text(" ", strip=True)
    assert "密码已换或账号停用过" in row


def test_whoever_is_stopped_while_asking_makes_no_token(owner: User) -> None:
    admin = make_person(Role.ADMINISTRATOR, area_id=area_by_code("510703"))
    by = Manager(actor=actor_of(admin, today(), permission=P.MANAGE_PEOPLE))
    let_in = User.objects.get(pk=owner.pk)
    order = Order(name="报表", permissions=[P.SEE_FIGURES], expires=today() + timedelta(days=9))
    for deed in (stop, resume, reset_password):
        deed(User.objects.get(pk=owner.pk), by=by)
        with pytest.raises(Refused, match="没有生成令牌"):
            make_token(HttpRequest(), let_in, order)
    assert ApiToken.objects.count() == 0


def test_a_stop_of_the_account_ends_the_token_for_good(owner: User) -> None:
    admin = make_person(Role.ADMINISTRATOR, area_id=area_by_code("510703"))
    by = Manager(actor=actor_of(admin, today(), permission=P.MANAGE_PEOPLE))
    token(owner)
    assert said(bearer().get("/api/figures"))

    stop(owner, by=by)
    assert said(bearer().get("/api/figures"), 401)
    resume(User.objects.get(pk=owner.pk), by=by)

    assert said(bearer().get("/api/figures"), 401)
    token(User.objects.get(pk=owner.pk), secret="gj_after")
    assert said(bearer("gj_after").get("/api/figures"))
