"""What a database says of itself, asked in plain SQL.

No models: a back-up of an older version is looked at before it is upgraded.
"""

from collections.abc import Callable
from typing import Any

from gongjian.history import sql
from gongjian.history.backup.manifest import Facts
from gongjian.history.models import Head, KeyCheck

Ask = Callable[[str], list[tuple[Any, ...]]]


def facts(ask: Ask = sql.fetch) -> Facts:
    """Head, key check and migrations, from the database in use or through ``ask``."""
    head, check = Head._meta.db_table, KeyCheck._meta.db_table
    ((change, record, digest),) = ask(f'SELECT change, record, digest FROM "{head}" WHERE id = 1')
    ((sealed, blind),) = ask(f'SELECT sealed, blind FROM "{check}" WHERE id = {KeyCheck.FIRST}')
    applied = ask("SELECT app, name FROM django_migrations ORDER BY app, name")
    return Facts(
        change=int(change),
        record=int(record),
        digest=str(digest),
        sealed=bytes(sealed).hex(),
        blind=bytes(blind).hex(),
        migrations=tuple(f"{app}.{name}" for app, name in applied),
    )
