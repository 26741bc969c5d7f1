"""Valid numbers made to order, for tests and for the demonstration data."""

from datetime import date
from typing import Final

from stdnum.cn import uscc

from gongjian.core.codes import identity_check

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714
_BODIES: Final = len(_ALPHABET) ** 8


def make_credit_code(seed: int, *, kind: str = "91", area: str = "510703") -> str:
    """A valid credit code, another one for each seed.

    `kind` is the registering office and category, two digits: 91 an enterprise,
    81 a trade union. Raise ValueError for a seed outside 0 … 31**8 - 1.
    """
    if not 0 <= seed < _BODIES:
        raise ValueError(f"seed {seed} is outside 0 … {_BODIES - 1}")
    body = ""
    for _ in range(8):
        seed, place = divmod(seed, len(_ALPHABET))
        body = _ALPHABET[place] + body
    first17 = kind + area + body + _organisation_check(body)
    return first17 + str(uscc.calc_check_digit(first17))


def make_identity(area6: str, birth: date, seq: int) -> str:
    """A valid identity number; an odd `seq` (0 … 999) is a man's, an even one a woman's."""
    if not 0 <= seq <= 999:
        raise ValueError(f"seq {seq} is outside 0 … 999")
    first17 = f"{area6}{birth:%Y%m%d}{seq:03}"
    return first17 + identity_check(first17)


def _organisation_check(body: str) -> str:
    total = sum(
        int(character, 36) * weight
        for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    check = 11 - total % 11
    return "X" if check == 10 else str(check % 11)
