"""The command line as other programs see it: exit statuses, JSON documents, sentences."""

import base64
import os
import subprocess
import sys
from pathlib import Path

from gongjian.core.builders import make_credit_code
from tests.commands import Run, city, environment, not_there, paper, run, run_in

__all__ = ["city", "environment", "run"]


def test_help_answers_without_the_framework() -> None:
    program = (
        "import sys\nfrom gongjian.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "assert 'django' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "每个数字都能打开到名单" in done.stdout


def test_without_a_database_the_way_on_is_said(environment: dict[str, str]) -> None:
    answer = run_in(environment, "figures", "--at", "2011-12-28")
    assert answer == (2, "", not_there(environment))


def test_asking_makes_no_empty_database(tmp_path: Path) -> None:
    file = tmp_path / "misspelt.sqlite3"
    environment = {**os.environ, "GONGJIAN_DATABASE_URL": f"sqlite:///{file}"}
    assert run_in(environment, "changes") == (2, "", not_there(environment))
    assert not file.exists()


def test_wrong_words_are_wrong_use(run: Run) -> None:
    assert run("figures").status == 2
    assert run("import", "nobody", "x.csv").status == 2
    assert run("figures", "--at", "2011-02-30").status == 2
    assert run("import", "areas", "there-is-no-such-file.csv").status == 2
    assert run("nonsense").status == 2


def test_figures_of_a_city_and_its_children(city: Run) -> None:
    answer = city(
        "figures", "employers.total", "rate.union", "--at", "2011-12-28", "--children", "--json"
    )
    assert answer.status == 0
    one = {"code": "employers.total", "name": "用人单位", "unit": "家", "value": 2}
    rate: dict[str, object] = {"code": "rate.union", "name": "建会率", "unit": ""}
    rate |= {"value": 0.0, "numerator": 0, "denominator": 1}
    assert answer.json == {
        "at": "2011-12-28",
        "known_at": 2,
        "area": "5107",
        "tree": "territory",
        "figures": [one, rate],
        "children": [{"area": "510703", "name": "涪城区", "figures": [one, rate]}],
    }


def test_rows_behind_a_figure(city: Run, tmp_path: Path) -> None:
    words = ("rows", "employers.staff", "--at", "2011-12-28", "--area", "510703001")
    assert city(*words, "--json").json == {
        "code": "employers.staff",
        "value": 120,
        "rows": [
            {
                "id": 1,
                "key": make_credit_code(1),
                "name": "甲公司",
                "area": "510703001",
                "value": 120,
            }
        ],
    }
    out = tmp_path / "rows.xlsx"
    assert city(*words, "--out", str(out)).out == f"已写出 1 行到 {out}\n"
    assert out.stat().st_size > 1000


def test_known_at_answers_as_it_was_known(city: Run) -> None:
    def known(at: str, *more: str) -> tuple[int, int]:
        answer = city("figures", "employers.total", "--at", "2011-12-28", "--json", *more).json
        assert at in ("0", "1", "2", "99")
        return answer["known_at"], answer["figures"][0]["value"]

    assert known("2") == (2, 2)
    assert known("0", "--known-at", "0") == (0, 0)
    assert known("1", "--known-at", "1") == (1, 0)
    assert known("99", "--known-at", "99") == (2, 2)


def test_an_area_never_heard_of_is_wrong_use(city: Run) -> None:
    answer = city("figures", "--at", "2011-12-28", "--area", "519999")
    assert answer == (2, "", "没有代码为“519999”的区划，请核对。\n")


def test_an_unknown_figure_is_wrong_use(city: Run) -> None:
    assert city("figures", "employers.totl", "--at", "2011-12-28").status == 2


def test_a_refused_file_names_its_cells_and_writes_nothing(city: Run, tmp_path: Path) -> None:
    bad = paper(
        tmp_path / "bad.csv", "单位名称,所属区划,单位性质,职工人数", "丙公司,无此镇,企业,十"
    )
    answer = city("import", "employers", bad, "--json")
    assert answer.status == 1
    assert answer.json["committed"] is False
    assert [(p["row"], p["column"], p["code"]) for p in answer.json["problems"]] == [
        (2, "所属区划", "unknown-area"),
        (2, "职工人数", "type"),
    ]
    assert city("figures", "employers.total", "--at", "2011-12-28", "--json").json["known_at"] == 2


def test_a_dry_run_writes_nothing_and_ends_alike(city: Run, tmp_path: Path) -> None:
    good = paper(tmp_path / "good.csv", "区划代码,名称,上级代码,类型", "510704,游仙区,5107,区")
    answer = city("import", "areas", good, "--dry-run", "--json")
    assert (answer.status, answer.json["new"], answer.json["committed"]) == (0, 1, False)
    assert answer.json["change"] is None


def test_skipping_bad_rows_takes_the_good_ones(city: Run, tmp_path: Path) -> None:
    mixed = paper(
        tmp_path / "mixed.csv",
        "区划代码,名称,上级代码,类型",
        "510704,游仙区,5107,区",
        "510705,安县,5107,不知道",
    )
    result = tmp_path / "result.xlsx"
    answer = city("import", "areas", mixed, "--bad-rows", "skip", "--json", "--result", str(result))
    assert answer.status == 0
    assert (answer.json["new"], answer.json["bad"], answer.json["change"]) == (1, 1, 3)
    assert result.stat().st_size > 1000


def test_undo_and_what_stands_in_its_way(city: Run) -> None:
    refused = city("undo", "1", "--json")
    assert (refused.status, refused.json) == (1, {"refused": True, "blocking": [2]})
    assert city("undo", "2", "--json").json == {"change": 3, "undone": 2}
    assert city("undo", "1", "--json").json == {"change": 4, "undone": 1}
    assert city("undo", "77", "--json").status == 1
    assert city("audit", "verify", "--json").json == {
        "records": 4,
        "ok": True,
        "first_broken": None,
    }


def test_people_see_and_do_what_their_post_allows(city: Run, tmp_path: Path) -> None:
    assert city("user", "add", "li", "--role", "township-clerk", "--area", "510703001").status == 0
    assert city("user", "add", "wang", "--role", "leader", "--area", "5107").status == 0
    inside = paper(
        tmp_path / "in.csv", "单位名称,所属区划,单位性质,职工人数", "丙,510703001,企业,9"
    )
    outside = paper(
        tmp_path / "out.csv", "单位名称,所属区划,单位性质,职工人数", "丁,510703002,企业,9"
    )
    assert city("import", "employers", inside, "--by", "wang").status == 1
    assert city("import", "employers", inside, "--by", "nobody").status == 2
    assert city("import", "employers", inside, "--by", "li").status == 0
    answer = city("import", "employers", outside, "--by", "li", "--json")
    assert answer.status == 1
    assert [p["code"] for p in answer.json["problems"]] == ["out-of-scope"]
    assert city("undo", "2", "--by", "li").status == 1
    assert city("undo", "3", "--by", "li").status == 0


def test_full_numbers_need_a_reason(city: Run, tmp_path: Path) -> None:
    out = str(tmp_path / "e.xlsx")
    assert city("export", "employers", "--out", out, "--unmask").status == 2
    answer = city("export", "employers", "--out", out, "--json")
    assert (answer.status, answer.json) == (0, {"rows": 2, "file": out})


def test_a_key_of_another_database_stops_the_start(environment: dict[str, str]) -> None:
    assert run_in(environment, "migrate").status == 0
    other = base64.urlsafe_b64encode(bytes(32)).decode()
    answer = run_in({**environment, "GONGJIAN_FIELD_KEY": other}, "figures", "--at", "2011-12-28")
    assert answer.status == 1
    assert answer.error.startswith("GONGJIAN_FIELD_KEY 与这个数据库不符")


def test_a_template_is_blank_for_the_import(city: Run, tmp_path: Path) -> None:
    out = str(tmp_path / "template.xlsx")
    assert city("template", "members", "--out", out, "--json").json["ledger"] == "members"
    answer = city("import", "members", out, "--json")
    assert (answer.status, answer.json["rows"], answer.json["problems"]) == (0, 0, [])
