"""The verifier finds whatever was changed in a package, and says in which file."""

import ast
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.web.evidence import verify as verifier
from gongjian.web.evidence.tests.scene import (
    FILES,
    audits_too,
    links,
    other,
    run,
    taken,
    told,
)
from gongjian.web.figures.tests.city import ROOT
from gongjian.web.tests.people import signed_in
from tests.cities import FullCity


def spoil(package: Path, name: str, how: Callable[[str], str]) -> None:
    path = package / name
    before = path.read_bytes()
    path.write_bytes(how(before.decode()).encode())
    assert path.read_bytes() != before


def resealed(package: Path, name: str) -> None:
    """The digest of a changed file, written into the manifest by whoever changed it."""
    manifest = told(package)
    manifest["files"][name]["sha256"] = hashlib.sha256((package / name).read_bytes()).hexdigest()
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (package / "manifest.json").write_text(text, encoding="utf-8")


@pytest.fixture
def package(city: FullCity, client: Client, tmp_path: Path) -> Path:
    """A package whose links are all shown."""
    person = signed_in(client, "city-organiser", area_id=ROOT)
    audits_too(person)
    other(city)
    return taken(client, tmp_path, known="1")


@pytest.mark.parametrize("name", sorted(FILES))
def test_any_byte_of_any_file(package: Path, name: str) -> None:
    """A dozen bytes, the last one too, each changed by itself."""
    path = package / name
    whole = path.read_bytes()
    for at in [*range(0, len(whole), max(len(whole) // 10, 1)), len(whole) - 1]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        command = [sys.executable, "-I", "-S", "verify.py"]
        done = subprocess.run(command, cwd=package, capture_output=True, check=False)
        assert (done.returncode, "核对通过" in done.stdout.decode()) == (1, False), at
        # A verifier that no longer runs says so in its own way.
        assert name == "verify.py" or f"{name}" in done.stdout.decode(), at
        path.write_bytes(whole)
    assert run(package)[0] == 0


@pytest.mark.parametrize("name", sorted(FILES - {"verify.py"}))
def test_a_file_that_is_missing(package: Path, name: str) -> None:
    (package / name).unlink()
    status, text = run(package)

    assert (status, f"少了文件 {name}" in text) == (1, True), text


def test_a_row_removed_and_the_digest_made_to_fit(package: Path) -> None:
    spoil(package, "rows.csv", lambda text: text.rsplit("\r\n", 2)[0] + "\r\n")
    resealed(package, "rows.csv")
    status, text = run(package)
    rows = told(package)["rows"]

    assert status == 1
    assert f"错：名单有 {rows - 1} 行，取证时是 {rows} 行。" in text
    assert "错：manifest.json 改过：指纹与封存的留痕写的不符。" in text


def test_a_value_changed_and_the_digest_made_to_fit(package: Path) -> None:
    spoil(package, "rows.csv", lambda text: text[: -len("1\r\n")] + "2\r\n")
    resealed(package, "rows.csv")
    status, text = run(package)
    value = told(package)["value"]

    assert status == 1
    assert f"错：名单的计数之和是 {value + 1}，取证时的数是 {value}。" in text


def test_the_printed_value_changed(package: Path) -> None:
    value = told(package)["value"]
    spoil(
        package, "manifest.json", lambda t: t.replace(f'"value": {value}', f'"value": {value + 1}')
    )
    status, text = run(package)

    assert status == 1
    assert f"错：名单的计数之和是 {value}，取证时的数是 {value + 1}。" in text


def test_a_link_of_the_trail_changed_and_the_digest_made_to_fit(package: Path) -> None:
    spoil(package, "trail.jsonl", lambda text: text.replace("办理补助", "办理慰问"))
    resealed(package, "trail.jsonl")
    status, text = run(package)

    assert status == 1
    assert "改过：重算不对。" in text


def test_a_link_of_the_trail_worked_out_anew_does_not_meet_the_next(package: Path) -> None:
    found = links(package)
    found[1]["kind"] = "export"
    found[1]["digest"] = verifier.link_digest(found[1])
    text = "".join(trail.canonical(link) + "\n" for link in found)
    (package / "trail.jsonl").write_text(text, encoding="utf-8")
    resealed(package, "trail.jsonl")
    status, said = run(package)

    assert status == 1
    assert (
        f"错：留痕接不上：第 {found[2]['number']} 条写的上一条不是第 {found[1]['number']} 条。"
        in said
    )


def test_the_tail_of_the_trail_cut_off(package: Path) -> None:
    found = links(package)
    spoil(package, "trail.jsonl", lambda text: text.rsplit("\n", 2)[0] + "\n")
    resealed(package, "trail.jsonl")
    status, text = run(package)

    assert status == 1
    assert f"错：留痕没有接到封存的那一条：断在第 {found[-2]['number']} 条之后。" in text


def test_a_whole_other_seal_is_no_link_of_the_trail(package: Path) -> None:
    """Somebody who works out everything anew cannot make the head that the product has."""
    spoil(package, "rows.csv", lambda text: text[: -len("1\r\n")] + "2\r\n")
    value = told(package)["value"]
    spoil(
        package, "manifest.json", lambda t: t.replace(f'"value": {value}', f'"value": {value + 1}')
    )
    resealed(package, "rows.csv")
    head = json.loads((package / "head.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((package / "manifest.json").read_bytes()).hexdigest()
    head["seal"]["body"] = trail.canonical(json.loads(head["seal"]["body"]) | {"manifest": digest})
    head["digest"] = head["seal"]["digest"] = verifier.link_digest(head["seal"])
    (package / "head.json").write_text(trail.canonical(head) + "\n", encoding="utf-8")
    status, text = run(package)

    # Offline nothing can tell; the head it prints is not the product's.
    assert status == 0
    assert head["digest"] in text
    assert not TrailRecord.objects.filter(digest=head["digest"]).exists()


def test_the_verifier_is_for_a_python_of_long_ago() -> None:
    text = Path(verifier.__file__).read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 8))
    imported = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    } | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert imported == {"__future__", "csv", "hashlib", "json", "sys", "pathlib", "typing"}
