from pathlib import Path
from typing import Any

import pytest

from gongjian.core.environment import env_bool, env_database, env_text
from gongjian.core.errors import WrongUse

NAME = "GONGJIAN_SOMETHING"


def read(monkeypatch: pytest.MonkeyPatch, url: str) -> dict[str, Any]:
    monkeypatch.setenv(NAME, url)
    return env_database(NAME, Path("/data/gongjian.sqlite3"))


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("", "/data/gongjian.sqlite3"),
        ("sqlite:////srv/工 建%20.sqlite3", "/srv/工 建%20.sqlite3"),
        ("sqlite:///:memory:", ":memory:"),
    ],
)
def test_sqlite_path(monkeypatch: pytest.MonkeyPatch, url: str, file: str) -> None:
    entry = read(monkeypatch, url)

    assert (entry["ENGINE"], entry["NAME"]) == ("django.db.backends.sqlite3", file)
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_relative_sqlite_path_starts_in_the_working_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    assert read(monkeypatch, "sqlite:///a/b.sqlite3")["NAME"] == str(tmp_path / "a/b.sqlite3")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://li%40si:p%2Fw@db.example:5433/gongjian?sslmode=require",
            ("gongjian", "db.example", "5433", "li@si", "p/w", {"sslmode": "require"}),
        ),
        ("postgresql:///gj?host=/run/x&user=gj", ("gj", "/run/x", "", "gj", "", {})),
        ("postgres://[::1]/gj", ("gj", "::1", "", "", "", {})),
    ],
)
def test_postgresql_address(
    monkeypatch: pytest.MonkeyPatch, url: str, expected: tuple[object, ...]
) -> None:
    entry = read(monkeypatch, url)

    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert (
        tuple(entry[key] for key in ("NAME", "HOST", "PORT", "USER", "PASSWORD", "OPTIONS"))
        == expected
    )


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///",
        "sqlite://a.sqlite3",
        "mysql://u:geheim@h/db",
        "postgresql://u:geheim@h:99999/db",
        "postgresql://u:geheim@h/",
        "gongjian.sqlite3",
    ],
)
def test_a_wrong_address_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    with pytest.raises(WrongUse) as refused:
        read(monkeypatch, url)

    assert refused.value.sentence.startswith(f"环境变量 {NAME}（以“{url.split(':', 1)[0]}”开头）")
    assert "geheim" not in refused.value.sentence


@pytest.mark.parametrize(("text", "on"), [("1", True), ("True", True), ("0", False), ("", False)])
def test_env_bool(monkeypatch: pytest.MonkeyPatch, text: str, on: bool) -> None:
    monkeypatch.setenv(NAME, text)

    assert env_bool(NAME) is on


def test_env_bool_refuses_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "maybe")

    with pytest.raises(WrongUse) as refused:
        env_bool(NAME)

    assert refused.value.sentence == f"环境变量 {NAME} 的值“maybe”无效，请填 1 或 0。"


def test_env_text_takes_the_default_for_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, " ")

    assert env_text(NAME, "x") == "x"
