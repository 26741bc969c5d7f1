"""The examples of docs/api.md, run against a served product; what they show is what comes."""

import json
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from os.path import expandvars
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.core.management.color import no_style
from django.db import connection
from urllib3 import encode_multipart_formdata

from gongjian.accounts.enums import Role
from gongjian.api.tests.desk import SECRET, cases, token
from gongjian.areas.queries import area_by_code
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.tests.city import city
from gongjian.web.imports.models import Paper
from gongjian.web.imports.tests.books import firm, workbook
from gongjian.web.tests.people import make_person
from gongjian.workflow.models import Case
from tests.browser.conftest import copied_database, served

PAGE: Final = Path(__file__).parents[1] / "docs" / "api.md"
BLOCK: Final = re.compile(r"^```(sh|json|python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANYTHING: Final = "…"


def blocks() -> list[tuple[str, str]]:
    return BLOCK.findall(PAGE.read_text(encoding="utf-8"))


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """A copy of the migrated test database: the threads that serve see what is written to it."""
    with django_db_blocker.unblock(), copied_database(tmp_path):
        yield


@pytest.fixture
def address(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where a small city is served, with the environment of the examples."""
    with served() as url:
        city()
        for statement in connection.ops.sequence_reset_sql(no_style(), [Paper, Case]):
            run(statement)  # those of other tests were counted
        cases("510703", "510703001")
        token(make_person(Role.COUNTY_ORGANISER, area_id=area_by_code("510703")))
        (tmp_path / "employers.xlsx").write_bytes(workbook(firm(61), firm(62)))
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("GJ", url)
        monkeypatch.setenv("GJ_TOKEN", SECRET)
        yield url


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def curl(line: str) -> Any:
    """What a line of ``curl`` with -H, -d and -F gets."""
    program, *words = shlex.split(expandvars(line))
    assert program == "curl"
    given = dict(zip(words[:-1:2], words[1:-1:2], strict=True))
    headers = dict([given.pop("-H").split(": ", 1)])
    data = None
    if "-d" in given:
        data = given.pop("-d").encode()
    elif "-F" in given:
        name, _, path = given.pop("-F").partition("=@")
        data, headers["Content-Type"] = encode_multipart_formdata(
            {name: (path, Path(path).read_bytes())}
        )
    assert given == {}
    try:
        with urlopen(Request(words[-1], data, headers), timeout=60) as answer:
            return json.load(answer)
    except HTTPError as refused:
        with refused:
            return json.load(refused)


def shown_in(shown: Any, whole: Any) -> bool:
    """Is everything that the page shows in the answer? Objects may have more."""
    if shown == ANYTHING:
        return isinstance(whole, str)
    if isinstance(shown, dict):
        return all(key in whole and shown_in(value, whole[key]) for key, value in shown.items())
    if isinstance(shown, list):
        pairs = zip(shown, whole, strict=False)
        return len(shown) == len(whole) and all(shown_in(*pair) for pair in pairs)
    return bool(shown == whole)


def test_examples_of_the_api_run(address: str) -> None:
    said: Any = None
    for kind, text in blocks():
        if kind == "sh" and not text.startswith("export"):
            for line in text.splitlines():
                said = curl(line)
                run_pending()
        elif kind == "json":
            shown = json.loads(text)
            assert shown_in(shown, said), (shown, said)
        elif kind == "python":
            output = StringIO()
            with redirect_stdout(output):
                exec(compile(text, "docs/api.md", "exec"), {})
            said = output.getvalue()
        elif kind == "text":
            assert said == text


def test_examples_are_found() -> None:
    kinds = [kind for kind, _ in blocks()]

    assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == {
        "sh": 13,
        "json": 11,
        "python": 1,
        "text": 1,
    }
