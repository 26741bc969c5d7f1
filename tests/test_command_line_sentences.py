"""What the command line says to people, and where it keeps them from harm."""

import os
from pathlib import Path

import pytest
from django.db import ProgrammingError
from psycopg.errors import InsufficientPrivilege

from gongjian.core.builders import make_credit_code
from tests.commands import Run, city, environment, paper, run, run_in

__all__ = ["city", "environment", "run"]


def test_the_latest_changes_tell_who_and_why(city: Run, tmp_path: Path) -> None:
    more = paper(tmp_path / "more.csv", "区划代码,名称,上级代码,类型", "510704,游仙区,5107,区")
    assert city("import", "areas", more, "--reason", "补录").status == 0
    assert city("undo", "3").status == 0
    found = city("changes", "--last", "2", "--json").json["changes"]
    assert [(c["change"], c["kind"], c["undoes"], c["undone_by"]) for c in found] == [
        (4, "undo", 3, None),
        (3, "import", None, 4),
    ]
    assert (found[1]["source"], found[1]["reason"], found[1]["by"]) == (
        "more.csv",
        "补录",
        "系统操作员",
    )
    said = city("changes").out.splitlines()
    assert said[0].split() == ["变更", "时间", "办理", "台账", "经办人", "来源文件", "理由"]
    assert "导入（已由 4 撤销）" in said[2]


def test_undoing_twice_does_not_send_one_in_a_circle(city: Run) -> None:
    assert city("undo", "2").status == 0
    again = city("undo", "2")
    assert (again.status, again.error) == (
        1,
        "变更 2 已由变更 3 撤销，不必再撤；撤销变更 3 会恢复它。\n",
    )


def test_children_and_what_stands_beside_them_add_up(city: Run, tmp_path: Path) -> None:
    row = f"{make_credit_code(9)},市直公司,5107,企业,7,2005-01-02"
    head = "统一社会信用代码,单位名称,所属区划,单位性质,职工人数,成立日期"
    assert city("import", "employers", paper(tmp_path / "f.csv", head, row)).status == 0
    said = city("figures", "employers.staff", "--at", "2011-12-28", "--children").out.splitlines()
    assert said[1].split() == ["代码", "名称", "绵阳市", "涪城区", "本级及变动"]
    assert said[2].split() == ["employers.staff", "职工人数", "187人", "180人", "7人"]


def test_undated_rows_say_from_when_they_hold(city: Run, tmp_path: Path) -> None:
    head = "单位名称,所属区划,单位性质,职工人数"
    bare = paper(tmp_path / "bare.csv", head, "丙,塘汛镇,企业,9")
    said = city("import", "employers", bare, "--on", "2011-03-01").out
    assert "有 1 行没有写日期，所说的情况从 2011-03-01 起算" in said
    ended = paper(tmp_path / "ended.csv", f"{head},注销日期", "丙,塘汛镇,企业,9,2011-09-01")
    assert "没有写日期" not in city("import", "employers", ended, "--on", "2011-03-01").out
    grown = paper(tmp_path / "grown.csv", f"{head},成立日期", "丙,塘汛镇,企业,12,2011-02-01")
    assert "有 1 行没有写日期" in city("import", "employers", grown, "--on", "2011-04-01").out


def test_nothing_is_written_over_the_paper_or_under_a_wrong_name(city: Run, tmp_path: Path) -> None:
    areas = paper(tmp_path / "areas.xlsx", "区划代码,名称,上级代码,类型", "510704,游仙区,5107,区")
    assert city("import", "areas", areas, "--result", areas).status == 2
    assert city("template", "areas", "--out", str(tmp_path / "t.xls")).status == 2
    assert city("changes", "--json").json["changes"][0]["change"] == 2


def test_a_database_that_cannot_be_opened_gets_a_sentence() -> None:
    environment = {**os.environ, "GONGJIAN_DATABASE_URL": "sqlite:////no-such-folder/q.db"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    answer = run_in(environment, "migrate")
    assert answer.status == 2
    assert answer.error.startswith("数据库打不开（")
    assert len(answer.error.splitlines()) == 1


def test_a_database_user_without_the_right_gets_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = ProgrammingError("permission denied for table history_change\nmore")
    wrong.__cause__ = InsufficientPrivilege()

    def refused(_: object) -> None:
        raise wrong

    from gongjian.cli.commands import COMMANDS  # noqa: PLC0415 - needs the registry

    monkeypatch.setitem(COMMANDS, "changes", refused)
    said = "permission denied for table history_change"
    sentence = f"数据库用户的权限不够（{said}），请换用有权限的用户，或请管理员授权。\n"
    assert run("changes") == (2, "", sentence)


def test_a_lost_key_file_is_not_replaced_by_a_wrong_one(tmp_path: Path) -> None:
    environment = {**os.environ, "GONGJIAN_DATABASE_URL": f"sqlite:///{tmp_path / 'q.sqlite3'}"}
    for name in ("DJANGO_SETTINGS_MODULE", "GONGJIAN_FIELD_KEY"):
        environment.pop(name, None)
    assert run_in(environment, "migrate").status == 0
    key = tmp_path / "gongjian.key"
    kept = key.read_text()
    key.unlink()
    answer = run_in(environment, "migrate")
    assert (answer.status, key.exists()) == (2, False)
    assert "gongjian.key" in answer.error
    key.write_text(kept)
    key.chmod(0o600)
    assert run_in(environment, "migrate").status == 0


def test_one_code_for_two_firms_of_different_age_is_a_contradiction(
    city: Run, tmp_path: Path
) -> None:
    head = "统一社会信用代码,单位名称,所属区划,单位性质,职工人数,成立日期"
    code = make_credit_code(30)
    rows = (f"{code},药房,塘汛镇,企业,28,2003-01-01", f"{code},印刷厂,塘汛镇,企业,9,2006-01-01")
    answer = city("import", "employers", paper(tmp_path / "f.csv", head, *rows), "--json")
    assert [(p["row"], p["code"]) for p in answer.json["problems"]] == [
        (2, "duplicate"),
        (3, "duplicate"),
    ]
