"""Back-up and restore as an administrator runs them: real files, real commands, both databases."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gongjian.core.crypto import FieldKeys, generate
from gongjian.history.backup import archive
from gongjian.history.backup.archive import Archive
from gongjian.history.backup.facts import facts
from gongjian.history.backup.manifest import FORMAT, Manifest, Part
from tests.commands import Run, Said, run
from tests.places import DAYS, EMBEDDED, ENTRY, MEMBERS, Place, Places, fill, places

__all__ = ["places", "run"]

KEY = os.environ["GONGJIAN_FIELD_KEY"]


@pytest.fixture(scope="module")
def source(places: Places) -> Place:
    """A county in five changes."""
    place = places()
    fill(place)
    return place


@pytest.fixture(scope="module")
def saved(source: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A back-up of the county."""
    file = tmp_path_factory.mktemp("saved") / "county.backup"
    assert source.run("backup", "--out", str(file)).status == 0
    return file


def sentence(answer: Said) -> tuple[int, str]:
    assert answer.out == ""
    return answer.status, answer.error


def manifest_of(file: Path) -> Manifest:
    with file.open("rb") as opened:
        return Archive(opened, file.name).manifest


def repacked(file: Path, target: Path, change: Callable[[Manifest], Manifest]) -> Path:
    """The same back-up with another manifest, sealed with the right keys."""
    with file.open("rb") as opened:
        held = Archive(opened, file.name)
        content = target.with_suffix(".content")
        content.write_bytes(b"".join(held.database_content(lambda _: None)))
        manifest = change(held.manifest)
    return packed(manifest, content, target)


def packed(manifest: Manifest, content: Path, target: Path) -> Path:
    (part,) = manifest.parts
    part = archive.part_of(content, part.name, lambda _: None)
    manifest = replace(manifest, parts=(part,))
    manifest = replace(manifest, seal=manifest.sealed(FieldKeys.parse(KEY)))
    archive.write(target, manifest, {part.name: content}, lambda _: None)
    return target


# ------------------------------------------------------------------ there and back


def test_restored_figures_are_the_same_to_the_byte(
    source: Place, places: Places, tmp_path: Path
) -> None:
    file, elsewhere = tmp_path / "county.backup", places()
    before = source.figures("--children")
    links = source.run("audit", "verify", "--json").json["records"]
    said = source.run("backup", "--out", str(file), "--reason", "月末备份", "--json").json
    assert said == {
        "file": str(file),
        "keys": f"{file}.keys",
        "change": 5,
        "bytes": file.stat().st_size,
        "papers": 0,
    }
    assert {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()} == {
        "county.backup": 0o600,
        "county.backup.keys": 0o600,
    }

    answer = elsewhere.run("restore", str(file), "--json")

    assert (answer.status, answer.json) == (
        0,
        {
            "file": str(file),
            "change": 5,
            "records": links + 1,
            "verified": True,
            "key_file": None,
        },
    )
    assert elsewhere.figures("--children") == before
    assert_chain_ends_with_the_backup(elsewhere, links + 1)


def assert_chain_ends_with_the_backup(place: Place, number: int) -> None:
    """The chain holds, and its last link says what was backed up and why."""
    verified = place.run("audit", "verify", "--json").json
    assert verified == {"records": number, "ok": True, "first_broken": None}
    query = f"SELECT kind, body FROM history_trailrecord WHERE number = {number}"
    ((kind, body),) = place.ask(query)
    assert (kind, json.loads(body)) == (
        "backup",
        {"file": "county.backup", "actor": None, "name": "系统操作员", "reason": "月末备份"},
    )


def test_restored_secrets_open_with_the_keys_of_the_backup_alone(
    saved: Path, places: Places, tmp_path: Path
) -> None:
    elsewhere = places()
    del elsewhere.environment["GONGJIAN_FIELD_KEY"]

    answer = elsewhere.run("restore", str(saved))

    assert answer.status == 0
    last = answer.out.splitlines()[-1]
    if EMBEDDED:
        assert last == f"密钥在 {elsewhere.folder / 'gongjian.key'}。"
    else:
        assert last == "请把环境变量 GONGJIAN_FIELD_KEY 设为密钥文件里的内容，然后才能使用。"
        assert elsewhere.run("figures", "--at", DAYS[0]).status == 2
        elsewhere.environment["GONGJIAN_FIELD_KEY"] = KEY
    words = ["export", "members", "--out", str(tmp_path / "members.xlsx"), "--json"]
    opened = elsewhere.run(*words, "--unmask", "--reason", "恢复演练")
    assert (opened.status, opened.json["rows"]) == (0, MEMBERS)


def test_keys_kept_elsewhere_are_named(saved: Path, places: Places, tmp_path: Path) -> None:
    copy, keys, elsewhere = tmp_path / "copy", tmp_path / "kept", places()
    copy.write_bytes(saved.read_bytes())
    keys.write_text(KEY, encoding="ascii")
    del elsewhere.environment["GONGJIAN_FIELD_KEY"]

    assert sentence(elsewhere.run("restore", str(copy))) == (
        2,
        f"读不出密钥文件“{copy}.keys”，请用 --keys 指明与这份备份同时存下的密钥。\n",
    )
    assert elsewhere.run("restore", str(copy), "--keys", str(keys)).status == 0


# ------------------------------------------------------------------ refusals of a back-up


def test_nothing_is_overwritten_unasked(source: Place, tmp_path: Path) -> None:
    file = tmp_path / "F"
    file.write_bytes(b"another")

    assert sentence(source.run("backup", "--out", str(file))) == (
        2,
        f"“{file}”已存在，请换一个文件名，或加上 --overwrite 覆盖它。\n",
    )
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"another"]
    assert source.run("backup", "--out", str(file), "--overwrite").status == 0
    assert manifest_of(file).facts.change == 5


def test_client_programs_of_the_server_are_needed(source: Place, tmp_path: Path) -> None:
    file, programs = tmp_path / "out" / "f", tmp_path / "programs"
    file.parent.mkdir()
    programs.mkdir()

    missing = source.run("backup", "--out", str(file), PATH=str(programs))
    (programs / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.1'\n")
    (programs / "pg_dump").chmod(0o755)
    old = source.run("backup", "--out", str(file), "--overwrite", PATH=str(programs))

    if EMBEDDED:
        assert (missing.status, old.status) == (0, 0)
        return
    assert sentence(missing) == (
        2,
        "这台机器上没有 pg_dump，请安装 PostgreSQL 客户端程序（postgresql-client）。\n",
    )
    assert sentence(old)[0] == 2
    assert sentence(old)[1].startswith("pg_dump 是 9 版，数据库是 ")
    assert list(file.parent.iterdir()) == []


# ------------------------------------------------------------------ refusals of a restore


def test_a_database_with_anything_in_it_is_left_alone(source: Place, saved: Path) -> None:
    before = source.figures()

    status, said = sentence(source.run("restore", str(saved)))

    assert (status, "里已经有数据" in said) == (1, True)
    assert source.figures() == before


def test_wrong_keys_are_refused(
    run: Run, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text(generate(), encoding="ascii")

    assert sentence(run("restore", str(saved), "--keys", str(wrong))) == (
        1,
        f"密钥文件“{wrong}”与这份备份不符，请换成与它同时存下的密钥。\n",
    )
    wrong.write_text("钥匙", encoding="utf-8")
    assert sentence(run("restore", str(saved), "--keys", str(wrong)))[0] == 2
    monkeypatch.setenv("GONGJIAN_FIELD_KEY", generate())
    assert sentence(run("restore", str(saved))) == (
        1,
        "环境变量 GONGJIAN_FIELD_KEY 与这份备份不符，请换成与它同时存下的密钥。\n",
    )


def test_the_key_of_another_database_is_not_replaced(saved: Path, places: Places) -> None:
    elsewhere = places()
    other = elsewhere.folder / "gongjian.key"
    other.write_text(generate(), encoding="ascii")
    other.chmod(0o600)
    kept = other.read_bytes()
    del elsewhere.environment["GONGJIAN_FIELD_KEY"]

    answer = elsewhere.run("restore", str(saved))

    # Only an embedded database has its key in a file beside it.
    assert (answer.status, elsewhere.tables() > 0) == ((1, False) if EMBEDDED else (0, True))
    assert other.read_bytes() == kept


def test_damage_is_found_before_anything_is_written(
    saved: Path, places: Places, tmp_path: Path
) -> None:
    whole, elsewhere, file = saved.read_bytes(), places(), tmp_path / "damaged"
    at = len(whole) // 2
    file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])

    assert sentence(elsewhere.run("restore", str(file))) == (
        1,
        f"备份文件“{file}”已损坏或不完整，请换另一份备份。\n",
    )
    assert (elsewhere.tables(), list(elsewhere.folder.iterdir())) == (0, [])


def test_a_changed_manifest_is_refused(run: Run, saved: Path, tmp_path: Path) -> None:
    whole, file = saved.read_bytes(), tmp_path / "changed"
    file.write_bytes(whole.replace(b'"change": 5,', b'"change": 8,', 1))

    assert sentence(run("restore", str(file))) == (
        1,
        f"备份文件“{file}”的清单被改动过，没有恢复；请换另一份备份。\n",
    )


def test_a_newer_version_is_refused(run: Run, saved: Path, tmp_path: Path) -> None:
    def grown(manifest: Manifest) -> Manifest:
        migrations = (*manifest.facts.migrations, "unions.9999_later")
        return replace(manifest, facts=replace(manifest.facts, migrations=migrations))

    for name, change in (("a", lambda m: replace(m, product="99.0.0")), ("b", grown)):
        file = repacked(saved, tmp_path / name, change)
        status, said = sentence(run("restore", str(file)))
        assert (status, said.startswith("这份备份是较新版本（")) == (1, True)


def test_the_other_kind_of_database_is_refused(run: Run, saved: Path, tmp_path: Path) -> None:
    vendor, name = ("postgresql", "dump") if EMBEDDED else ("sqlite", "sqlite3")

    def turned(manifest: Manifest) -> Manifest:
        (part,) = manifest.parts
        return replace(manifest, vendor=vendor, parts=(replace(part, name=f"database.{name}"),))

    file = repacked(saved, tmp_path / "other", turned)

    there, here = ("PostgreSQL", "SQLite") if EMBEDDED else ("SQLite", "PostgreSQL")
    status, said = sentence(run("restore", str(file)))
    assert (status, said.split("，")[0]) == (1, f"这是 {there} 数据库的备份")
    assert said.split("，")[1] == f"不能恢复到 {here}"


def test_an_older_version_is_restored_and_then_upgraded(places: Places, tmp_path: Path) -> None:
    """Older: a version that had no ledger of agreements."""
    source, elsewhere, content = places(), places(), tmp_path / "content"
    areas = tmp_path / "areas.csv"
    areas.write_text("区划代码,名称,类型\n510703,涪城区,区\n", encoding="utf-8")
    assert source.run("migrate").status == 0
    assert source.run("import", "areas", str(areas)).status == 0
    figures = source.figures()
    django = [sys.executable, "-m", "django", "migrate", "bargaining", "zero", "--verbosity=0"]
    older = source.environment | {"DJANGO_SETTINGS_MODULE": "gongjian.settings"}
    subprocess.run(django, env=older, check=True)
    if EMBEDDED:
        source.ask(f"VACUUM INTO '{content}'")
        vendor, name = "sqlite", "database.sqlite3"
    else:
        address = [f"--host={ENTRY['HOST']}", f"--username={ENTRY['USER']}", source.name]
        subprocess.run(["pg_dump", "-Fc", "-f", content, *address], check=True)
        vendor, name = "postgresql", "database.dump"
    manifest = Manifest(
        format=FORMAT,
        product="0.0.9",
        vendor=vendor,
        made="2026-01-02T03:04:05+08:00",
        facts=facts(source.ask),
        parts=(Part(name=name, bytes=0, sha256=""),),
    )
    file = packed(manifest, content, tmp_path / "older")

    answer = elsewhere.run("restore", str(file))

    assert (answer.status, answer.error) == (0, "")
    assert answer.out.splitlines()[1] == (
        "这是旧版本的备份：请先运行 gongjian migrate 升级，再运行 gongjian audit verify 核验。"
    )
    assert elsewhere.run("figures", "--at", DAYS[0]).status == 2
    assert elsewhere.run("migrate").status == 0
    assert elsewhere.run("audit", "verify").status == 0
    assert elsewhere.figures() == figures


# ------------------------------------------------------------------ killed in the middle


@pytest.mark.proof
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=lambda s: s.name)
def test_a_killed_backup_leaves_nothing_under_its_name(
    source: Place, tmp_path: Path, end: signal.Signals
) -> None:
    file = tmp_path / "county.backup"
    begun = time.monotonic()
    assert source.run("backup", "--out", str(tmp_path / "other")).status == 0
    whole = time.monotonic() - begun
    process = source.start("backup", "--out", str(file))
    time.sleep(whole * 0.9)
    process.send_signal(end)
    process.wait()
    if file.exists():
        assert manifest_of(file).facts.change == 5
    if end == signal.SIGTERM:
        assert list(tmp_path.glob(".*.partial")) == []

    # What a killed run could not clear up, the next one does.
    assert source.run("backup", "--out", str(file), "--overwrite").status == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "county.backup",
        "county.backup.keys",
        "other",
        "other.keys",
    ]


@pytest.mark.proof
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=lambda s: s.name)
def test_a_killed_restore_leaves_nothing_or_everything(
    saved: Path, places: Places, end: signal.Signals
) -> None:
    begun = time.monotonic()
    assert places().run("restore", str(saved)).status == 0
    whole = time.monotonic() - begun
    elsewhere = places()
    process = elsewhere.start("restore", str(saved))
    time.sleep(whole * 0.8)
    process.send_signal(end)
    process.wait()

    again = elsewhere.run("restore", str(saved))
    assert (again.status == 0) != ("里已经有数据" in again.error), again.error
    assert elsewhere.run("audit", "verify").status == 0
    assert list(elsewhere.folder.glob(".*.partial")) == []
