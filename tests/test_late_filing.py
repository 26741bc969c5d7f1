"""The command line imports into locked months as it always did, and says so beside its answer."""

from pathlib import Path

from gongjian.core.builders import make_credit_code
from tests.commands import Run, city, paper, run

__all__ = ["city", "run"]
HEAD = "统一社会信用代码,单位名称,所属区划,单位性质,职工人数,成立日期"


def firm(folder: Path, number: int, day: str) -> str:
    row = f"{make_credit_code(number)},第{number}公司,城厢街道,企业,10,{day}"
    return paper(folder / f"{number}.csv", HEAD, row)


def test_a_late_filing_without_a_reason_is_made_and_told_of_on_stderr(
    city: Run, tmp_path: Path
) -> None:
    assert city("import", "employers", firm(tmp_path, 3, "2011-06-01")).error == ""
    assert city("lock", "2011-06", "--area", "5107").status == 0
    late = city("import", "employers", firm(tmp_path, 4, "2011-06-01"), "--json")
    assert (late.status, late.json["committed"]) == (0, True)
    assert late.error == (
        "绵阳市 2011 年 6 月已由系统操作员锁定，这次没有写理由，"
        "差异表会写“未写理由”；下次请用 --reason 写明。\n"
    )
    said = city("import", "employers", firm(tmp_path, 5, "2011-06-01"), "--reason", "补报")
    later = city("import", "employers", firm(tmp_path, 6, "2011-07-01"))
    tried = city("import", "employers", firm(tmp_path, 7, "2011-06-01"), "--dry-run")
    assert [x.error for x in (said, later, tried)] == ["", "", ""]
