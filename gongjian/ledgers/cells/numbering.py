"""Cells that hold a number which counts nothing: codes, telephones, identity numbers, references."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gongjian.core.codes import (
    credit_code_ok,
    identity_fault,
    mask_identity,
    mask_phone,
    upgrade_15,
)
from gongjian.ledgers.cells.raw import (
    Fault,
    Flaw,
    Raw,
    Read,
    attempt,
    clean,
    clean_symbols,
    number_text,
    quoted,
    shown,
)

_SCIENTIFIC: Final = re.compile(r"[0-9]\.[0-9]+E[+-]?[0-9]+|[0-9]E[+-][0-9]+", re.IGNORECASE)
_CREDIT_LENGTH: Final = 18
_CREDIT_SHAPE: Final = re.compile(r"[0-9][0-9A-Za-z]{17}")
_TELEPHONE: Final = re.compile(r"[0-9+\-() /,;、.#转分机]*[0-9][0-9+\-() /,;、.#转分机]*")
_PAPER: Final = re.compile(r"[0-9A-Z]{5,30}")
_EIGHTEEN: Final = frozenset({"居民身份证", "港澳居民居住证", "台湾居民居住证"})
_RESIDENT: Final = "居民身份证"
_MARKS: Final = str.maketrans("，－／．＿", ",-/._")


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A unified social credit code; the value is its 18 upper-case characters."""

    def read(self, raw: Raw) -> Read:
        """The code, or `digits-lost`, `uscc-checksum` or `type`."""
        return attempt(_credit_code, raw)


@dataclass(frozen=True, slots=True)
class PlainCode:
    """A code without a check: of an area, of a document, of the system; the value is a str."""

    def read(self, raw: Raw) -> Read:
        """The code, or `digits-lost`, `type` or `range`."""
        return attempt(_plain_code, raw)


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number; the value is a str."""

    def read(self, raw: Raw) -> Read:
        """The number, or `digits-lost`, `type` or `range`."""
        return attempt(_phone, raw)


@dataclass(frozen=True, slots=True)
class Reference:
    """What names another entry, its code or its name; the value is a str."""

    def read(self, raw: Raw) -> Read:
        """The code or name, or `digits-lost`, `type` or `range`."""
        return attempt(_reference, raw)


def read_identity(kind: str, raw: Raw) -> Read:
    """The number of an identity document of that kind (证件类别); the value is a str.

    Gives `digits-lost`, `id-checksum` or `type`; the warning `id-15` where a 15-digit number
    became one of 18. No message holds the whole number.
    """
    return attempt(lambda cell: _identity(kind, cell), raw)


def _identity(kind: str, raw: Raw) -> str | Read:
    number = _digits(raw, _masked_identity).upper()
    if kind in _EIGHTEEN:
        return _eighteen(kind, number)
    if not _PAPER.fullmatch(number):
        raise Fault(
            "id-checksum",
            f"{kind}号码“{mask_identity(number)}”应为 5 至 30 位字母或数字，请核对后重填。",
        )
    return number


def _eighteen(kind: str, number: str) -> str | Read:
    upgraded = upgrade_15(number) if kind == _RESIDENT else None
    if upgraded:
        message = (
            f"15 位号码“{mask_identity(number)}”已转为 18 位“{mask_identity(upgraded)}”，请核对。"
        )
        return Read(upgraded, (Flaw("id-15", "warning", message),))
    fault = identity_fault(number)
    if fault:
        raise Fault("id-checksum", f"{kind}号码“{mask_identity(number)}”{fault}，请核对后重填。")
    return number


def _credit_code(raw: Raw) -> str:
    code = _digits(raw).upper()
    if credit_code_ok(code):
        return code
    reason = "校验不符或含有不用的字符"
    if len(code) != _CREDIT_LENGTH:
        reason = f"应为 {_CREDIT_LENGTH} 位，现为 {len(code)} 位"
    raise Fault("uscc-checksum", f"代码{quoted(code)}{reason}，请对照证照重填。")


def _plain_code(raw: Raw) -> str:
    if not isinstance(raw, str):
        return _whole(raw)
    return _unspoilt(clean(raw).translate(_MARKS))


def _phone(raw: Raw) -> str:
    number = _digits(raw, _masked_phone)
    if not _TELEPHONE.fullmatch(number):
        raise Fault("type", f"{_masked_phone(number)}不是电话号码，请只填数字和连接号。")
    return number


def _reference(raw: Raw) -> str:
    text = _unspoilt(clean(raw)) if isinstance(raw, str) else _whole(raw)
    return text.upper() if _CREDIT_SHAPE.fullmatch(text) else text


def _digits(raw: Raw, show: Callable[[Raw], str] = quoted) -> str:
    if not isinstance(raw, str):
        return _whole(raw, show)
    return _unspoilt(clean_symbols(raw, show), show)


def _unspoilt(text: str, show: Callable[[Raw], str] = quoted) -> str:
    if _SCIENTIFIC.fullmatch(text):
        raise Fault(
            "digits-lost",
            f"{show(text)}是科学计数，后面的数字已丢失，请把该列设为文本后重新输入。",
        )
    return text


def _whole(raw: Raw, show: Callable[[Raw], str] = quoted) -> str:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        text = number_text(raw)
        if text.isdecimal():
            return text
    raise Fault("type", f"{show(raw)}不是号码，请把该列设为文本后重新输入。")


def _masked_identity(raw: Raw) -> str:
    return f"“{mask_identity(shown(raw))}”"


def _masked_phone(raw: Raw) -> str:
    return f"“{mask_phone(shown(raw))}”"
