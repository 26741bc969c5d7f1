"""Runs a command against a PostgreSQL cluster of its own: `python tools/pg.py -- COMMAND …`.

The cluster lives in a temporary folder, listens on a Unix socket only, so that
runs never meet, and is gone afterwards. The command finds it under
GONGJIAN_DATABASE_URL. As root the server runs as the user postgres.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from system import OLDEST, server_binaries

# Nothing here outlives the run, so durability is switched off.
_OPTIONS = (
    "listen_addresses= fsync=off synchronous_commit=off full_page_writes=off max_connections=60"
)


@contextmanager
def cluster(
    binaries: Path, *, options: str = _OPTIONS, folder: Path | None = None
) -> Iterator[Path]:
    """A running cluster with the database and superuser `gj`; gives its socket folder."""
    home = Path(tempfile.mkdtemp(prefix="gjpg", dir=folder))
    who = _server_user(home)
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(home)}

    def run(program: str, *arguments: str) -> None:
        command = [str(binaries / program), *arguments]
        with (home / "output").open("ab") as output:
            subprocess.run(
                command, check=True, env=environment, cwd=home, stdout=output, stderr=output, **who
            )

    data = ["-D", str(home / "data")]
    settings = " ".join(f"-c {o}" for o in f"{options} unix_socket_directories={home}".split())
    try:
        run("initdb", *data, "-U", "gj", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        run("pg_ctl", *data, "-w", "-l", str(home / "log"), "-o", settings, "start")
        run("createdb", "-h", str(home), "-U", "gj", "gj")
        yield home
    except subprocess.CalledProcessError:
        sys.stderr.write((home / "output").read_text(errors="replace"))
        raise
    finally:
        if (home / "data" / "postmaster.pid").exists():
            run("pg_ctl", *data, "-m", "immediate", "stop")
        shutil.rmtree(home)


def _server_user(home: Path) -> dict[str, Any]:
    """How to start the server's programs: initdb refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    os.chown(home, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def main(arguments: Sequence[str]) -> int:
    """Run the command after `--`; its exit status."""
    command = list(arguments[1:])
    if arguments[:1] != ["--"] or not command:
        sys.stderr.write("用法 / usage: python tools/pg.py -- COMMAND …\n")
        return 2
    binaries = server_binaries()
    if binaries is None:
        sys.stderr.write(
            f"缺少 PostgreSQL {OLDEST} 服务器，请先运行 python tools/system.py。"
            f" / The PostgreSQL {OLDEST} server is missing: run python tools/system.py first.\n"
        )
        return 1
    # An ended run ends its server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with cluster(binaries) as socket:
        url = f"postgresql:///gj?host={socket}&user=gj"
        environment = {**os.environ, "GONGJIAN_DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
