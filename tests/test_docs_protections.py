"""What the documents on security and privacy name is there: paths, tests, numbers."""

import re
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("docs/security.md", "docs/privacy.md")
QUOTED = re.compile(r"`([^`\n]+)`")
TEST = re.compile(r"[\w/.-]+\.py::(test_\w+)")
PATH = re.compile(r"(?:gongjian|tests|docs|deploy|tools|requirements)/[\w/.-]+")
NUMBER = re.compile(r"^\| ([^|]+) \| ([0-9,]+) \| `(gongjian[\w.]+)` \|$", re.MULTILINE)
UNITS = {"minutes": 60, "MiB": 1 << 20}
"""What seconds and bytes are divided by, by the first word of the line."""


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def quoted(page: str) -> Iterator[str]:
    return (found[1] for found in QUOTED.finditer(text_of(page)))


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_is_there(page: str) -> None:
    named = [word.partition("::")[0] for word in quoted(page) if PATH.match(word)]

    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_is_there(page: str) -> None:
    named = [word for word in quoted(page) if "::" in word]

    assert len(named) > 5
    assert [word for word in named if not TEST.fullmatch(word)] == []
    assert [word for word in named if not defined(*word.split("::"))] == []


def defined(path: str, name: str) -> bool:
    source = (ROOT / path).read_text(encoding="utf-8")
    return re.search(rf"^def {name}\(", source, re.MULTILINE) is not None


def test_numbers_are_those_of_the_code() -> None:
    told = NUMBER.findall(text_of("docs/security.md"))

    assert len(told) > 10
    assert {where: int(said.replace(",", "")) for _, said, where in told} == {
        where: in_code(where, what.partition(" ")[0]) for what, _, where in told
    }


def in_code(where: str, unit: str) -> int:
    """The value that a dotted name stands for, in days or in the unit."""
    value = looked_up(where)
    if isinstance(value, timedelta):
        value = value.days if unit == "days" else value.total_seconds()
    return int(value) // UNITS.get(unit, 1)


def looked_up(where: str) -> Any:
    """The module is the longest beginning that is one; the rest are attributes."""
    words = where.split(".")
    for length in range(len(words) - 1, 0, -1):
        if (ROOT / Path(*words[:length])).with_suffix(".py").exists():
            found: Any = import_module(".".join(words[:length]))
            for word in words[length:]:
                found = getattr(found, word)
            return found
    raise AssertionError(where)
