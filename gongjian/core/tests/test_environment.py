from pathlib import Path
from typing import Any

import pytest

from gongjian.core.environment import (
    env_bool,
    env_choice,
    env_database,
    env_list,
    env_number,
    env_secret,
    env_text,
)
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


def test_number_within_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env_number(NAME, 25, 1, 65535) == 25
    monkeypatch.setenv(NAME, "587")
    assert env_number(NAME, 25, 1, 65535) == 587
    for wrong in ("0", "65536", "-1", "many", "５"):
        monkeypatch.setenv(NAME, wrong)
        with pytest.raises(WrongUse, match=NAME):
            env_number(NAME, 25, 1, 65535)


def test_choice_is_one_of_several(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env_choice(NAME, "tls", ("tls", "none")) == "tls"
    monkeypatch.setenv(NAME, "None")
    assert env_choice(NAME, "tls", ("tls", "none")) == "none"
    monkeypatch.setenv(NAME, "ssl3")
    with pytest.raises(WrongUse, match="ssl3"):
        env_choice(NAME, "tls", ("tls", "none"))


def test_list_has_no_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env_list(NAME) == []
    monkeypatch.setenv(NAME, " a.org , ,b.org,")
    assert env_list(NAME) == ["a.org", "b.org"]


def test_secret_comes_from_the_variable_or_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "password"
    file.write_text("rice and tea\n", encoding="utf-8")
    monkeypatch.setenv(NAME, "plain")
    assert env_secret(NAME, f"{NAME}_FILE") == "plain"
    monkeypatch.setenv(f"{NAME}_FILE", str(file))
    assert env_secret(NAME, f"{NAME}_FILE") == "rice and tea"
    file.unlink()
    with pytest.raises(WrongUse) as refused:
        env_secret(NAME, f"{NAME}_FILE")
    assert f"{NAME}_FILE" in str(refused.value)
