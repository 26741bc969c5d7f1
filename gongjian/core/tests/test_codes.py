from datetime import date, timedelta

import pytest

from gongjian.core.builders import make_credit_code, make_identity
from gongjian.core.codes import (
    birth_of,
    credit_code_ok,
    identity_fault,
    identity_ok,
    mask_identity,
    mask_phone,
    sex_of,
    upgrade_15,
)
from gongjian.core.days import today


@pytest.mark.parametrize(
    ("code", "ok"),
    [
        ("91110000600037341L", True),
        ("91110000600037341l", False),  # the caller makes it upper case
        ("91110000600037341M", False),
        ("9111 0000600037341L", False),
        ("91110000-600037341L", False),
        ("9111000060003734L", False),
        ("A1110000600037341L", False),
        ("91110000I00037341L", False),  # I, O, S, V, Z are not used
        ("", False),
    ],
)
def test_credit_code_is_checked(code: str, ok: bool) -> None:
    assert credit_code_ok(code) is ok


@pytest.mark.parametrize("seed", [0, 1, 30, 31, 12_345, 31**8 - 1])
def test_made_credit_codes_are_valid(seed: int) -> None:
    assert credit_code_ok(make_credit_code(seed))
    assert credit_code_ok(make_credit_code(seed, kind="81", area="510700"))


def test_made_credit_codes_differ() -> None:
    assert len({make_credit_code(seed) for seed in range(2000)}) == 2000


def test_made_credit_code_has_a_range() -> None:
    with pytest.raises(ValueError, match="outside"):
        make_credit_code(31**8)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("11010519491231002X", None),
        ("440524188001010014", "中的出生日期不存在"),  # before 1900
        ("110105194912310021", "的校验码不对"),
        ("11010519490231002X", "中的出生日期不存在"),
        ("11010519491231002x", "只能由数字组成，末位可为 X"),
        ("1101051949123100A2", "只能由数字组成，末位可为 X"),
        ("11010519491231002", "应为 18 位，现为 17 位"),
    ],
)
def test_identity_number_is_checked(number: str, fault: str | None) -> None:
    assert identity_fault(number) == fault
    assert identity_ok(number) is (fault is None)


def test_identity_number_of_an_area_younger_than_its_holder_is_right() -> None:
    assert identity_ok(make_identity("510703", date(1950, 1, 1), 1))


def test_identity_number_of_today_is_right_and_of_tomorrow_is_not() -> None:
    assert identity_ok(make_identity("510703", today(), 1))
    assert not identity_ok(make_identity("510703", today() + timedelta(days=1), 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("130503670401001", "130503196704010016"),
        ("510703800101123", make_identity("510703", date(1980, 1, 1), 123)),
        ("510703801301123", None),
        ("51070380010112", None),
        ("51070380010112X", None),
    ],
)
def test_fifteen_digits_become_eighteen(old: str, new: str | None) -> None:
    assert upgrade_15(old) == new


def test_identity_number_tells_birth_and_sex() -> None:
    man = make_identity("510703", date(1980, 2, 29), 123)
    woman = make_identity("510703", date(1980, 2, 29), 124)

    assert (birth_of(man), sex_of(man)) == (date(1980, 2, 29), "男")
    assert (birth_of(woman), sex_of(woman)) == (date(1980, 2, 29), "女")


def test_made_identity_number_has_a_range() -> None:
    with pytest.raises(ValueError, match="outside"):
        make_identity("510703", date(1980, 1, 1), 1000)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("51070319800101123X", "510703********123X"),
        ("510703800101123", "510703******123"),
        ("E12345678", "E1*****78"),
        ("123", "***"),
        ("", ""),
    ],
)
def test_identity_number_is_masked(number: str, masked: str) -> None:
    assert mask_identity(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138****5678"),
        ("0816-2345678", "081*****5678"),
        ("2345678", "23***78"),
        ("12", "**"),
    ],
)
def test_phone_is_masked(number: str, masked: str) -> None:
    assert mask_phone(number) == masked
