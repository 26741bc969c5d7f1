"""A process that asks for rows while somebody else changes the record; it says what it saw.

Of its own, for two connections need a database that no test holds a transaction in. It is imported when
Django is set up.
"""

import json
import sys
import threading
from collections.abc import Callable
from datetime import date
from itertools import count
from types import ModuleType
from typing import Any
from unittest import mock

from django.db import connection

from gongjian.areas.tests.builders import area
from gongjian.core.builders import make_credit_code
from gongjian.indicators import rows, several
from gongjian.ledgers.tests.city import told
from gongjian.reporting.rules import CHANGES
from gongjian.reporting.tests.months import JUNE, TOWN
from gongjian.reporting.tests.test_together import moving

_NUMBERS = count()


def _change() -> None:
    """One union comes and another is renamed: who stands there changes, and what is said of them."""

    number = next(_NUMBERS)
    union = {"工会类型": "单独基层工会", "所属区划": TOWN, "建会日期": date(2011, 6, 1)}
    told("unions", {**union, "工会名称": f"中途工会{number}"},
         {**union, "工会名称": f"改名工会{number}",
          "生效日期": JUNE.cut_off, "工会代码": make_credit_code(9, kind="81")})  # fmt: skip
    connection.close()


def _after_a_change(read: Callable[..., Any]) -> Callable[..., Any]:
    def disturbed(*asked: Any) -> Any:
        other = threading.Thread(target=_change)
        other.start()
        other.join()
        return read(*asked)

    return disturbed


def seen(ask: Callable[[], Any], module: ModuleType, name: str) -> dict[str, Any]:
    """What ``ask`` says before, with a change just before each question it asks, and after."""
    read = getattr(module, name)
    with mock.patch.object(module, name, mock.Mock(side_effect=read)) as usual:
        before = ask()
    with mock.patch.object(module, name, mock.Mock(side_effect=_after_a_change(read))) as disturbed:
        between = ask()
    questions = usual.call_count, disturbed.call_count
    return {"before": before, "between": between, "after": ask(), "questions": questions}


def main() -> None:
    """Print what each way of asking for rows sees."""

    moving()
    _change()
    day, town = JUNE.cut_off, area(TOWN)
    ways: dict[str, tuple[Callable[[], Any], ModuleType, str]] = {
        "rows": (lambda: several.rows_together(CHANGES, day=day, node=town), several, "fetch"),
        "ids": (
            lambda: several.ids_together(["unions.base"], day=day, node=town),
            several,
            "fetch",
        ),
        "one": (
            lambda: rows.rows_behind("unions.base", day=day, known_at=None, node=town),
            rows,
            "stream",
        ),
    }
    found = {way: seen(*how) for way, how in ways.items()}
    sys.stdout.write(json.dumps(found, default=str))
