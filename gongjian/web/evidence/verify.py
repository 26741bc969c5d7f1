"""核对一份证据：在解压出来的文件夹里运行 python verify.py。

Reads the evidence package it stands in and says in plain sentences whether it is as it was
written. Needs nothing but Python 3.8 or newer: no product, no network. Ends with 0 where
everything holds, else with 1.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

FORMAT = "gongjian-evidence/1"
MANIFEST, HEAD, ROWS, TRAIL = "manifest.json", "head.json", "rows.csv", "trail.jsonl"
LINK = {"number", "at", "kind", "change", "body", "previous", "digest"}
RUN = {"from", "to", "digest"}
CHANGED = "{} 改过：{}。"


class Wrong(Exception):
    """Something does not hold; the text is the sentence that says what."""


class Package:
    """The files of a folder, and what the two small ones of them say."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = self.read(MANIFEST)
        self.head = self.read(HEAD)
        if not isinstance(self.manifest, dict) or self.manifest.get("format") != FORMAT:
            raise Wrong(CHANGED.format(MANIFEST, "不是这一版核对程序认得的样子"))

    def read(self, name: str) -> Any:
        """What one of the JSON files says."""
        try:
            return json.loads((self.folder / name).read_bytes().decode("utf-8"))
        except OSError:
            raise Wrong(f"少了文件 {name}。") from None
        except ValueError:
            raise Wrong(CHANGED.format(name, "已经读不出来")) from None

    def digest(self, name: str) -> str:
        """SHA-256 of a file, read piece by piece."""
        found = hashlib.sha256()
        with (self.folder / name).open("rb") as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                found.update(piece)
        return found.hexdigest()


def canonical(value: Any) -> str:
    """The one text that head.json is written as."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link_digest(link: dict[str, Any]) -> str:
    """The digest of a link of the trail, worked out anew."""
    parts = (link["previous"], str(link["number"]), link["at"], link["kind"], link["body"])
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()


# ------------------------------------------------------------------ the four checks


def check_seal(package: Package) -> str:
    """The package's own link: it is whole, it is the head, and it names this manifest."""
    head, manifest = package.head, package.manifest
    text = (package.folder / HEAD).read_bytes()
    if text != (canonical(head) + "\n").encode("utf-8") or set(head) != {
        "number",
        "digest",
        "seal",
    }:
        raise Wrong(CHANGED.format(HEAD, "不是取证时写的样子"))
    seal = head["seal"]
    if set(seal) != LINK or seal["kind"] != "evidence" or seal["change"] is not None:
        raise Wrong(CHANGED.format(HEAD, "封存的不是一条取证的留痕"))
    if link_digest(seal) != seal["digest"]:
        raise Wrong(CHANGED.format(HEAD, f"封存的留痕（第 {seal['number']} 条）重算不对"))
    if (head["number"], head["digest"]) != (seal["number"], seal["digest"]):
        raise Wrong(CHANGED.format(HEAD, "链头不是封存的那条留痕"))
    said = json.loads(seal["body"])
    if said["manifest"] != package.digest(MANIFEST):
        raise Wrong(CHANGED.format(MANIFEST, "指纹与封存的留痕写的不符"))
    asked = (manifest["figure"]["code"], manifest["day"], manifest["known"]["change"])
    if (said["figure"], said["at"], said["known"]) != asked:
        raise Wrong("封存的留痕说的不是这个数。")
    return f"封存的留痕（第 {seal['number']} 条）重算相符，它写的正是这份 manifest.json。"


def check_files(package: Package) -> str:
    """Every other file has the digest that the manifest tells."""
    wrong, files = [], package.manifest["files"]
    for name, told in sorted(files.items()):
        if not (package.folder / name).is_file():
            wrong.append(f"少了文件 {name}。")
        elif package.digest(name) != told["sha256"]:
            wrong.append(CHANGED.format(name, "指纹与 manifest.json 写的不符"))
    if wrong:
        raise Wrong("".join(wrong))
    return f"{len(files)} 个文件的指纹都与 manifest.json 写的相符。"


def check_rows(package: Package) -> str:
    """The rows are as many as told, and add up to the value that was printed."""
    manifest, columns = package.manifest, package.manifest["columns"]
    added = [name for name in ("value", "numerator", "denominator") if name in columns]
    count, sums = _added(package.folder / ROWS, columns, added)
    if count != manifest["rows"]:
        raise Wrong(f"名单有 {count} 行，取证时是 {manifest['rows']} 行。")
    for name, found in sums.items():
        if found != manifest[name]:
            said = f"名单的{columns[name]}之和是 {found}，取证时的数是 {manifest[name]}。"
            raise Wrong(said)
    if manifest["figure"]["kind"] != "rate":
        return f"名单 {count} 行，加起来是 {manifest['value']}，正是这个数。"
    over, under = manifest["numerator"], manifest["denominator"]
    if manifest["value"] != (over / under if under else None):
        raise Wrong(f"比率不是 {over} ÷ {under}。")
    if not under:
        return f"名单 {count} 行，分母之和是 0，所以没有比率。"
    return f"名单 {count} 行，分子之和 {over} ÷ 分母之和 {under}，正是这个数。"


def _added(path: Path, columns: dict[str, str], added: list[str]) -> tuple[int, dict[str, int]]:
    """How many rows there are, and what each of the columns ``added`` comes to."""
    places = {name: list(columns).index(name) for name in added}
    sums, count = dict.fromkeys(added, 0), 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            if next(rows) != list(columns.values()):
                raise Wrong(CHANGED.format(ROWS, "表头不是取证时的表头"))
            for row in rows:
                count += 1
                for name, at in places.items():
                    sums[name] += int(row[at])
    except (OSError, ValueError, IndexError, StopIteration, csv.Error):
        raise Wrong(CHANGED.format(ROWS, f"第 {count + 1} 行读不出来")) from None
    return count, sums


def check_trail(package: Package) -> str:
    """Link after link from the change that the figure is known at to the seal."""
    known, seal = package.manifest["known"], package.head["seal"]
    walk = Walk()
    try:
        with (package.folder / TRAIL).open(encoding="utf-8", newline="\n") as file:
            for line in file:
                walk.go(json.loads(line))
                if walk.first <= (known["link"] or 0) <= walk.place:
                    walk.met = True
                    if walk.whole and walk.digest != known["digest"]:
                        raise Wrong(f"变更 {known['change']} 的留痕与 manifest.json 写的不符。")
    except (OSError, ValueError, KeyError, TypeError):
        raise Wrong(CHANGED.format(TRAIL, "已经读不出来")) from None
    if walk.place and (walk.place + 1, walk.digest) != (seal["number"], seal["previous"]):
        raise Wrong(f"留痕没有接到封存的那一条：断在第 {walk.place} 条之后。")
    if known["link"] is not None and not walk.met:
        raise Wrong(f"留痕里没有变更 {known['change']}。")
    hidden = f"另有 {walk.hidden} 条不归取证人看，内容不在包里，没有重算。" if walk.hidden else ""
    return f"留痕 {walk.shown} 条逐条重算相符，接到封存的那一条。{hidden}"


class Walk:
    """Where one is in the trail: the last link passed, its digest, how many were shown."""

    def __init__(self) -> None:
        self.first = self.place = self.shown = self.hidden = 0
        self.digest = ""
        self.met = self.whole = False

    def go(self, said: dict[str, Any]) -> None:
        """Pass one link, or a run of links that are not shown."""
        self.whole = set(said) == LINK
        if not self.whole and set(said) != RUN:
            raise Wrong(CHANGED.format(TRAIL, f"第 {self.place} 条之后的一行不是留痕"))
        self.first = said["number"] if self.whole else said["from"]
        if self.place and self.first != self.place + 1:
            raise Wrong(f"留痕不连续：第 {self.place} 条之后是第 {self.first} 条。")
        if self.whole:
            self._look(said)
        self.place = said["number"] if self.whole else said["to"]
        self.digest = said["digest"]
        passed = self.place - self.first + 1
        self.shown, self.hidden = (
            (self.shown + 1, self.hidden) if self.whole else (self.shown, self.hidden + passed)
        )

    def _look(self, link: dict[str, Any]) -> None:
        if self.place and link["previous"] != self.digest:
            raise Wrong(f"留痕接不上：第 {link['number']} 条写的上一条不是第 {self.place} 条。")
        if link_digest(link) != link["digest"]:
            raise Wrong(f"留痕第 {link['number']} 条改过：重算不对。")
        if link["change"] is not None and json.loads(link["body"])["change"] != link["change"]:
            raise Wrong(f"留痕第 {link['number']} 条说的不是变更 {link['change']}。")


# ------------------------------------------------------------------ saying it

CHECKS = (check_seal, check_files, check_rows, check_trail)


def told(manifest: dict[str, Any]) -> str:
    """What the package says, in one sentence."""
    figure, place, known = manifest["figure"], manifest["place"], manifest["known"]
    value = manifest["value"]
    if figure["kind"] == "rate":
        share = "没有" if value is None else f"{int(value * 100 + 1e-9)}%"
        value = f"{share}（{manifest['numerator']} ÷ {manifest['denominator']}）"
    return (
        f"{place['name']}（{place['code']}）{manifest['day']} 的{figure['name']}"
        f"（{figure['code']}，第 {figure['version']} 版）：{value}{figure['unit']}，"
        f"名单 {manifest['rows']} 行，按变更 {known['change']} 时所知；"
        f"{manifest['taken']['name']}于 {manifest['taken']['at']} 取证。"
    )


def verify(folder: Path) -> bool:
    """Check the package in ``folder`` and say each result; True where everything holds."""
    try:
        package = Package(folder)
        say(told(package.manifest))
    except (Wrong, LookupError, TypeError, AttributeError) as error:
        say(f"错：{error if isinstance(error, Wrong) else CHANGED.format(MANIFEST, '少了内容')}")
        say("核对没有通过。")
        return False
    held = [_checked(check, package) for check in CHECKS]  # every one, whatever came before
    if not all(held):
        say("核对没有通过：这份证据不是取证时的样子。")
        return False
    head = package.head
    say(f"链头：第 {head['number']} 条，{head['digest']}")
    say("核对通过。请再把链头与系统里同一编号的留痕对照。")
    return True


def _checked(check: Any, package: Package) -> bool:
    try:
        say(f"对：{check(package)}")
    except Wrong as error:
        say(f"错：{error}")
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError):
        say("错：有文件改过或缺了内容，这一项核对不了。")
    else:
        return True
    return False


def say(sentence: str) -> None:
    """One line for whoever watches, whatever their window can show."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(sentence.encode(encoding, "backslashreplace").decode(encoding) + "\n")


if __name__ == "__main__":
    sys.exit(0 if verify(Path(__file__).resolve().parent) else 1)
