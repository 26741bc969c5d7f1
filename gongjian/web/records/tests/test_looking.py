"""Looking at a person: in full only for a purpose and a while, and who looked is kept."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from gongjian.accounts.models import Post, User
from gongjian.areas.queries import area_by_code
from gongjian.core.days import now, today
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.web.records import openings, unmasking
from gongjian.web.records.models import Opening
from gongjian.web.records.tests.desk import main
from gongjian.web.tests.people import sign_in, signed_in
from tests.papers import county
from tests.worlds import covers, entry, firm, good, member, number, union

pytestmark = pytest.mark.django_db
AUDIT = {"purpose": "审计抽查"}


@pytest.fixture
def there(client: Client) -> Client:
    """One member, and nobody signed in."""
    county()
    good("employers", firm(0))
    good("unions", union())
    good("coverage", covers())
    good("members", member(1))
    return client


def organiser(client: Client, **more: Any) -> User:
    return signed_in(client, "county-organiser", area_id=area_by_code("510703"), **more)


def address() -> str:
    return f"/ledgers/members/{entry('members', number(1))}/"


def full(client: Client) -> bool:
    """Does the record show the whole identity number?"""
    return number(1) in client.get(address()).content.decode()


def noted() -> list[dict[str, Any]]:
    """The unmaskings on the trail."""
    return [json.loads(r.body) for r in TrailRecord.objects.filter(kind="unmask")]


# ------------------------------------------------------------------ in full


def test_full_numbers_need_the_right_a_purpose_and_the_present(there: Client) -> None:
    signed_in(there, "township-clerk", area_id=area_by_code("510703001"))
    assert there.post(address() + "unmask/", AUDIT).status_code == 403
    organiser(there)
    assert there.get(address() + "unmask/").status_code == 405
    for wrong in ({}, {"purpose": "好奇"}, {"purpose": "其他", "remark": " "}):
        assert there.post(address() + "unmask/", wrong).status_code == 422
    assert there.post(address() + "unmask/?at=2011-01-01", AUDIT).status_code == 422
    assert noted() == []
    assert not full(there)


def test_who_unmasked_why_is_on_the_trail_once_and_the_record_stays_open(there: Client) -> None:
    organiser(there, name="王敏")
    asked = {"purpose": "其他", "remark": "本人来查"}
    answer = there.post(address() + "unmask/", asked)
    assert (answer.status_code, answer.headers["Location"]) == (302, address())
    assert full(there)
    there.post(address() + "unmask/", asked)
    (said,) = noted()
    assert (said["name"], said["reason"]) == ("王敏", "其他：本人来查")
    assert said["columns"] == ["证件号码", "手机"]
    assert trail.verify().ok
    shown = there.get(address())
    assert 0 < int(shown.headers["Refresh"]) <= unmasking.LASTS + 1
    assert main(shown).find("form", action=address() + "mask/") is not None
    assert "其他：本人来查" in main(there.get("/changes/looks/")).get_text()


def test_no_other_record_and_no_past_page_is_opened_with_it(there: Client) -> None:
    good("members", member(2))
    organiser(there)
    there.post(address() + "unmask/", AUDIT)
    other = there.get(f"/ledgers/members/{entry('members', number(2))}/")
    assert number(2) not in other.content.decode()
    assert number(1) not in there.get(address() + "?at=2011-01-01").content.decode()


def over(client: Client) -> None:
    """The quarter of an hour is over."""
    kept = client.session
    kept["unmasked"] = dict.fromkeys(kept["unmasked"], 1)
    kept.save()


def handed_back(client: Client) -> None:
    """The post that allowed it ends, and another one opens the ledger."""
    (post,) = Post.objects.all()
    Post.objects.update(valid_to=today())
    Post.objects.create(
        user=post.user, role="county-organiser", union_id=None, area_id=post.area_id,
        valid_from=today() + timedelta(days=1),
    )  # fmt: skip
    Post.objects.create(
        user=post.user, role="inspector", area_id=post.area_id, valid_from=post.valid_from
    )


def by_the_button(client: Client) -> None:
    assert client.post(address() + "mask/").headers["Location"] == address()


@pytest.mark.parametrize("ending", [over, handed_back, by_the_button])
def test_it_is_masked_again_by_time_by_button_and_with_the_post(
    there: Client, ending: Callable[[Client], None]
) -> None:
    organiser(there)
    there.post(address() + "unmask/", AUDIT)
    assert full(there)
    ending(there)
    assert not full(there)
    assert "Refresh" not in there.get(address()).headers


def test_it_ends_with_the_sign_in_and_opening_it_anew_is_noted_anew(there: Client) -> None:
    person = organiser(there)
    there.post(address() + "unmask/", AUDIT)
    there.logout()
    sign_in(there, person)
    assert not full(there)
    there.post(address() + "unmask/", AUDIT)
    assert len(noted()) == 2


def test_an_auditor_sees_who_looked_within_the_scope_alone(there: Client) -> None:
    organiser(there)
    there.post(address() + "unmask/", AUDIT)
    for code, wanted in (("510703001", True), ("510703002", False)):
        signed_in(there, "auditor", area_id=area_by_code(code))
        assert ("审计抽查" in main(there.get("/changes/looks/")).get_text()) is wanted


# ------------------------------------------------------------------ who looked


def kept() -> list[tuple[str, str, bool]]:
    return list(Opening.objects.order_by("pk").values_list("name", "ledger", "unmasked"))


def test_each_opening_of_a_person_is_kept_beside_the_trail(there: Client) -> None:
    links = TrailRecord.objects.count()
    organiser(there, name="王敏")
    there.get("/ledgers/members/")
    there.get(f"/ledgers/employers/{entry('employers', '第0公司')}/")
    assert kept() == []
    there.get(address())
    there.get(address() + "correct/")
    assert there.get("/ledgers/members/99999/").status_code == 404
    assert TrailRecord.objects.count() == links
    there.post(address() + "unmask/", AUDIT)
    there.get(address())
    assert kept() == [("王敏", "members", False), ("王敏", "members", False),
                      ("王敏", "members", True)]  # fmt: skip


def test_who_may_see_the_trail_sees_who_looked(there: Client) -> None:
    organiser(there, name="王敏")
    there.get(address())
    signed_in(there, "township-clerk", area_id=area_by_code("510703001"))
    page = main(there.get(address()))
    assert "谁看过" in page.get_text()
    assert page.find("td", string="王敏") is not None
    employer = f"/ledgers/employers/{entry('employers', '第0公司')}/"
    assert "谁看过" not in main(there.get(employer)).get_text()


def test_a_page_does_not_wait_for_it_and_nothing_of_it_is_lost(there: Client) -> None:
    organiser(there)

    def locked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if 'INTO "web_opening"' in sql:
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(locked):
        assert there.get(address()).status_code == 200
    assert kept() == []
    there.get(address())
    assert len(kept()) == 2


def test_what_is_older_than_is_kept_is_forgotten(there: Client) -> None:
    organiser(there)
    there.get(address())
    there.get(address())
    first = Opening.objects.order_by("pk")[0].pk
    long_ago = now() - timedelta(days=openings.KEPT_DAYS + 1)
    Opening.objects.filter(pk=first).update(at=long_ago)
    assert openings.prune() == 1
    assert [o.pk for o in Opening.objects.all()] != [first]
    assert Opening.objects.count() == 1
