"""What a cell may hold as it comes from a file, what reading it gives, and the common cleaning."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any, Final, Literal, NamedTuple, Protocol, TypeAlias

from gongjian.core.codes import mask_identity

Raw: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | None

CLEAR_WORD: Final = "清空"
MAX_LENGTH: Final = 200
_LOST_FROM: Final = 10**15  # a spreadsheet keeps 15 digits of a number
_SHOWN: Final = 40

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BREAKS: Final = re.compile("[ \u00a0\u3000]*[\t\n\x0b\x0c\r\x85\u2028\u2029]\\s*")
_WIDE_SPACES: Final = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_ERROR: Final = re.compile(
    r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!"
    r"|BUSY!|UNKNOWN!|GETTING_DATA|#+)",
    re.IGNORECASE,
)
# 18 or 15 digits around a birth date: an identity number that got into another column
_IDENTITY: Final = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"|\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})(?!\d)"
)
_WIDE: Final = {0xFF01 + i: 0x21 + i for i in range(94)}
_WIDE_ALNUM: Final = {wide: half for wide, half in _WIDE.items() if chr(half).isalnum()}
_MARKS: Final = _WIDE | dict.fromkeys(map(ord, "‐‑‒–—−"), ord("-")) | {ord("。"): ord(".")}


class Flaw(NamedTuple):
    """What is wrong with a cell: a code of the contract and a sentence for people."""

    code: str
    level: Literal["error", "warning"]
    message: str


class Read(NamedTuple):
    """What a cell was read as; `value` is None where a flaw is an error."""

    value: Any
    flaws: tuple[Flaw, ...]


class Kind(Protocol):
    """A kind of cell. `raw` is never blank, and 清空 and masked cells are told apart before."""

    def read(self, raw: Raw) -> Read:
        """The value in the cell, or what is wrong with it; never raises."""
        ...


class Fault(Exception):
    """An error in a cell, on its way to `attempt`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.flaw = Flaw(code, "error", message)


def attempt(parse: Callable[[Raw], Any], raw: Raw) -> Read:
    """What `parse` makes of the cell: a value, a Read with warnings, or a Fault."""
    try:
        value = parse(raw)
    except Fault as fault:
        return Read(None, (fault.flaw,))
    return value if isinstance(value, Read) else Read(value, ())


def blank(raw: Raw) -> bool:
    """Whether the cell holds nothing, or nothing that can be seen."""
    if isinstance(raw, str):
        return not raw[:1].isalnum() and not tidy(raw)
    return raw is None


def is_clear(raw: Raw) -> bool:
    """Whether the cell holds the word 清空."""
    return isinstance(raw, str) and tidy(raw) == CLEAR_WORD


def is_masked(raw: Raw) -> bool:
    """Whether the cell holds a masked value: a text with a `*` in it."""
    return isinstance(raw, str) and ("*" in raw or "＊" in raw)


def shown(raw: Raw) -> str:
    """The cell as a person saw it, at most 200 characters.

    Identity numbers are masked: they also turn up in columns that are not meant for them.
    """
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, str):
        return without_identities(tidy(raw))[:MAX_LENGTH]
    if isinstance(raw, int | float):
        return without_identities(_shown_number(raw))
    return _moment_text(raw)


def without_identities(text: str) -> str:
    """The text with every identity number in it masked."""
    return _IDENTITY.sub(lambda found: mask_identity(found[0]), text)


def quoted(raw: Raw) -> str:
    """The cell for use inside a sentence: in quotation marks and not too long."""
    text = shown(raw)
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[:_SHOWN]}…”"


def tidy(text: str) -> str:
    """Trimmed text on one line: digits and letters half-width, no invisible characters."""
    # Most cells are plain: what is looked for below is never printable, or never ASCII.
    if not text.isprintable():
        text = _WIDE_SPACES.sub(" ", _BREAKS.sub(" ", _INVISIBLE.sub("", text)))
    text = text.strip()
    return text if text.isascii() else text.translate(_WIDE_ALNUM)


def clean(text: str, show: Callable[[Raw], str] = quoted) -> str:
    """`tidy`, or a Fault where the cell holds what no cell may hold.

    `show` is how the cell may be named in a sentence.
    """
    text = tidy(text)
    if len(text) > MAX_LENGTH:
        raise Fault("range", f"{show(text)}共 {len(text)} 个字，请缩短到 {MAX_LENGTH} 字以内。")
    if not text.isprintable() and _CONTROL.search(text):
        visible = _CONTROL.sub("□", text)
        raise Fault("type", f"{show(visible)}中有看不见的控制字符，请删除后重新输入。")
    if text.startswith("#") and _ERROR.fullmatch(text):
        raise Fault("type", f"“{text}”是表格软件的错误值，请改成实际内容。")
    return text


def clean_symbols(text: str, show: Callable[[Raw], str] = quoted) -> str:
    """`clean` for numbers, codes and dates: marks become half-width as well."""
    return clean(text, show).translate(_MARKS)


def text_of(raw: Raw) -> str:
    """The cell as text: 12.0 is "12", a date is ISO; a Fault where it cannot be."""
    if isinstance(raw, str):
        return clean(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return number_text(raw)
    return shown(raw)


def number_text(raw: float) -> str:
    """A numeric cell in plain digits; a Fault where the file has lost some of them."""
    if not isfinite_number(raw):
        raise Fault("type", "单元格里不是有效的数，请重新输入。")
    if abs(raw) >= _LOST_FROM:
        raise Fault(
            "digits-lost",
            f"{quoted(raw)}以数字格式存放，超过 15 位的数字已丢失，请把该列设为文本后重新输入。",
        )
    return format(plain_decimal(raw), "f")


def plain_decimal(raw: float) -> Decimal:
    """A finite number as it was typed: without the noise of binary fractions, 12.0 as 12."""
    if isinstance(raw, int) or raw.is_integer():
        return Decimal(int(raw))
    return Decimal(repr(raw))


def isfinite_number(raw: float) -> bool:
    """Whether a numeric cell is a number at all."""
    return isinstance(raw, int) or isfinite(raw)


def _shown_number(raw: float) -> str:
    if not isfinite_number(raw):
        return str(raw)
    if abs(raw) >= _LOST_FROM:
        return f"{Decimal(raw):.5E}"
    return format(plain_decimal(raw), "f")


def _moment_text(raw: datetime | date | time | timedelta) -> str:
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ", "seconds")
    if isinstance(raw, timedelta):
        return str(raw)
    return raw.isoformat()
