"""What the body of a link says of a few things, as SQL: for indexes over the chain, and for lists.

The chain itself stays as it was written. Nothing is copied beside it that could be altered apart
from it: the database works its indexes out of the very texts that the digests seal.
"""

from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, TextField
from django.db.models.sql.compiler import SQLCompiler

from gongjian.history import sql

PLACES: Final[dict[str, tuple[str, ...]]] = {
    "actor": ("actor_id", "actor", "name"),
    "user": ("user", "posts.0.user"),
    "ledger": ("ledger",),
    "entry": ("entry",),
    "to": ("to",),
    "area": ("area",),
}
"""Name → where it stands in a body, the first that is there. ``actor`` did it: the number of the
account, or the name of one without. ``user`` it was done to; a sign-in has a ``user`` alone, and a
link that hands posts over names there who gave them up."""


def said(name: str, body: str = "t.body", *, postgres: bool | None = None) -> str:
    """``name`` as a text, read from the column ``body``; NULL where the link does not say it.

    Written out without parameters: an index is used for the very same expression alone.
    """
    on_postgres = sql.is_postgres() if postgres is None else postgres
    one = _postgres if on_postgres else _sqlite
    found = ", ".join([one(body, path.split(".")) for path in PLACES[name]])
    # A body that somebody spoilt says nothing: it is for the digests to tell of it, not for an index.
    whole = f"left({body}, 1) = '{{'" if on_postgres else f"json_valid({body})"
    return f"CASE WHEN {whole} THEN COALESCE({found}, NULL) END"


def _postgres(body: str, path: list[str]) -> str:
    # A NUL that somebody typed is no text to jsonb, and would keep the link from being written.
    read = f"replace({body}, '\\u0000', '\\u0020')::jsonb"
    *above, last = [step if step.isdecimal() else f"'{step}'" for step in path]
    return f"({''.join(f'{each} -> ' for each in (read, *above))[:-4]} ->> {last})"


def _sqlite(body: str, path: list[str]) -> str:
    steps = "".join(f"[{step}]" if step.isdecimal() else f".{step}" for step in path)
    return f"CAST(json_extract({body}, '${steps}') AS TEXT)"


class Said(Func):
    """The same as an expression for an index of the links."""

    output_field = TextField()

    def __init__(self, name: str) -> None:
        super().__init__(F("body"))
        self.name = name

    def as_sql(  # type: ignore[override]  # Func takes more, and the base class less
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any
    ) -> tuple[str, list[Any]]:
        """As ``said`` writes it, of the column that the index is about."""
        column, _params = compiler.compile(self.source_expressions[0])
        return said(self.name, column, postgres=connection.vendor == "postgresql"), []
