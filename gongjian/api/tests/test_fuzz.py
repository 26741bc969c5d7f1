"""Every operation that the api describes, asked with whatever its description allows and does not."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from schemathesis.checks import CHECKS, load_all_checks

from gongjian.api.tests.desk import cases, clerk, entries
from gongjian.api.tests.schema import described
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.tests.city import city
from gongjian.web.imports.tests.books import firm, upload, workbook
from gongjian.web.wsgi import application
from tests.web_world import token_of

EXAMPLES: Final = 12
CONFIG: Final = schemathesis.Config.from_dict(
    {
        "generation": {"with-security-parameters": False},
        "phases": {"coverage": {"enabled": False}, "examples": {"enabled": False}},
        # A code of an area or a day cannot be told by a schema: what is well formed may be refused.
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "403", "404", "422"]}},
    }
)
load_all_checks()
pytestmark = pytest.mark.django_db
LEFT_OUT: Final = [CHECKS.get_one(name) for name in ("ignored_auth", "unsupported_method")]
"""Who may come in, and how, is asked for every operation by tests of their own."""

REJECTED: Final = CHECKS.get_one("negative_data_rejection")

schema: Final = schemathesis.openapi.from_dict(described(), config=CONFIG)
schema.app = application


class Desk(NamedTuple):
    """What a request of the clerk carries, and values that name something."""

    headers: dict[str, str]
    cookies: dict[str, str]
    real: dict[str, Any]


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """A clerk of a small city with a paper under work; built once and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        city()
        client = Client()
        clerk(client)
        paper = upload(client, workbook(firm(71), firm(72, staff="很多")))
        token = token_of(client)
        cookies = {name: client.cookies[name].value for name in ("sessionid", "csrftoken")}
        real = {"area": "510703", "at": "2011-12-25", "known": 25}
        real |= {"imports": paper.pk, "changes": 9, "cases": cases("510703")[0]}
        real |= {ledger.slug: entries(ledger.slug)[-1] for ledger in LEDGERS}
        # The end of a request would close the connection of the transaction; so does Django's client.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield Desk({"X-CSRFToken": token, "Accept-Encoding": "identity"}, cookies, real)
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        transaction.set_rollback(True)


def made_real(case: Any, real: dict[str, Any]) -> None:
    """Of what is well formed: put in the place of a number, a place and a day some that exist.

    What was made up would never be found, and no answer but a refusal would be looked at.
    """
    if "number" in (case.path_parameters or {}):
        kind = case.operation.path.split("/")[2:4]
        case.path_parameters["number"] = real[kind[1] if kind[0] == "ledgers" else kind[0]]
    if "code" in (case.path_parameters or {}):
        case.path_parameters["code"] = "rate.union"
    asked = case.query or {}
    for name in ("cursor", "tree", "union"):
        asked.pop(name, None)
    for name in asked.keys() & real.keys():
        asked[name] = real[name]


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_answers_as_it_says(case: Any, desk: Desk) -> None:
    if case.meta.generation.mode.is_positive:
        made_real(case, desk.real)
    # What is left empty in an address is left out, whatever the schema says of it.
    empty = any(value in ("", [""]) for value in (case.query or {}).values())
    left_out = [*LEFT_OUT, REJECTED] if empty else LEFT_OUT
    with transaction.atomic():
        answer = case.call_and_validate(
            headers=desk.headers, cookies=desk.cookies, excluded_checks=left_out
        )
        assert answer.status_code not in (401, 429)
        transaction.set_rollback(True)
