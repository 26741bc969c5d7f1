"""What a dry run says the figures would become is what they become."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.areas.models import AreaVersion
from gongjian.core.builders import make_credit_code, make_identity
from gongjian.core.days import today
from gongjian.history.models import Change, Head, TrailRecord
from gongjian.indicators import foretelling
from gongjian.indicators.query import figures
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.tests.city import city
from gongjian.web.imports import trying
from gongjian.web.imports.models import Paper
from gongjian.web.imports.queries import importer
from gongjian.web.imports.tests.books import HEAD, cells, firm, go, said, see, upload, workbook
from gongjian.web.tests.people import signed_in
from tests.papers import bring, county

pytestmark = pytest.mark.django_db


def area(code: str) -> int:
    return AreaVersion.objects.filter(code=code, removed_in=None).latest("valid_from").entry_id


def said_of(node: int, on: date) -> dict[str, Any]:
    told = figures([], day=on, known_at=None, node=node)["figures"]
    return {figure["code"]: figure["value"] for figure in told}


def told_by(paper: Paper, name: str) -> dict[str, Any]:
    assert paper.trial is not None
    (of_area,) = paper.trial["effect"]["areas"]
    return {row["code"]: row[name] for row in of_area["rows"]}


@pytest.mark.parametrize("node", ["510703", "510703001"])
@pytest.mark.parametrize("slug", ["employers", "members", "coverage"])
def test_foretold_figures_are_the_later_ones(client: Client, slug: str, node: str) -> None:
    city()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    firm_code, union = make_credit_code(1), make_credit_code(1, kind="81")
    papers: dict[str, tuple[list[str], list[list[Any]]]] = {
        "employers": (HEAD, [firm(1, "甲集团", 500), firm(77, staff=300)]),
        "members": (
            ["证件号码", "姓名", "所属工会", "入会日期"],
            [[make_identity("510703", date(1988, 1, 2), 20 + n), f"人{n}", union,
              date(2011, 1, 1 + n)] for n in range(4)],
        ),
        "coverage": (
            ["工会", "用人单位", "涵盖方式", "起始日期", "终止日期"],
            [[union, firm_code, "联合", date(2010, 3, 1), date(2012, 1, 1)]],
        ),
    }  # fmt: skip
    head, rows = papers[slug]
    on, place = today(), area(node)
    before = said_of(place, on)
    links = TrailRecord.objects.count()
    paper = upload(client, workbook(*rows, head=head), slug=slug)
    assert said(paper.counted)["bad"] == 0
    trying.try_out(paper, importer(paper.owner, paper.ledger), {place: node})
    assert (TrailRecord.objects.count(), said_of(place, on)) == (links, before)
    assert told_by(paper, "before").items() <= before.items()
    foretold = {**before, **told_by(paper, "after")}
    assert foretold != before

    go(client, "import-commit", paper, revision=paper.revision, policy="skip")
    run_pending()
    assert said_of(place, on) == foretold


def test_a_dry_run_leaves_nothing_behind(client: Client) -> None:
    county()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    head = Head.objects.values().get()
    paper = upload(client, workbook(firm(1)))
    go(client, "import-trial", paper)
    assert Head.objects.values().get() == head
    assert Change.objects.count() == 1
    assert bring("employers", dict(zip(HEAD, firm(1), strict=True))).change == 2


def test_why_figures_are_not_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    county()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    monkeypatch.setattr(foretelling, "MOST", 1)
    paper = upload(client, workbook(firm(1), firm(2)))
    go(client, "import-trial", paper)
    assert "这次要写 2 行，超过 1 行" in see(client, "import-trial", paper).get_text()
    place = [["区划代码", "名称", "上级代码", "类型"], ["510703009", "新村", "510703", "镇"]]
    paper = upload(client, workbook(place[1], head=place[0]), slug="areas")
    go(client, "import-trial", paper)
    assert "区划改动会换掉汇总所用的树" in see(client, "import-trial", paper).get_text()
    worker = Client()
    signed_in(worker, Role.GRID_WORKER, area_id=area("510703001"))
    paper = upload(worker, workbook(firm(3)))
    go(worker, "import-trial", paper)
    assert "不能查看指标" in see(worker, "import-trial", paper).get_text()


def test_changes_are_shown_cell_by_cell(client: Client) -> None:
    city()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    code = make_credit_code(1)
    head = [
        "统一社会信用代码",
        "单位名称",
        "所属区划",
        "联系电话",
        "注销日期",
        "经营状态",
        "生效日期",
    ]
    ended = [code, "甲集团", "510703002", "13900009999", date(2013, 5, 1), "注销", date(2012, 1, 1)]
    paper = upload(client, workbook(ended, head=[*head]))
    assert said(paper.summary)["missing"] == ["单位性质", "职工人数"]
    head += ["单位性质", "职工人数"]
    paper = upload(client, workbook([*ended, "企业", 160], head=head))
    go(client, "import-trial", paper)
    rows = cells(see(client, "import-trial", paper, "?outcome=changed"), ".tb")
    assert sorted(row[2:] for row in rows) == sorted(
        [
            ["所属区划", "城厢街道", "塘汛镇", "2012-01-01"],
            ["职工人数", "150", "160", "2012-01-01"],
            ["联系电话", "—", "139****9999", "2012-01-01"],
            ["注销日期", "—", "2013-05-01", ""],
        ]
    )
