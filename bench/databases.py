"""Databases to measure on, gone afterwards."""

import base64
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

KEY: Final = base64.urlsafe_b64encode(bytes(range(32))).decode()
URL: Final = "GONGJIAN_DATABASE_URL"
_DURABLE: Final = (
    "listen_addresses= max_connections=20 shared_buffers=1GB work_mem=64MB max_wal_size=4GB jit=off"
)


@contextmanager
def database(name: str, folder: Path) -> Iterator[str]:
    """The address of an empty database; ``given`` is the one in the environment."""
    if name == "given":
        yield os.environ[URL]
    elif name == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        for path in folder.glob("bench.sqlite3*"):
            path.unlink()
    else:
        with _cluster(folder) as url:
            yield url


@contextmanager
def _cluster(folder: Path) -> Iterator[str]:
    """A cluster that writes through to the disk, unlike that of the tests."""
    tools = str(Path(__file__).parents[1] / "tools")
    sys.path.append(tools)
    import pg  # noqa: PLC0415  tools are scripts, found where they lie
    import system  # noqa: PLC0415  likewise

    binaries = system.server_binaries()
    if binaries is None:
        raise SystemExit("run python tools/system.py first: there is no PostgreSQL server")
    with pg.cluster(binaries, options=_DURABLE, folder=folder) as socket:
        yield f"postgresql:///gj?host={socket}&user=gj"
