"""Who comes in where: every operation of the description, whoever asks. Nothing is listed here."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from ninja import Schema
from pytest_django import DjangoDbBlocker

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.api.tests.desk import bearer, cases, clerk, every_number, said, token
from gongjian.api.tests.schema import Operation, described, operations
from gongjian.areas.models import AreaVersion
from gongjian.areas.queries import area_by_code
from gongjian.core.access import Permission
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.tests.city import city, told
from gongjian.web.imports.tests.books import firm, upload, workbook
from gongjian.web.tests.people import make_person, sign_in, signed_in
from tests.web_world import token_of

ALL: Final = operations()
CHANGING: Final = [one for one in ALL if one.method != "get"]
OF_A_PLACE: Final = [
    one for one in ALL if any(p["name"] == "area" for p in one.said.get("parameters", ()))
]
OF_A_NUMBER: Final = [one for one in ALL if "{number}" in one.path]
EVERY: Final = pytest.mark.parametrize("operation", ALL, ids=str)
REFUSED: Final = {False: (403,), True: (403, 404)}
"""What is outside is not there, before it is forbidden."""

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def here(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Client]:
    """A clerk of a district that has everything, with a paper; elsewhere there is one town more."""
    with django_db_blocker.unblock(), transaction.atomic():
        city()
        told("areas", {"区划代码": "510704", "名称": "游仙区", "上级代码": "5107", "类型": "区"})
        client = Client(enforce_csrf_checks=True)
        clerk(client)
        upload_headers = Client()
        sign_in(upload_headers, User.objects.latest("pk"))
        upload(upload_headers, workbook(firm(71), firm(72, staff="很多")))
        cases("510703", "510703001")
        yield client
        transaction.set_rollback(True)


def address(operation: Operation, number: int = 1) -> str:
    """Its address with something in the place of each argument."""
    return operation.path.replace("{number}", str(number)).replace("{code}", "members.total")


def body_of(operation: Operation) -> dict[str, Any]:
    """The smallest body that its description asks for, as the client sends it."""
    ((kind, content),) = operation.said["requestBody"]["content"].items()
    shape = content["schema"]
    if kind == "multipart/form-data":
        return {"data": {"file": SimpleUploadedFile("名册.xlsx", workbook(firm(1)))}}
    if "$ref" in shape:
        shape = described()["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    wanted = shape.get("required", ())
    filled = {name: shape["properties"][name].get("minimum", "") for name in wanted}
    return {"data": json.dumps(filled), "content_type": "application/json"}


def send(client: Client, operation: Operation, number: int = 1, /, **headers: str) -> Any:
    """Ask as the description says; whatever it did is taken back."""
    more = {} if operation.method == "get" else body_of(operation)
    with transaction.atomic():
        answer = getattr(client, operation.method)(
            address(operation, number), headers=headers, **more
        )
        transaction.set_rollback(True)
    return answer


def signed(client: Client) -> dict[str, str]:
    return {"X-CSRFToken": token_of(client)}


def test_the_description_has_every_address_and_every_ledger() -> None:
    found = {one.path for one in ALL}
    (resolver,) = (
        part
        for part in get_resolver().url_patterns
        if isinstance(part, URLResolver) and part.app_name == "api"
    )
    routed = {
        "/api/" + re.sub(r"<(\w+)>", r"{\1}", str(part.pattern))
        for part in resolver.url_patterns
        if isinstance(part, URLPattern) and part.name not in ("openapi-json", "api-root")
    }

    assert routed == found
    assert {f"/api/ledgers/{ledger.slug}/rows" for ledger in LEDGERS} <= found
    assert {f"/api/imports/{ledger.slug}" for ledger in LEDGERS} <= found


def test_no_two_shapes_have_one_name() -> None:
    """The description would tell of one where it means the other."""
    waiting, names = [Schema], list[str]()
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        names += [shape.__name__ for shape in below if shape.__module__.startswith("gongjian.")]
    assert len(names) == len(set(names))


@EVERY
def test_a_stranger_is_told_how_to_say_who_they_are(here: Client, operation: Operation) -> None:
    answer = send(Client(), operation)

    assert said(answer, 401)["sentence"].startswith("请先登录")
    assert answer["WWW-Authenticate"] == "Bearer"


@EVERY
def test_a_token_that_is_none_opens_nothing(here: Client, operation: Operation) -> None:
    """Also beside a sign-in that would."""
    for client in (Client(), here):
        answer = send(client, operation, Authorization="Bearer gj_guessed")
        assert said(answer, 401)["sentence"].startswith("这个令牌不存在")


@EVERY
def test_without_a_post_nothing_is_there(here: Client, operation: Operation) -> None:
    user = User.objects.create(username="无岗")
    client = Client(enforce_csrf_checks=True)
    sign_in(client, user)

    status = send(client, operation, **signed(client)).status_code

    assert status in REFUSED[operation in OF_A_NUMBER]


@EVERY
def test_an_administrator_of_people_sees_no_rows(here: Client, operation: Operation) -> None:
    client = Client(enforce_csrf_checks=True)
    signed_in(client, Role.ADMINISTRATOR, area_id=area_by_code("5107"))

    status = send(client, operation, **signed(client)).status_code

    assert status in REFUSED[operation in OF_A_NUMBER]


@pytest.mark.parametrize("operation", OF_A_NUMBER, ids=str)
def test_what_stands_elsewhere_is_not_there(here: Client, operation: Operation) -> None:
    """Of whatever number: somebody of a district in which nothing stands finds nothing at all."""
    client = Client(enforce_csrf_checks=True)
    clerk(client, "510704")
    headers = signed(client)

    found = {n: send(client, operation, n, **headers).status_code for n in every_number()}

    own = AreaVersion.objects.get(entry_id=area_by_code("510704"))
    there = {"areas-row": own.entry_id, "areas-history": own.entry_id, "change": own.added_in}
    mine = there.get(operation.name)
    assert found == {n: 200 if n == mine else 404 for n in every_number()}


@pytest.mark.parametrize("operation", OF_A_NUMBER, ids=str)
def test_something_of_each_kind_is_there_for_its_own(here: Client, operation: Operation) -> None:
    """What the test before this one could not find exists."""
    found = {send(here, operation, n, **signed(here)).status_code for n in every_number()}

    assert found & {200, 422}, found


@pytest.mark.parametrize("operation", OF_A_PLACE, ids=str)
def test_a_place_elsewhere_is_not_there(here: Client, operation: Operation) -> None:
    """Whatever else is wrong: also with a cursor that is none."""
    client = Client()
    clerk(client, "510704")
    for query in ({"area": "510703"}, {"area": "510703", "cursor": "x"}, {"area": "999"}):
        answer = client.get(address(operation), query)
        assert said(answer, 404)["sentence"] == "没有这一页，或者它不在您的管理范围内。"


@EVERY
def test_no_answer_names_what_stands_elsewhere(here: Client, operation: Operation) -> None:
    client = Client(enforce_csrf_checks=True)
    clerk(client, "510704")

    text = send(client, operation, **signed(client)).content.decode()

    assert not re.search("甲集团|甲公司|丙店|乙公司|塘汛|城厢", text)


@pytest.mark.parametrize("operation", CHANGING, ids=str)
def test_what_changes_anything_wants_the_token_of_a_form(
    here: Client, operation: Operation
) -> None:
    answer = send(here, operation)

    assert "X-CSRFToken" in said(answer, 403)["sentence"]


@EVERY
def test_a_token_may_do_no_more_than_it_was_given(here: Client, operation: Operation) -> None:
    owner = make_person(Role.COUNTY_ORGANISER, area_id=area_by_code("510703"))
    token(owner, Permission.UNMASK)

    status = send(bearer(), operation).status_code

    assert status in REFUSED[operation in OF_A_NUMBER]


@EVERY
def test_every_operation_says_how_it_refuses(operation: Operation) -> None:
    refusals = {"401", "403", "404", "422", "429"}
    if operation.method != "get":
        refusals |= {"400", "413"}

    assert refusals < set(operation.said["responses"])
    assert operation.said["summary"]
    assert operation.said["description"]
    assert operation.said["security"] == [{"Token": []}, {"SignIn": []}]
