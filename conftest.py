"""What every test stands on: a field key of its own, steady examples, a spare database."""

import atexit
import base64
import os
import shutil
import subprocess
import sys
import tempfile

# Before Django reads its settings: tests never use the keys of whoever runs them.
os.environ["GONGJIAN_FIELD_KEY"] = base64.urlsafe_b64encode(bytes(range(32))).decode()
os.environ.setdefault("GONGJIAN_DATABASE_URL", "sqlite:///:memory:")
# Papers that tests store lie apart from anybody's, too.
os.environ["GONGJIAN_FILES"] = tempfile.mkdtemp(prefix="gongjian-files-")

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from django.conf import settings
from psycopg import sql

# The settings may have been read by now.
settings.FILES_FOLDER = Path(os.environ["GONGJIAN_FILES"])
settings.CACHES["default"]["LOCATION"] = settings.FILES_FOLDER / "counters"
atexit.register(shutil.rmtree, os.environ["GONGJIAN_FILES"], ignore_errors=True)

hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_report_header() -> str:
    return f"database: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"


@pytest.fixture
def vendor() -> str:
    """The database the tests run on: `sqlite` or `postgresql`."""
    engine: str = settings.DATABASES["default"]["ENGINE"]
    return "sqlite" if engine.endswith("sqlite3") else "postgresql"


@contextmanager
def spare(vendor: str, folder: Path, like: str = "") -> Iterator[str]:
    """Address of a database of its own: an empty one, or a copy of the one at the address ``like``."""
    name = f"spare_{uuid4().hex}"
    if vendor == "sqlite":
        path = folder / f"{name}.sqlite3"
        if like:
            shutil.copyfile(like.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        return
    entry = settings.DATABASES["default"]
    where = {"host": entry["HOST"], "port": entry["PORT"], "user": entry["USER"]}
    where |= {"password": entry["PASSWORD"]}
    where = {key: value for key, value in where.items() if value}
    template = urlsplit(like).path.removeprefix("/") or "template1"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as connection:
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield f"postgresql:///{name}?{urlencode(where, quote_via=quote)}"
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(name)))


@pytest.fixture
def spare_database_url(vendor: str, tmp_path: Path) -> Iterator[str]:
    """Address of an empty database of the same kind, for commands run as processes of their own."""
    with spare(vendor, tmp_path) as url:
        yield url


@pytest.fixture(scope="session")
def made_database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a database made by ``gongjian migrate``; nobody works on it, it is copied."""
    engine: str = settings.DATABASES["default"]["ENGINE"]
    vendor = "sqlite" if engine.endswith("sqlite3") else "postgresql"
    with spare(vendor, tmp_path_factory.mktemp("made")) as url:
        environment = {**os.environ, "GONGJIAN_DATABASE_URL": url}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        subprocess.run(
            [sys.executable, "-m", "gongjian", "migrate"],
            env=environment,
            check=True,
            capture_output=True,
        )
        yield url


@pytest.fixture
def migrated_database_url(made_database_url: str, vendor: str, tmp_path: Path) -> Iterator[str]:
    """Address of a database that was made but holds nothing, for commands run as processes."""
    with spare(vendor, tmp_path, made_database_url) as url:
        yield url
