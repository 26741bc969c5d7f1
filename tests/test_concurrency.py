"""Two who import at once: everything is believed once, and no plan made on old knowledge lands."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from gongjian.core.access import EVERYTHING
from gongjian.core.builders import make_credit_code
from gongjian.history.record import Author, Stale, commit, newest
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.normalise import rows_of
from gongjian.ledgers.planning import Plan, plan
from tests.papers import bring, county, table
from tests.worlds import firm, tally

DAY = date(2011, 6, 1)
ROWS = 300
BY = Author(actor_id=None, name="测试")


def planned(row: dict[str, object]) -> Plan:
    ledger = LEDGERS["employers"]
    return plan(ledger, rows_of(ledger, table([row])), day=DAY, scope=EVERYTHING, base=newest())


@pytest.mark.django_db
def test_a_plan_made_before_another_change_of_the_ledger_is_stale() -> None:
    county()
    made = planned(firm(1))
    bring("employers", firm(1), on=DAY)
    with pytest.raises(Stale):
        commit(made.edit, kind="import", by=BY, base=made.base)
    assert newest() == 2


@pytest.mark.django_db
def test_a_change_of_a_ledger_that_is_not_looked_at_is_no_hindrance() -> None:
    county()
    made = planned(firm(1))
    union = {"工会名称": "甲", "工会类型": "总工会", "所属区划": "5107", "建会日期": DAY}
    bring("unions", union, on=DAY)
    assert commit(made.edit, kind="import", by=BY, base=made.base).change == 3
    assert tally(bring("employers", firm(1), on=DAY)) == (0, 0, 1, 0, 0)


def test_two_processes_importing_one_file_believe_it_once(
    migrated_database_url: str, tmp_path: Path
) -> None:
    environment = {**os.environ, "GONGJIAN_DATABASE_URL": migrated_database_url}
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    def start(*words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "gongjian", *words, "--json"]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)

    def end(process: "subprocess.Popen[bytes]") -> dict[str, object]:
        out, _ = process.communicate()
        assert process.returncode == 0
        found: dict[str, object] = json.loads(out)
        return found

    areas, firms = tmp_path / "areas.csv", tmp_path / "firms.csv"
    areas.write_text("区划代码,名称,类型\n510703,涪城区,区\n", encoding="utf-8")
    lines = ["统一社会信用代码,单位名称,所属区划,单位性质,职工人数,成立日期"]
    lines += [f"{make_credit_code(i)},{i}号厂,510703,企业,9,2005-01-02" for i in range(ROWS)]
    firms.write_text("\n".join(lines), encoding="utf-8")
    end(start("import", "areas", str(areas)))

    both = [end(p) for p in [start("import", "employers", str(firms)) for _ in range(2)]]

    assert sorted((a["new"], a["unchanged"]) for a in both) == [(0, ROWS), (ROWS, 0)]
    assert end(start("audit", "verify")) == {"records": 2, "ok": True, "first_broken": None}
