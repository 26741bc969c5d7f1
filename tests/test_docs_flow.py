"""The example of docs/howto/new-flow.md is a flow: declared, with its numbers, walked like any other."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.apps import apps
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.areas.queries import area_by_code
from gongjian.ledgers.tests.city import city
from gongjian.reporting.tests.months import TOWN, clerk, organiser
from gongjian.web.tests.people import signed_in
from gongjian.workflow.declare import FLOWS, Flow
from gongjian.workflow.tests import test_contracts as contracts
from tests import test_flows as walks

PAGE: Final = Path(__file__).parents[1] / "docs" / "howto" / "new-flow.md"
BLOCK: Final = re.compile(r"^ *```python\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.django_db


@pytest.fixture
def names(db: None) -> Iterator[dict[str, Any]]:
    """What the page declares, in a small city, with its numbers."""
    city()
    found: dict[str, Any] = {}
    try:
        for block in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
            exec(compile(textwrap.dedent(block), str(PAGE), "exec"), found)
        found["seed"](apps, None)
        yield found
    finally:
        FLOWS._flows.pop("election-delay", None)


@pytest.fixture
def flow(names: dict[str, Any]) -> Flow:
    declared: Flow = names["DELAY"]
    return declared


def test_the_test_of_the_page_runs(names: dict[str, Any]) -> None:
    place = area_by_code(TOWN)
    names["test_a_delay_is_agreed"](place, clerk(), organiser())


def test_the_example_keeps_the_contract_of_declarations(flow: Flow) -> None:
    contracts.test_no_state_is_dead_and_each_leaves_or_ends(flow)
    contracts.test_each_condition_is_a_sentence_without_an_end(flow)
    contracts.test_each_clock_goes_by_a_span_and_each_roll_by_a_flag(flow)
    contracts.test_titles_are_each_of_one_thing(flow)
    contracts.test_every_flow_has_its_numbers_from_the_beginning()


def test_the_example_has_its_pages(flow: Flow, client: Client) -> None:
    signed_in(client, Role.CITY_ORGANISER, area_id=area_by_code("5107"))
    walks.test_the_page_and_the_record_of_every_state_render(flow, client)
    walks.test_every_step_is_on_the_page_of_every_state_that_it_leaves(flow, client)
    walks.test_every_paper_that_is_produced_prints_the_same_again(flow, client)


def test_every_step_of_the_example_is_tested_on_the_page_or_named(flow: Flow) -> None:
    text = PAGE.read_text(encoding="utf-8")
    tested = text[text.index("def test_a_delay_is_agreed") :]
    assert {step.code for step in flow.steps if f'"{step.code}"' not in tested} == {"decline"}
