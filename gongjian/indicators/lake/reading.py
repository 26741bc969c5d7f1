"""The ledgers as exports hold them, and the sums of figures from them."""

from collections.abc import Collection, Iterable
from pathlib import Path

from gongjian.core.errors import WrongUse
from gongjian.history.shapes import SHAPES
from gongjian.indicators.declare import CATALOG, Base
from gongjian.indicators.lake.engines import Engine
from gongjian.indicators.lake.manifest import joined, read
from gongjian.indicators.lake.relations import Assembly
from gongjian.indicators.sections import (
    DAY_COLUMNS,
    Branch,
    LeafSums,
    Moment,
    Year,
    read_sections,
    room_of,
    section_name,
)


class Lake:
    """Export folders that add up to whole tables, opened on an engine.

    Opening checks that the files are there in full length and go on from one another; their
    digests are checked by ``manifest.check_digests``. Raises Refused where they do not fit.
    """

    def __init__(self, engine: Engine, folders: Iterable[Path]) -> None:
        self._engine = engine
        self.vendor = engine.vendor
        self.exports = joined(read(folder) for folder in folders)
        self.change = self.exports[-1].change
        for shape in SHAPES:
            assembly = Assembly(shape, self.exports, engine.quote)
            for name, path in assembly.files():
                engine.open(name, path)
            engine.define(shape.table, assembly.query())

    def moment(self, known_at: int | None = None) -> Moment:
        """The state of knowledge at a change, by default and beyond it that of the last export.

        It names its change, so that a tree read from the database is that of the exports however
        far the database has gone on.
        """
        known = self.change if known_at is None else min(max(known_at, 0), self.change)
        return Moment(known, believed=False)

    def leaf_sums(
        self,
        base: Base,
        year: Year,
        moment: Moment,
        branch: Branch | None = None,
        wanted: Collection[str] | None = None,
    ) -> LeafSums:
        """As ``sections.leaf_sums``, for ``query.Sums`` to roll up.

        Raises WrongUse for a change after the last export, and for a ``branch``: a tree that
        narrows the ledgers is asked one node at a time, which is for the database to answer.
        """
        if branch is not None:
            raise WrongUse("导出的文件只能按区划统计，按工会隶属的数字请在数据库上查询。")
        if moment.known > self.change:
            raise WrongUse(
                f"导出只到变更 {self.change}，还没有变更 {moment.known}，请先补上新的导出。"
            )
        indicators = CATALOG.indicators_on(base)
        codes = [i.code for i in indicators if wanted is None or i.code in wanted]
        names = ", ".join(self._quoted(name) for name in ("leaf_id", *codes))
        told: LeafSums = {code: {} for code in codes}
        query = f"SELECT {names} FROM ({self._sums(base, year, moment)}) AS r"
        for leaf, *values in self._engine.fetch(query):
            for code, value in zip(codes, values, strict=True):
                if value:
                    told[code][leaf] = int(value)
        return told

    def _sums(self, base: Base, year: Year, moment: Moment) -> str:
        """The committed query of the base, with the relations it reads besides the tables."""
        # At its very end what was known is what is believed: the quicker question.
        believed = moment.known == self.change
        name = section_name(base, "sums", believed=believed)
        text = read_sections(room_of(base) / "sql" / f"{self._engine.vendor}.sql")[name]
        days = [
            f"DATE '{day}' AS {c}" for c, day in zip(DAY_COLUMNS, year.as_columns(), strict=True)
        ]
        known = [] if believed else [f"CAST({moment.known} AS BIGINT) AS known"]
        return f"WITH days AS (SELECT {', '.join(days + known)})\n{text}"

    def _quoted(self, name: str) -> str:
        return f"{self._engine.quote}{name}{self._engine.quote}"
