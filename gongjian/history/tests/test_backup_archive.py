"""What is not exactly a back-up of ours is no back-up."""

import io
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from gongjian.core.errors import Refused
from gongjian.history.backup import archive, embedded, stage
from gongjian.history.backup.archive import Archive
from gongjian.history.backup.manifest import FORMAT, Facts, Manifest, Part

CONTENT = bytes(range(256)) * 5000
FACTS = Facts(change=7, record=8, digest="d", sealed="00", blind="ff", migrations=("history.0001",))


def nothing(_: int) -> None:
    """Nobody watches."""


def manifest_for(path: Path, name: str = "database.sqlite3") -> Manifest:
    return Manifest(
        format=FORMAT,
        product="0.1.0",
        vendor="sqlite",
        made="2026-01-02T03:04:05+08:00",
        facts=FACTS,
        parts=(archive.part_of(path, name, nothing),),
        seal="00",
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    path = tmp_path / "content"
    path.write_bytes(CONTENT)
    return path


def opened(path: Path) -> tuple[Manifest, bytes]:
    with path.open("rb") as file:
        found = Archive(file, "F")
        found.check(nothing)
        return found.manifest, b"".join(found.database_content(nothing))


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        opened(path)
    return refused.value.sentence


def test_what_is_written_is_read_again(content: Path, tmp_path: Path) -> None:
    manifest, path = manifest_for(content), tmp_path / "F"
    done: list[int] = []

    archive.write(path, manifest, {"database.sqlite3": content}, done.append)

    assert opened(path) == (manifest, CONTENT)
    assert sum(done) == len(CONTENT)
    with tarfile.open(path) as tar:
        assert tar.getnames() == ["manifest.json", "database.sqlite3"]


Change = Callable[[tarfile.TarInfo], None]


def built(path: Path, manifest: Manifest, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    """An archive by a general writer: the manifest, then whatever one likes."""
    said = manifest.as_bytes()
    first = tarfile.TarInfo("manifest.json")
    first.size = len(said)
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        tar.addfile(first, io.BytesIO(said))
        for info, data in members:
            tar.addfile(info, io.BytesIO(data))
    return path


def member(name: str, data: bytes = CONTENT, *, type_: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.size = type_, len(data)
    if type_ in (tarfile.SYMTYPE, tarfile.LNKTYPE):
        info.linkname, info.size = "/etc/passwd", 0
    return info


@pytest.mark.parametrize(
    "info",
    [
        member("/etc/cron.d/x"),
        member("../database.sqlite3"),
        member("database.sqlite3/../../x"),
        member("database.sqlite3", type_=tarfile.SYMTYPE),
        member("database.sqlite3", type_=tarfile.LNKTYPE),
        member("database.sqlite3", b"", type_=tarfile.DIRTYPE),
        member("database.sqlite3", b"", type_=tarfile.FIFOTYPE),
        member("database.sqlite3", b"", type_=tarfile.CHRTYPE),
        member("database.sqlite3", type_=tarfile.GNUTYPE_SPARSE),
        member("x" * 300),
    ],
    ids=lambda info: f"{info.type.decode()}-{info.name[:24]}",
)
def test_hostile_members_are_refused(info: tarfile.TarInfo, content: Path, tmp_path: Path) -> None:
    path = built(tmp_path / "F", manifest_for(content), (info, CONTENT))

    assert refusal(path).startswith("备份文件“F”里有")


def test_one_member_too_many_is_refused(content: Path, tmp_path: Path) -> None:
    both = [(member("database.sqlite3"), CONTENT), (member("more"), CONTENT)]
    path = built(tmp_path / "F", manifest_for(content), *both)

    assert refusal(path) == (
        "备份文件“F”里有多出来的内容，不是本产品写的，没有恢复；请换另一份备份。"
    )


def test_a_manifest_that_names_more_is_refused(content: Path, tmp_path: Path) -> None:
    manifest = manifest_for(content)
    more = Part(name="../../x", bytes=1, sha256="0")
    path = built(tmp_path / "F", replace(manifest, parts=(*manifest.parts, more)))

    assert "清单里不认识的文件" in refusal(path)


def test_sizes_beyond_the_file_are_damage(content: Path, tmp_path: Path) -> None:
    for size in (len(CONTENT) - 1, 1 << 50):
        manifest = manifest_for(content)
        parts = (replace(manifest.parts[0], bytes=size),)
        info = member("database.sqlite3")
        info.size = size
        path = tmp_path / "F"
        said = replace(manifest, parts=parts).as_bytes()
        first = tarfile.TarInfo("manifest.json")
        first.size = len(said)
        blocks = [first.tobuf(), said, bytes(-len(said) % 512), info.tobuf(tarfile.GNU_FORMAT)]
        path.write_bytes(b"".join([*blocks, CONTENT, bytes(10240)]))
        assert refusal(path) == "备份文件“F”已损坏或不完整，请换另一份备份。"


def test_what_is_no_archive_is_refused(tmp_path: Path, content: Path) -> None:
    path = tmp_path / "F"
    for data in (b"", b"PK\x03\x04" * 1000, bytes(20_000), b"x" * 100):
        path.write_bytes(data)
        assert "F" in refusal(path)
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
        tar.add(content, "anything")
    assert refusal(path) == "“F”不是本产品的备份文件，请核对文件。"


@pytest.mark.parametrize(
    "said",
    [b"", b"[]", b"{}", b"[" * 100_000, b'{"facts": 1, "parts": []}', b"\xff\xfe"],
    ids=range(6),
)
def test_a_manifest_that_is_none_is_refused(said: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Manifest.parse(said)


def test_any_flipped_bit_of_the_content_is_found(content: Path, tmp_path: Path) -> None:
    path = tmp_path / "F"
    archive.write(path, manifest_for(content), {"database.sqlite3": content}, nothing)
    whole = path.read_bytes()
    begin = whole.index(CONTENT)
    for at in (begin, begin + len(CONTENT) // 2, begin + len(CONTENT) - 1):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert refusal(path) == "备份文件“F”已损坏或不完整，请换另一份备份。"


def test_a_copy_is_one_moment_whatever_is_written_meanwhile(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    with closing(sqlite3.connect(source, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE t (n INTEGER, filling BLOB)")
        writer.execute("INSERT INTO t VALUES (0, zeroblob(30000000))")
        steps: list[int] = []

        def write(pages: int) -> None:
            steps.append(pages)
            writer.execute("UPDATE t SET n = n + 1")

        embedded.copy(source, target, write)

        assert len(steps) > 2
        assert sum(steps) == embedded.pages(target)
        assert writer.execute("SELECT n FROM t").fetchall() == [(len(steps),)]
    assert embedded.ask(target, "SELECT n, LENGTH(filling) FROM t") == [(0, 30_000_000)]


def test_drafts_of_the_dead_are_cleared_and_of_the_living_kept(tmp_path: Path) -> None:
    target = tmp_path / "F"
    dead = tmp_path / ".F.dead.partial"
    dead.mkdir()
    (dead / "big").write_bytes(b"x")
    with stage.stage(target) as living:
        (living / "draft").write_bytes(b"x")
        with stage.stage(target) as other:
            assert sorted(p.name for p in tmp_path.iterdir()) == sorted([living.name, other.name])
        assert (living / "draft").exists()
    assert list(tmp_path.iterdir()) == []
