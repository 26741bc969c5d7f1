"""What is foretold of a deed is what comes of it, and nothing of the foretelling stays."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.areas.models import AreaVersion
from gongjian.core.access import OPERATOR
from gongjian.core.builders import make_credit_code
from gongjian.core.days import today
from gongjian.employers.models import EmployerVersion
from gongjian.history.models import Change, Head, TrailRecord
from gongjian.history.record import Author, newest
from gongjian.history.undo import undo
from gongjian.indicators import foretelling
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.foretelling import Deed, Unforetold, foretell, weight
from gongjian.indicators.query import figures
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.deeds import annul, merge
from gongjian.ledgers.tests.city import city
from gongjian.web.foretelling import areas_of, shown, told
from gongjian.web.tests.people import signed_in
from tests.papers import bring

pytestmark = pytest.mark.django_db

ME = Author(actor_id=None, name="试")


@pytest.fixture(autouse=True)
def _city() -> None:
    city()


def area(code: str) -> int:
    return AreaVersion.objects.filter(code=code, removed_in=None).latest("valid_from").entry_id


def values(node: int) -> dict[str, Any]:
    said = figures([], day=today(), known_at=None, node=node)["figures"]
    return {figure["code"]: figure["value"] for figure in said}


def brought(*numbers: int) -> list[int]:
    rows = [
        {
            "统一社会信用代码": make_credit_code(n),
            "单位名称": f"第{n}公司",
            "所属区划": "510703001",
            "单位性质": "企业",
            "职工人数": 20,
        }
        for n in numbers
    ]
    return [bring("employers", row).change or 0 for row in rows]


def employer(name: str) -> int:
    return EmployerVersion.objects.filter(name=name).latest("vid").entry_id


def test_taking_changes_back_is_foretold() -> None:
    first, second = brought(71, 72)
    node, head = area("510703"), Head.objects.values().get()
    before = values(node)

    def both() -> None:
        undo(second, by=ME)
        undo(first, by=ME)

    foretold = foretell(both, day=today())
    moves = {move.code: move for move in foretold.moves(node)}

    assert (Head.objects.values().get(), values(node)) == (head, before)
    assert foretold.known_at == second
    assert {c: m.before for c, m in moves.items()}.items() <= before.items()
    assert moves["employers.total"].after == before["employers.total"] - 2
    both()
    assert values(node) == {**before, **{c: m.after for c, m in moves.items()}}
    assert [move for move in foretold.moves(area("510703002")) if move.before == move.after] == []


def test_annulling_and_merging_are_foretold() -> None:
    brought(71, 72)
    ledger, node = LEDGERS["employers"], area("510703")
    one, other = employer("第71公司"), employer("第72公司")
    deeds: list[Deed] = [
        lambda: merge(ledger, one, other, actor=OPERATOR, reason="重复"),
        lambda: annul(ledger, other, actor=OPERATOR, reason="没有这家"),
    ]
    for deed in deeds:
        before = values(node)
        foretold = foretell(deed, day=today())
        after = {**before, **{m.code: m.after for m in foretold.moves(node)}}
        assert after != before
        deed()
        assert values(node) == after


def test_what_the_deed_refuses_is_refused_and_leaves_nothing() -> None:
    links = TrailRecord.objects.count()

    with pytest.raises(ZeroDivisionError):
        foretell(lambda: 1 // 0, day=today())

    assert (TrailRecord.objects.count(), newest()) == (links, Change.objects.count())


def test_what_is_not_foretold(monkeypatch: pytest.MonkeyPatch) -> None:
    (number,) = brought(71)
    assert weight([number]) == 1
    with pytest.raises(Unforetold, match="区划改动"):
        foretell(
            lambda: bring("areas", {"区划代码": "510703", "名称": "新区", "类型": "区"}),
            day=today(),
        )
    monkeypatch.setattr(foretelling, "MOST", 0)
    with pytest.raises(Unforetold, match="这次要写 1 行，超过 0 行"):
        foretell(lambda: undo(number, by=ME), day=today())
    assert newest() == number


def test_a_figure_before_opens_its_rows(client: Client) -> None:
    (number,) = brought(71)
    user = signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    plain = told(
        lambda: foretell(lambda: undo(number, by=ME), day=date(2012, 1, 1)), areas_of(user)
    )
    plain |= told(lambda: foretell(lambda: undo(number, by=ME), day=today()), areas_of(user))

    (of_area,) = shown(plain)["areas"]
    row = next(row for row in of_area["rows"] if row["code"] == "employers.total")

    assert (row["by"], of_area["still"] + len(of_area["rows"])) == ("−1", len(list(CATALOG)))
    assert f"known={number}" in row["address"]
    page = client.get(row["address"])
    assert (page.status_code, row["before"] in page.content.decode()) == (200, True)
    assert told(lambda: foretell(lambda: None, day=today()), {})["reason"].startswith("您的岗位")
