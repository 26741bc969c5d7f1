"""Makes sure of the Debian packages that the checks need: `python tools/system.py`.

Installs only what is missing, only as root.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = 15
_INSTALL = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "-qq"]
_INSTALL += ["--no-install-recommends", "postgresql"]


def server_binaries() -> Path | None:
    """The folder of the newest PostgreSQL server programs, 15 or later; None where there is none."""
    folders = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    versions = {int(f.parent.name): f for f in folders if f.parent.name.isdecimal()}
    newest = max(versions, default=0)
    return versions[newest] if newest >= OLDEST else None


def main() -> int:
    """Install the server where it is missing; 0 when it stands, 1 with a sentence otherwise."""
    if server_binaries():
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return _refuse(
            f"缺少 PostgreSQL {OLDEST} 服务器，请由管理员安装 postgresql 软件包。"
            f" / The PostgreSQL {OLDEST} server is missing: have an administrator install it."
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(_INSTALL, env=quiet, check=False).returncode != 0:
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
        subprocess.run(_INSTALL, env=quiet, check=False)
    if server_binaries():
        return 0
    return _refuse(
        f"PostgreSQL {OLDEST} 未能装好，请查看上面的 apt 信息。"
        f" / PostgreSQL {OLDEST} could not be installed: see what apt says above."
    )


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
