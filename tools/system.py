"""Makes sure of the Debian packages that the checks need: `python tools/system.py [--java]`.

Installs only what is missing, only as root. `--java` is for the proofs: Spark needs it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

OLDEST = 15
_INSTALL = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "-qq"]
_INSTALL += ["--no-install-recommends"]


def server_binaries() -> Path | None:
    """The folder of the newest PostgreSQL server programs, 15 or later; None where there is none."""
    folders = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    versions = {int(f.parent.name): f for f in folders if f.parent.name.isdecimal()}
    newest = max(versions, default=0)
    return versions[newest] if newest >= OLDEST else None


def main(arguments: Sequence[str]) -> int:
    """Install what is missing; 0 when all stands, 1 with a sentence otherwise."""
    needs = [
        (f"PostgreSQL {OLDEST}", "postgresql", lambda: server_binaries() is not None),
        ("Chromium", "chromium", Path("/usr/bin/chromium").exists),
        ("Noto CJK", "fonts-noto-cjk", _reads_hanzi),
    ]
    if "--java" in arguments:
        needs.append(("Java 17", "openjdk-17-jre-headless", lambda: bool(shutil.which("java"))))
    return max(_provide(*need) for need in needs)


def _reads_hanzi() -> bool:
    """Is there a font for what the pages say? Without one a picture shows boxes."""
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def _provide(name: str, package: str, stands: Callable[[], bool]) -> int:
    if stands():
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return _refuse(
            f"缺少 {name}，请由管理员安装软件包 {package}。"
            f" / {name} is missing: have an administrator install {package}."
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*_INSTALL, package]
    if subprocess.run(install, env=quiet, check=False).returncode != 0:
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
        subprocess.run(install, env=quiet, check=False)
    if stands():
        return 0
    return _refuse(
        f"{name} 未能装好，请查看上面的 apt 信息。"
        f" / {name} could not be installed: see what apt says above."
    )


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
