import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from gongjian.core.crypto import VARIABLE, FieldKeys, ensure_key_file, generate, load_keys
from gongjian.core.errors import Refused, WrongUse

OLD, NEW, OTHER = (base64.urlsafe_b64encode(bytes([n]) * 32).decode() for n in (1, 2, 3))
NUMBER = "510703199001011234"


@given(text=st.text(), label=st.text())
def test_what_is_sealed_opens(text: str, label: str) -> None:
    keys = FieldKeys.parse(OLD)

    assert keys.open(keys.seal(text, label), label) == text


def test_sealing_twice_gives_other_bytes_of_known_length() -> None:
    keys = FieldKeys.parse(OLD)

    first, second = keys.seal(NUMBER, "number"), keys.seal(NUMBER, "number")

    assert first != second
    assert len(first) == 4 + 12 + len(NUMBER) + 16


def test_another_label_does_not_open() -> None:
    keys = FieldKeys.parse(OLD)

    with pytest.raises(Refused) as refused:
        keys.open(keys.seal(NUMBER, "number"), "phone")

    assert refused.value.sentence == "“phone”的密文已被改动或放错了栏，请从备份恢复这条记录。"


@pytest.mark.parametrize("place", [4, 16, -1])
def test_a_changed_byte_does_not_open(place: int) -> None:
    keys = FieldKeys.parse(OLD)
    sealed = bytearray(keys.seal(NUMBER, "number"))
    sealed[place] ^= 1

    with pytest.raises(Refused):
        keys.open(bytes(sealed), "number")


def test_a_short_value_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        FieldKeys.parse(OLD).open(b"123", "number")

    assert refused.value.sentence == "“number”的密文不完整（3 字节），请从备份恢复这条记录。"


def test_a_foreign_key_is_named_as_missing() -> None:
    sealed = FieldKeys.parse(OTHER).seal(NUMBER, "number")

    with pytest.raises(Refused) as refused:
        FieldKeys.parse(f"{NEW},{OLD}").open(sealed, "number")

    assert refused.value.sentence == (
        "“number”的密文用的密钥不在 GONGJIAN_FIELD_KEY 中，请把原来的密钥加在后面。"
    )


def test_a_new_key_in_front_reads_the_old_and_finds_the_same() -> None:
    old, both = FieldKeys.parse(OLD), FieldKeys.parse(f" {NEW} , {OLD} ")

    assert both.open(old.seal(NUMBER, "number"), "number") == NUMBER
    assert FieldKeys.parse(NEW).open(both.seal(NUMBER, "number"), "number") == NUMBER
    assert both.blind(NUMBER, "number") == old.blind(NUMBER, "number")


def test_blind_tells_apart_texts_labels_and_keys() -> None:
    old, new = FieldKeys.parse(OLD), FieldKeys.parse(NEW)

    blinds = {
        old.blind(NUMBER, "number"),
        old.blind(NUMBER, "phone"),
        old.blind("510703199001011235", "number"),
        new.blind(NUMBER, "number"),
    }

    assert sorted(map(len, blinds)) == [16, 16, 16, 16]


def test_a_generated_key_is_taken() -> None:
    keys = FieldKeys.parse(generate())

    assert keys.open(keys.seal("甲", "name"), "name") == "甲"


@pytest.mark.parametrize("text", ["", OLD[:-4], f"{OLD}AAAA", "密" * 43, "%" * 44])
def test_a_malformed_key_is_named_by_its_place(text: str) -> None:
    with pytest.raises(WrongUse) as refused:
        FieldKeys.parse(f"{OLD},{text}")

    assert refused.value.sentence == (
        "GONGJIAN_FIELD_KEY 的第 2 个密钥无效，请填 32 字节的 url-safe base64。"
    )


def test_load_keys_prefers_the_environment(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.FIELD_KEY_FILE = tmp_path / "gongjian.key"
    ensure_key_file(settings.FIELD_KEY_FILE)
    monkeypatch.setenv(VARIABLE, OLD)

    assert load_keys().blind("甲", "name") == FieldKeys.parse(OLD).blind("甲", "name")


def test_load_keys_falls_back_to_the_file(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.FIELD_KEY_FILE = tmp_path / "gongjian.key"
    made = ensure_key_file(settings.FIELD_KEY_FILE)
    monkeypatch.delenv(VARIABLE)

    assert load_keys().blind("甲", "name") == made.blind("甲", "name")


def test_load_keys_without_environment_or_file(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    monkeypatch.delenv(VARIABLE)
    settings.FIELD_KEY_FILE = tmp_path / "gongjian.key"
    with pytest.raises(WrongUse):
        load_keys()

    settings.FIELD_KEY_FILE = None
    with pytest.raises(WrongUse):
        load_keys()


def test_the_key_file_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "gongjian.key"

    first = ensure_key_file(path)
    second = ensure_key_file(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert first.blind("甲", "name") == second.blind("甲", "name")
    assert [p.name for p in tmp_path.iterdir()] == ["gongjian.key"]


def test_a_key_file_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gongjian.key"
    ensure_key_file(path)
    path.chmod(0o644)

    with pytest.raises(WrongUse) as refused:
        ensure_key_file(path)

    assert refused.value.sentence == (
        f"密钥文件 {path} 他人可读（0644），请执行 chmod 600 {path}。"
    )
