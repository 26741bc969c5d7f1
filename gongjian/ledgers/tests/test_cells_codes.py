from datetime import date
from typing import Any

import pytest

from gongjian.core.builders import make_credit_code, make_identity
from gongjian.ledgers.cells import (
    CreditCode,
    Kind,
    Phone,
    PlainCode,
    Raw,
    Reference,
    read_identity,
)

RESIDENT = "居民身份证"
MAN = make_identity("510703", date(1980, 1, 1), 123)
CODE = make_credit_code(7)
SPRING = date(2011, 3, 5)


def outcome(kind: Kind, raw: Raw) -> tuple[Any, list[str]]:
    """The value and the codes of the flaws."""
    read = kind.read(raw)
    return read.value, [flaw.code for flaw in read.flaws]


@pytest.mark.parametrize(
    ("raw", "value", "codes"),
    [
        (CODE, CODE, []),
        (CODE.lower(), CODE, []),
        (f" {CODE}\u3000", CODE, []),
        ("".join(chr(ord(c) + 0xFEE0) for c in CODE), CODE, []),
        (CODE[:-1], None, ["uscc-checksum"]),
        (CODE[:-1] + ("0" if CODE[-1] != "0" else "1"), None, ["uscc-checksum"]),
        (CODE[:8] + " " + CODE[8:], None, ["uscc-checksum"]),
        (5.10703e17, None, ["digits-lost"]),
        ("5.10703E+17", None, ["digits-lost"]),
        ("9e+17", None, ["digits-lost"]),
        (510703.0, None, ["uscc-checksum"]),
        (SPRING, None, ["type"]),
        (True, None, ["type"]),
    ],
)
def test_credit_code(raw: Raw, value: str | None, codes: list[str]) -> None:
    assert outcome(CreditCode(), raw) == (value, codes)


@pytest.mark.parametrize("kind", [PlainCode(), Reference()])
@pytest.mark.parametrize(
    ("raw", "value", "codes"),
    [
        (510703.0, "510703", []),
        (" ５１０７０３ ", "510703", []),
        ("绵工发〔2011〕12号", "绵工发〔2011〕12号", []),
        (10**14, "1" + "0" * 14, []),
        (10.0**15, None, ["digits-lost"]),
        ("5.10703E+17", None, ["digits-lost"]),
        ("1E5", "1E5", []),
        (510703.5, None, ["type"]),
        (-1, None, ["type"]),
        (SPRING, None, ["type"]),
        (float("nan"), None, ["type"]),
    ],
)
def test_code_without_check(kind: Kind, raw: Raw, value: str | None, codes: list[str]) -> None:
    assert outcome(kind, raw) == (value, codes)


def test_code_gets_half_width_marks() -> None:
    assert outcome(PlainCode(), "ＪＴ－２０１１／３") == ("JT-2011/3", [])


def test_reference_by_credit_code_is_upper_case_and_by_name_is_as_written() -> None:
    assert outcome(Reference(), CODE.lower()) == (CODE, [])
    assert outcome(Reference(), "Abc公司工会") == ("Abc公司工会", [])


@pytest.mark.parametrize(
    ("raw", "value", "codes"),
    [
        ("13812345678", "13812345678", []),
        (13812345678.0, "13812345678", []),
        ("0816-2345678", "0816-2345678", []),
        ("０８１６－２３４５６７８", "0816-2345678", []),
        ("（0816）2345678转801", "(0816)2345678转801", []),
        ("13812345678/13912345678", "13812345678/13912345678", []),
        ("1381234567a", None, ["type"]),
        ("无", None, ["type"]),
        ("-", None, ["type"]),
        ("1.38E+10", None, ["digits-lost"]),
        (1e15, None, ["digits-lost"]),
        (SPRING, None, ["type"]),
    ],
)
def test_phone(raw: Raw, value: str | None, codes: list[str]) -> None:
    assert outcome(Phone(), raw) == (value, codes)


@pytest.mark.parametrize(
    ("kind", "raw", "value", "codes"),
    [
        (RESIDENT, MAN, MAN, []),
        (RESIDENT, "11010519491231002x", "11010519491231002X", []),
        (RESIDENT, "１１０１０５１９４９１２３１００２ｘ", "11010519491231002X", []),
        (RESIDENT, "130503670401001", "130503196704010016", ["id-15"]),
        (RESIDENT, 130503670401001.0, "130503196704010016", ["id-15"]),
        (RESIDENT, "130503671301001", None, ["id-checksum"]),
        (RESIDENT, "110105194912310021", None, ["id-checksum"]),
        (RESIDENT, "11010519491231002", None, ["id-checksum"]),
        (RESIDENT, 110105194912310020.0, None, ["digits-lost"]),
        (RESIDENT, "1.10105E+17", None, ["digits-lost"]),
        (RESIDENT, SPRING, None, ["type"]),
        (RESIDENT, True, None, ["type"]),
        ("港澳居民居住证", "81000019800101123" + "7", None, ["id-checksum"]),
        ("台湾居民居住证", "130503670401001", None, ["id-checksum"]),
        ("护照", "e1234567８", "E12345678", []),
        ("护照", 12345678.0, "12345678", []),
        ("护照", "E12", None, ["id-checksum"]),
        ("护照", "E-1234567", None, ["id-checksum"]),
        ("其他", "A" * 31, None, ["id-checksum"]),
        ("外国人永久居留证", "USA110180010112", "USA110180010112", []),
    ],
)
def test_identity(kind: str, raw: Raw, value: str | None, codes: list[str]) -> None:
    read = read_identity(kind, raw)

    assert (read.value, [flaw.code for flaw in read.flaws]) == (value, codes)


@pytest.mark.parametrize("kind", ["港澳居民居住证", "台湾居民居住证"])
def test_residence_permits_follow_the_rule_of_eighteen(kind: str) -> None:
    number = make_identity("830000", date(1990, 5, 1), 2)

    assert read_identity(kind, number) == (number, ())


@pytest.mark.parametrize(
    "raw", ["110105194912310021", "1101051949123100\x0021", "110105194912310021" * 20, MAN[:-3]]
)
@pytest.mark.parametrize("kind", [RESIDENT, "护照"])
def test_no_message_holds_a_whole_identity_number(kind: str, raw: str) -> None:
    messages = " ".join(flaw.message for flaw in read_identity(kind, raw).flaws)

    assert "19491231" not in messages
    assert "19800101" not in messages
