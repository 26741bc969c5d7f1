"""What a back-up holds beside the rows: the stored papers, and all of it of one moment."""

import hashlib
from pathlib import Path

from gongjian.core.builders import make_credit_code
from tests.places import EMBEDDED, Place, Places, fill, places

__all__ = ["places"]


def lay(place: Place, content: bytes) -> str:
    """A stored paper, as the product lays it; its place in the folder."""
    digest = hashlib.sha256(content).hexdigest()
    path = place.papers / digest[:2] / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return f"{digest[:2]}/{digest}"


def papers_of(place: Place) -> dict[str, bytes]:
    found = [p for p in place.papers.rglob("*") if p.is_file()]
    return {str(p.relative_to(place.papers)): p.read_bytes() for p in found}


def test_stored_papers_come_along(places: Places, tmp_path: Path) -> None:
    here, elsewhere, file = places(), places(), tmp_path / "with.backup"
    assert here.run("migrate").status == 0
    wanted = {lay(here, content): content for content in (b"one", b"x" * 3_000_000, b"")}
    (here.papers / ".half.partial").write_bytes(b"half")
    (here.papers / "notes.txt").write_bytes(b"not ours")
    known = lay(elsewhere, b"one")

    said = here.run("backup", "--out", str(file), "--json")
    answer = elsewhere.run("restore", str(file))

    assert (said.status, said.json["papers"], answer.status) == (0, 3, 0)
    assert known in wanted
    assert papers_of(elsewhere) == wanted
    assert {
        p.stat().st_mode & 0o777 for p in elsewhere.papers.glob("*/*") if p.read_bytes() != b"one"
    } == {0o600}


def test_a_damaged_paper_is_found_before_anything_is_written(
    places: Places, tmp_path: Path
) -> None:
    here, elsewhere, file = places(), places(), tmp_path / "with.backup"
    assert here.run("migrate").status == 0
    lay(here, b"x" * 100_000)
    assert here.run("backup", "--out", str(file)).status == 0
    whole = file.read_bytes()
    at = len(whole) - 20_000  # well inside the last part
    file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])

    answer = elsewhere.run("restore", str(file))

    said = f"备份文件“{file}”已损坏或不完整，请换另一份备份。\n"
    assert (answer.status, answer.out, answer.error) == (1, "", said)
    assert (papers_of(elsewhere), elsewhere.tables()) == ({}, 0)


def test_backup_made_while_somebody_writes_is_one_moment(places: Places, tmp_path: Path) -> None:
    busy, elsewhere, file = places(), places(), tmp_path / "busy.backup"
    if EMBEDDED:
        del busy.environment["GONGJIAN_FIELD_KEY"]
        del elsewhere.environment["GONGJIAN_FIELD_KEY"]
    fill(busy)
    lines = ["统一社会信用代码,单位名称,所属区划,单位性质,职工人数,成立日期"]
    lines += [f"{make_credit_code(i)},{i}号厂,510728,企业,9,2005-01-02" for i in range(10, 2010)]
    for part in range(2):
        piece = [lines[0], *lines[1 + part * 1000 : 1 + (part + 1) * 1000]]
        (tmp_path / f"{part}.csv").write_text("\n".join(piece), encoding="utf-8")

    writers = [busy.start("import", "employers", str(tmp_path / f"{p}.csv")) for p in range(2)]
    answer = busy.run("backup", "--out", str(file), "--json")
    assert [writer.wait() for writer in writers] == [0, 0]

    assert elsewhere.run("restore", str(file)).status == 0
    assert elsewhere.figures() == busy.figures("--known-at", str(answer.json["change"]))
