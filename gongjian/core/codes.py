"""Public numbers of China: unified social credit codes and citizen identity numbers.

A credit code (GB 32100-2015) has 18 characters and a check character modulo 31. An identity
number (GB 11643-1999) has 18: six digits of the place of registration, the birth date, three of
sequence whose last is odd for men, and a check character modulo 11; the first generation had 15,
with two digits of the year and no check. Place digits are not held against a table of counties:
they name where a person was registered, which may be a county that did not exist at birth.
"""

import re
from datetime import date
from typing import Final, Literal

from stdnum.cn import uscc

from gongjian.core.days import today

_CREDIT: Final = re.compile(r"[0-9]{8}[0-9A-Z]{10}")
_IDENTITY: Final = re.compile(r"[0-9]{17}[0-9X]")
_OLD_IDENTITY: Final = re.compile(r"[0-9]{15}")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_FIRST_YEAR: Final = 1900


def credit_code_ok(text: str) -> bool:
    """Whether `text` is a credit code: 18 characters, upper case, right check character."""
    return bool(_CREDIT.fullmatch(text)) and bool(uscc.is_valid(text))


def identity_check(first17: str) -> str:
    """The check character that belongs to the first 17 digits of an identity number."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def identity_fault(text: str) -> str | None:
    """What is wrong with an 18-character identity number, in Chinese; None if nothing is."""
    if len(text) != 18:
        return f"应为 18 位，现为 {len(text)} 位"
    if not _IDENTITY.fullmatch(text):
        return "只能由数字组成，末位可为 X"
    if _birth(text[6:14]) is None:
        return "中的出生日期不存在"
    if text[17] != identity_check(text[:17]):
        return "的校验码不对"
    return None


def identity_ok(text: str) -> bool:
    """Whether `text` is an identity number of 18 characters, with an upper-case X."""
    return identity_fault(text) is None


def upgrade_15(text: str) -> str | None:
    """The 18-character form of a 15-digit number; None where that has no real birth date."""
    if not _OLD_IDENTITY.fullmatch(text):
        return None
    first17 = f"{text[:6]}19{text[6:]}"
    if _birth(first17[6:14]) is None:
        return None
    return first17 + identity_check(first17)


def birth_of(id18: str) -> date:
    """The birth date in a valid 18-character identity number."""
    return date(int(id18[6:10]), int(id18[10:12]), int(id18[12:14]))


def sex_of(id18: str) -> Literal["男", "女"]:
    """The sex in a valid 18-character identity number."""
    return "男" if int(id18[16]) % 2 else "女"


def mask_identity(text: str) -> str:
    """An identity number as it may be shown: the birth date and more hidden."""
    if len(text) >= 18:
        return _masked(text, 6, 4)
    if len(text) >= 15:
        return _masked(text, 6, 3)
    return _masked(text, len(text) // 4, len(text) // 4)


def mask_phone(text: str) -> str:
    """A telephone number as it may be shown: 138****5678."""
    shortest = 11  # of a mobile number
    return _masked(text, min(3, len(text) // 3), 4 if len(text) >= shortest else len(text) // 3)


def _masked(text: str, head: int, tail: int) -> str:
    end = len(text) - tail
    return text[:head] + "*" * (end - head) + text[end:]


def _birth(digits: str) -> date | None:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR and day <= today() else None
