"""The restore drill: `python tools/drill.py [--into URL] [--area CODE] [--at DAY…]`.

Backs up the database of GONGJIAN_DATABASE_URL, restores it elsewhere with nothing but the two
files, and compares all figures on several days and the chain of records. Prints a protocol of one
page; the exit status is 0 where everything is the same. The database in use is only read, but for
the record of the back-up on its trail, and may be in use meanwhile.
"""

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

_URL = "GONGJIAN_DATABASE_URL"
_KEY = "GONGJIAN_FIELD_KEY"
_FILES = "GONGJIAN_FILES"


class Failed(Exception):
    """A command of the drill did not do what it should; the sentence is its own."""


@dataclass(slots=True)
class Protocol:
    """What the page will say: lines, and whether all was as it should be."""

    lines: list[str] = field(default_factory=list)
    good: bool = True

    def say(self, what: str, value: str) -> None:
        """One line."""
        self.lines.append(f"{what}：{value}")

    def judge(self, what: str, *, holds: bool, value: str = "") -> None:
        """One line with a verdict."""
        self.good = self.good and holds
        self.say(what, f"{'一致' if holds else '不一致，请立即查明'}{value}")


def gongjian(environment: dict[str, str], *words: str) -> tuple[str, float]:
    """What a command answered and the seconds it took; raise Failed with its sentence."""
    begun = monotonic()
    command = [sys.executable, "-m", "gongjian", *words, "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = done.stderr.strip() or done.stdout.strip()
        raise Failed(f"gongjian {' '.join(words)} 没有成功：{said}")
    return done.stdout, monotonic() - begun


def drill(options: argparse.Namespace, folder: Path) -> Protocol:
    """Back up, restore, compare."""
    protocol, file = Protocol(), folder / "drill.backup"
    here = dict(os.environ)
    protocol.say("原库", named(here.get(_URL, "sqlite:///gongjian.sqlite3")))
    said, took = gongjian(here, "backup", "--out", str(file), "--reason", "恢复演练")
    saved: dict[str, Any] = json.loads(said)
    size, change = saved["bytes"] / (1 << 20), saved["change"]
    protocol.say("备份", f"{size:,.1f} MiB，截至变更 {change}，用时 {took:.1f} 秒")
    there = elsewhere(options.into, folder)
    said, took = gongjian(there, "restore", str(file))
    restored: dict[str, Any] = json.loads(said)
    protocol.say("恢复", f"{named(there[_URL])}，用时 {took:.1f} 秒")
    protocol.judge("变更编号", holds=restored["change"] == change, value=f"（{change}）")
    there = with_key(there, Path(saved["keys"]))
    protocol.judge(
        "存放的文件",
        holds=whole_papers(Path(there[_FILES])) == saved["papers"],
        value=f"（{saved['papers']} 份）",
    )
    compare_chain(protocol, there, restored["records"])
    compare_figures(protocol, here, there, change, options)
    return protocol


def named(url: str) -> str:
    """A database as it may stand on paper: never its password."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return f"SQLite 文件 {Path(parts.path).name}"
    return f"PostgreSQL 数据库 {parts.path.removeprefix('/')}"


def elsewhere(url: str | None, folder: Path) -> dict[str, str]:
    """The environment of another machine: its own database, no key."""
    found = {**os.environ, _URL: url or f"sqlite:///{folder / 'restored' / 'gongjian.sqlite3'}"}
    found.pop(_KEY, None)
    found[_FILES] = str(folder / "restored" / "files")
    (folder / "restored").mkdir()
    return found


def with_key(environment: dict[str, str], keys: Path) -> dict[str, str]:
    """The same with the key set from the key file, as PostgreSQL needs it."""
    if environment[_URL].startswith("sqlite:"):
        return environment
    return {**environment, _KEY: keys.read_text(encoding="ascii").strip()}


def whole_papers(folder: Path) -> int:
    """How many stored papers lie there whole, each under the digest of its content."""
    found = [path for path in folder.glob("??/*") if len(path.name) == 64]
    return sum(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in found)


def compare_chain(protocol: Protocol, there: dict[str, str], records: int) -> None:
    """Every link and every row once more, in the restored database."""
    said, took = gongjian(there, "audit", "verify")
    verdict: dict[str, Any] = json.loads(said)
    holds = verdict["ok"] and verdict["records"] == records
    protocol.judge("留痕核验", holds=holds, value=f"（{verdict['records']} 条，{took:.1f} 秒）")


def compare_figures(
    protocol: Protocol,
    here: dict[str, str],
    there: dict[str, str],
    change: int,
    options: argparse.Namespace,
) -> None:
    """All figures, as text: at the source as known at the back-up, so that it may be in use."""
    for day in options.at or days():
        words = ["figures", "--at", day, "--children"]
        words += ["--area", options.area] if options.area else []
        before, first = gongjian(here, *words, "--known-at", str(change))
        after, second = gongjian(there, *words)
        count = len(json.loads(after)["figures"])
        digest = hashlib.sha256(after.encode()).hexdigest()[:16]
        protocol.judge(
            f"数字 {day}",
            holds=before == after,
            value=f"（{count} 个指标连同下一级，摘要 {digest}，{first:.1f}/{second:.1f} 秒）",
        )


def days() -> Iterator[str]:
    """Today, and the ends of the last three years: figures of the year and of its beginning."""
    now = date.today()  # noqa: DTZ011  (any three days will do)
    yield now.isoformat()
    for years in range(3):
        yield (date(now.year - years, 1, 1) - timedelta(days=1)).isoformat()


def page(protocol: Protocol, begun: datetime, took: float) -> str:
    """The protocol as it is printed and signed."""
    verdict = "演练通过：恢复出来的数据库与原库一致。" if protocol.good else "演练没有通过。"
    head = ["备份恢复演练记录", "", f"时间：{begun:%Y-%m-%d %H:%M}", f"机器：{platform.node()}"]
    tail = [f"全程：{took:.1f} 秒", "", verdict, "", "演练人：__________  复核人：__________"]
    return "\n".join([*head, *protocol.lines, *tail]) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Run the drill; 0 where all is the same, 1 otherwise, 2 for wrong use."""
    parser = argparse.ArgumentParser(prog="drill.py", description="备份恢复演练")
    parser.add_argument(
        "--into", metavar="URL", help="恢复到哪个空数据库，默认一个 SQLite 临时文件"
    )
    parser.add_argument("--folder", metavar="D", help="备份和临时文件放在哪里，须放得下两份数据库")
    parser.add_argument("--area", metavar="CODE", help="比较哪个区划的数字，默认最上一级")
    parser.add_argument(
        "--at", metavar="DATE", nargs="+", help="比较哪些日子，默认今天和前三年年末"
    )
    options = parser.parse_args(arguments)
    begun, start = datetime.now().astimezone(), monotonic()
    with tempfile.TemporaryDirectory(prefix="gongjian-drill-", dir=options.folder) as folder:
        try:
            protocol = drill(options, Path(folder))
        except Failed as error:
            print(error, file=sys.stderr)
            return 1
    print(page(protocol, begun, monotonic() - start), end="")
    return 0 if protocol.good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
