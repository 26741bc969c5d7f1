"""Writing an evidence package in the background."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zipfile import ZipFile

from gongjian.accounts.models import User
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import Refused
from gongjian.core.progress import Progress
from gongjian.files.actions import tidy
from gongjian.indicators.declare import CATALOG, Figure, Indicator
from gongjian.indicators.rows import Row
from gongjian.jobs.models import Job
from gongjian.jobs.registry import handler
from gongjian.web import exporting
from gongjian.web.evidence.links import Eyes
from gongjian.web.evidence.manifest import Facts, manifest
from gongjian.web.evidence.package import Package
from gongjian.web.figures.forms import Question
from gongjian.web.figures.handing import noted, payload_of, question_of
from gongjian.web.figures.jobs import columns_of
from gongjian.web.figures.presenters.common import silence
from gongjian.web.figures.queries import Rows, Value, answer, rows_of

KIND: Final = "evidence"

_STEP: Final = 1_000  # rows between two reports of how far it is


def hand_in(figure: Figure, question: Question, *, by: Actor) -> Job:
    """Have a package written of the figure as it is known now, or then where the page says so.

    The asking goes on the trail like any export of rows; the package itself is sealed there when
    it is written. What waits to be written already is not written twice. Raises Refused for a
    figure that has no rows along the tree, NotNow where many of theirs are under way.
    """
    if not CATALOG.counts_along(figure, question.tree):
        raise Refused(silence(figure, Value(None), question.tree))
    payload = payload_of(figure, question)
    title = f"证据包：{figure.name}（{question.code}，{question.day}）"
    told = {**noted(payload, by), "evidence": True}
    return exporting.hand_in(KIND, title, payload, by=by, noted=told)


@handler(KIND)
def write(job: Job) -> dict[str, Any]:
    """Write, seal and keep the package, within what its owner may export now."""
    actor = exporting.writer(job, Permission.EXPORT_LEDGER, "证据包")
    asked = job.payload
    (figure,) = CATALOG.asked([asked["code"]])
    question = question_of(asked, actor.scope)
    eyes = Eyes(User.objects.get(pk=actor.id or 0), today())
    with TemporaryDirectory() as folder:
        path = Path(folder) / tidy(f"证据_{figure.name}_{question.code}_{question.day:%Y%m%d}.zip")
        with ZipFile(path, "w") as book:
            facts = _written(Package(book), figure, question, actor, eyes)
        kept = exporting.store(path, job, "evidence-download", actor)
    return {**kept, **facts}


def _written(
    package: Package, figure: Figure, question: Question, actor: Actor, eyes: Eyes
) -> Facts:
    """All files of the package; how many rows, and the number of the link that seals it."""
    told = answer([figure.code], question)
    value = told.figures[figure.code]
    facts, sums = manifest(figure, question, told, actor), _Sums(figure)
    with closing(rows_of(figure.code, question, told.known)) as rows:
        package.rows(list(facts["columns"].values()), sums.over(rows, _total(figure, value)))
    if sums.found != {name: facts[name] for name in sums.found}:
        raise Refused(
            f"“{figure.name}”的名单加起来与这个数不符，没有写证据包；"
            "请运行 gongjian store verify 核对，并告诉管理员。"
        )
    facts["rows"] = sums.count
    said = {
        "figure": figure.code,
        "at": facts["day"],
        "known": facts["known"]["change"],
        "tree": question.tree,
        "place": question.code,
        "year_start": question.year_start,
        "rows": sums.count,
        "actor": actor.id,
        "name": actor.name,
    }
    record = package.seal(facts, eyes, said)
    return {"rows": sums.count, "link": record.number}


class _Sums:
    """Rows as they are written, counted and added up on their way."""

    def __init__(self, figure: Figure) -> None:
        self.columns = columns_of(figure)
        added = [name for name in self.columns if name in _ADDED]
        self.count, self.found = 0, dict.fromkeys(added, 0)

    def over(self, rows: Rows, total: int | None) -> Iterator[Sequence[str | int]]:
        """The cells of each row; ``total`` is how many there will be, where that is known."""
        with Progress(total, "写名单") as progress:
            for row in rows:
                self._add(row)
                yield [row[name] for name in self.columns]
                if self.count % _STEP == 0:
                    progress.advance(_STEP)
            progress.advance(self.count % _STEP)

    def _add(self, row: Row) -> None:
        self.count += 1
        for name in self.found:
            self.found[name] += row[name]


_ADDED: Final = ("value", "numerator", "denominator")


def _total(figure: Figure, value: Value) -> int | None:
    """How many rows there will be: of a figure that counts one each it is the figure."""
    counts = isinstance(figure, Indicator) and figure.value is None
    return int(value.value) if counts and value.value is not None else None
