"""The engines that read exports: DuckDB on one machine, Spark on one or many."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from gongjian.indicators.lake.extras import load, require_java

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Row = tuple[Any, ...]


class Engine(Protocol):
    """What the lake asks of an engine.

    ``vendor`` names the committed files of compiled SQL; ``quote`` goes around names.
    """

    vendor: ClassVar[str]
    quote: ClassVar[str]

    def open(self, name: str, path: Path, /) -> None:
        """Know the Parquet file ``path`` as the relation ``name``."""

    def define(self, name: str, query: str, /) -> None:
        """Know the query as the relation ``name``."""

    def fetch(self, query: str, /) -> Sequence[Row]:
        """All rows of a query."""


class DuckDB:
    """An engine inside this process; context manager."""

    vendor: ClassVar = "duckdb"
    quote: ClassVar = '"'

    def __init__(self, *, threads: int | None = None) -> None:
        """``threads`` as many as there are processors unless given. Raises WrongUse without duckdb."""
        # Whatever a query may need is there, or the query fails: nothing is fetched meanwhile.
        options: dict[str, Any] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        if threads is not None:
            options["threads"] = threads
        self._connection = load("duckdb", "lake").connect(":memory:", config=options)

    def open(self, name: str, path: Path, /) -> None:
        # A name with marks in it stands for itself, not for all files that it fits.
        plain = "".join(f"[{c}]" if c in "*?[" else c for c in str(path)).replace("'", "''")
        self.define(name, f"SELECT * FROM read_parquet('{plain}')")

    def define(self, name: str, query: str, /) -> None:
        self._connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS {query}')

    def fetch(self, query: str, /) -> Sequence[Row]:
        found: list[Row] = self._connection.execute(query).fetchall()
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()


class Spark:
    """An engine on a session of Spark that is given, on one machine or a cluster."""

    vendor: ClassVar = "spark"
    quote: ClassVar = "`"

    def __init__(self, session: "SparkSession") -> None:
        self._session = session

    def open(self, name: str, path: Path, /) -> None:
        plain = "".join(f"\\{c}" if c in "*?[]{}\\" else c for c in str(path.absolute()))
        self._session.read.parquet(f"file://{plain}").createOrReplaceTempView(name)

    def define(self, name: str, query: str, /) -> None:
        self._session.sql(query).createOrReplaceTempView(name)

    def fetch(self, query: str, /) -> Sequence[Row]:
        return [tuple(row) for row in self._session.sql(query).collect()]


def local_spark(*, cores: int = 2, memory: str = "4g") -> "SparkSession":
    """A session of Spark inside this machine. Raises WrongUse without pyspark or Java."""
    sessions = load("pyspark.sql", "spark")
    require_java()
    builder = sessions.SparkSession.builder.master(f"local[{cores}]").appName("gongjian")
    options = {
        "spark.driver.memory": memory,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(2 * cores),
    }
    for name, value in options.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
