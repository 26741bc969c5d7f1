"""Every flow that is declared keeps what its pages and the api promise. Nothing is listed here."""

from collections.abc import Iterator
from typing import Final

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.api.tests.desk import ask
from gongjian.api.tests.schema import operations
from gongjian.areas.queries import area_by_code
from gongjian.ledgers.tests.city import told
from gongjian.web import navigation
from gongjian.web.cases.addresses import OWN, address_of
from gongjian.web.cases.tests.desk import IN_AREAS, permits
from gongjian.web.tests.people import signed_in
from gongjian.workflow.declare import FLOWS, Flow
from gongjian.workflow.models import Passage
from gongjian.workflow.tests.ways import arrived, ready, went

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("permit")]
ALL: Final = [*FLOWS, IN_AREAS]
EVERY: Final = pytest.mark.parametrize("flow", ALL, ids=[flow.slug for flow in ALL])
"""Of flows that stand at areas; one that stands elsewhere brings a place of its own kind."""


@pytest.fixture
def permit(db: None) -> Iterator[Flow]:
    """The city, and the flow of the tests."""
    with permits() as flow:
        yield flow


def place() -> int:
    return area_by_code("510703001") or 0


def got(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return BeautifulSoup(answer.content, "html.parser")


@pytest.fixture
def reader(client: Client) -> Client:
    """Somebody who sees the whole city."""
    signed_in(client, Role.CITY_ORGANISER, area_id=area_by_code("5107"))
    return client


@EVERY
def test_the_page_and_the_record_of_every_state_render(flow: Flow, reader: Client) -> None:
    for state in flow.states:
        with transaction.atomic():
            case = arrived(flow, state.code, place())
            page = got(reader, reverse("case", args=[case.pk]))
            assert state.title in {one.get_text() for one in page.select(".ph .tag")}
            here = page.select_one(".life [aria-current=step]")
            assert (here is None) == state.final
            record = got(reader, reverse("case-record", args=[case.pk])).select_one(".a4")
            assert record is not None
            steps = [one.step for one in Passage.objects.filter(case=case).order_by("number")]
            said = record.get_text()
            assert all(flow.title_of(step) in said for step in steps)
            assert got(reader, address_of(case))
            transaction.set_rollback(True)


@EVERY
def test_every_step_is_on_the_page_of_every_state_that_it_leaves(
    flow: Flow, reader: Client
) -> None:
    for step in flow.steps:
        with transaction.atomic():
            case = ready(flow, step, place())
            page = got(reader, reverse("case", args=[case.pk]))
            found = page.select(
                f'button[name=step][value="{step.code}"], [data-step="{step.code}"]'
            )
            assert len(found) == 1, f"{flow.slug}: the page shows no {step.code}"
            said = ask(reader, f"cases/{case.pk}")
            assert step.code in {one["step"] for one in said["options"]}
            transaction.set_rollback(True)


@EVERY
def test_every_paper_that_is_produced_prints_the_same_again(flow: Flow, reader: Client) -> None:
    for step in (step for step in flow.steps if step.produces):
        with transaction.atomic():
            passage = went(ready(flow, step, place()), flow, step)
            addresses = [
                reverse("case-printed", args=[passage.case_id, passage.number, code])
                for code in step.produces
            ]
            page = got(reader, reverse("case", args=[passage.case_id]))
            assert {str(a["href"]) for a in page.select(".his a")} >= set(addresses)
            before = [str(got(reader, address).select_one(".a4")) for address in addresses]
            told("areas", {"区划代码": "510703001", "名称": "后来改的名", "上级代码": "510703",
                           "类型": "街道"})  # fmt: skip
            for address, text in zip(addresses, before, strict=True):
                assert "<h2>" in text
                assert str(got(reader, address).select_one(".a4")) == text
            transaction.set_rollback(True)


@pytest.mark.parametrize("flow", [*FLOWS], ids=lambda flow: flow.slug)
def test_the_api_has_every_step_that_is_taken_by_itself(flow: Flow) -> None:
    names = {one.name for one in operations()}
    assert {f"{flow.slug}-{step.code}" for step in flow.steps if not step.swept} <= names
    assert not names & {f"{flow.slug}-{step.code}" for step in flow.steps if step.swept}


def test_whoever_may_open_a_case_has_the_list_in_the_menu() -> None:
    readers = frozenset().union(*(flow.readers for flow in FLOWS))
    swept = {step.permission for flow in FLOWS for step in flow.steps if step.swept}
    (entry,) = (e for g in navigation.menu() for e in g.entries if e.name == "cases")
    assert entry.permissions == readers - swept


def test_pages_of_their_own_are_of_flows_that_are_declared() -> None:
    assert set(OWN) <= {flow.slug for flow in FLOWS}
