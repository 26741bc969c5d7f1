"""Loads the demonstration county and prints its figures with the commands that open them."""

import hashlib
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from gongjian.areas.queries import root_area
from gongjian.core.access import OPERATOR
from gongjian.core.errors import Refused
from gongjian.history.models import Change
from gongjian.history.record import newest
from gongjian.indicators.query import figures
from gongjian.ledgers import importing
from gongjian.ledgers.declare import LEDGERS

COUNTY = Path(__file__).parent / "county"

DRAWN_UP = date(2011, 12, 20)
"""The day the papers bear; rows that name no day hold from it."""

DAY = date(2011, 12, 28)
"""The day whose figures are printed."""

KNOWN_EXAMPLE = "coverage.units"


class Paper(NamedTuple):
    """One workbook and the reason its change is given."""

    ledger: str
    file: str
    reason: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return COUNTY / self.file

    @property
    def digest(self) -> str:
        """The digest that the change made from it carries."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


PAPERS = (
    Paper("areas", "1-areas.xlsx", "演示：乡镇、园区、楼宇名册"),
    Paper("employers", "2-employers.xlsx", "演示：用人单位摸底台账"),
    Paper("unions", "3-unions.xls", "演示：工会组织台账"),
    Paper("coverage", "4-coverage.csv", "演示：工会涵盖单位明细"),
    Paper("members", "5-members.xlsx", "演示：会员实名制台账"),
    Paper("agreements", "6-agreements.xlsx", "演示：工资集体协议登记表"),
    Paper("agreement-coverage", "7-agreement-coverage.xls", "演示：协议覆盖单位明细"),
)
"""The workbooks in the order in which they depend on each other."""


def load() -> tuple[int, dict[str, Any], str]:
    """Import what is not yet loaded, then give every figure: (exit status, JSON document, text).

    Each workbook is a change of its own. A database that holds the demonstration already, whole
    or up to an interruption, is taken as it is; one that holds anything else is Refused.
    """
    done = _loaded()
    if done < len(PAPERS) and newest() != done:
        raise Refused(
            f"数据库里已有 {newest()} 次变更，演示数据只能导入空的数据库，"
            f"请用 GONGJIAN_DATABASE_URL 另指一个新的数据库。"
        )
    imports = [_bring(paper) for paper in PAPERS[done:]]
    document: dict[str, Any] = {"imports": imports} | _figures()
    return 0, document, "".join(_said(document))


def _loaded() -> int:
    """How many of the workbooks are the first changes of this database, in their order."""
    made = Change.objects.order_by("number").values_list("source_sha256", flat=True)
    done = 0
    for paper, digest in zip(PAPERS, made[: len(PAPERS)], strict=False):
        if paper.digest != digest:
            break
        done += 1
    return done


def _bring(paper: Paper) -> dict[str, Any]:
    request = importing.Request(
        ledger=LEDGERS[paper.ledger],
        actor=OPERATOR,
        path=paper.path,
        on=DRAWN_UP,
        reason=paper.reason,
    )
    answer = importing.run(request)
    if answer.change is None:
        first = answer.problems[0].message if answer.problems else "没有内容。"
        raise Refused(f"演示文件“{paper.file}”没有导入：{first}")
    said = answer.as_json()
    warnings = len(said.pop("problems"))
    return {"file": paper.file} | said | {"warnings": warnings}


def _figures() -> dict[str, Any]:
    node = root_area(DAY)
    answer = figures([], day=DAY, known_at=None, node=node, children=False, year_start="01-01")
    where = f"--at {DAY} --area {answer['area']}"
    for figure in answer["figures"]:
        figure["commands"] = [f"gongjian {word} {figure['code']} {where}" for word in _WORDS]
    before = _change_of(KNOWN_EXAMPLE.partition(".")[0]) - 1
    then = figures(
        [KNOWN_EXAMPLE], day=DAY, known_at=before, node=node, children=False, year_start="01-01"
    )
    example = then["figures"][0] | {
        "known_at": before,
        "commands": [f"gongjian figures {KNOWN_EXAMPLE} {where} --known-at {before}"],
    }
    return answer | {"known_before": example}


_WORDS = ("figures", "rows")


def _change_of(ledger: str) -> int:
    return next(at for at, paper in enumerate(PAPERS, 1) if paper.ledger == ledger)


def _said(document: dict[str, Any]) -> Iterator[str]:
    for made in document["imports"]:
        title = LEDGERS[made["ledger"]].title
        yield (
            f"变更 {made['change']}：{title}（{made['file']}）{made['rows']} 行，"
            f"新增 {made['new']}，变更 {made['changed']}，提醒 {made['warnings']} 处\n"
        )
    if not document["imports"]:
        yield "演示数据已在库中，没有再次导入。\n"
    yield f"\n{document['at']} 的数字（所知截至变更 {document['known_at']}），每个都能打开到名单：\n"
    if shutil.which("gongjian") is None:
        yield f"（先执行 export PATH={Path(sys.executable).parent}:$PATH，再运行下面的命令）\n"
    for figure in document["figures"]:
        yield from _figure_said(figure, figure["name"])
    example = document["known_before"]
    yield f"\n同一天，按变更 {example['known_at']} 时的所知（涵盖台账还没有导入）：\n"
    yield from _figure_said(example, example["name"])


def _figure_said(figure: dict[str, Any], name: str) -> Iterator[str]:
    value = figure["value"]
    if "numerator" in figure:
        rate = "—" if value is None else f"{value:.2%}"
        yield f"\n{name}：{rate}（{figure['numerator']:,}/{figure['denominator']:,}）\n"
    else:
        yield f"\n{name}：{'—' if value is None else f'{value:,}'} {figure['unit']}\n"
    for command in figure["commands"]:
        yield f"  {command}\n"
