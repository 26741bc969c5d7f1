"""The keys that seal sensitive columns, checked once against the database."""

from functools import lru_cache

from gongjian.core.crypto import FieldKeys, load_keys
from gongjian.core.errors import Refused
from gongjian.history.models import KeyCheck

_WORD = "工建"
_LABEL = "history.keycheck"
_WRONG = (
    "GONGJIAN_FIELD_KEY 与这个数据库不符：请换回建库时使用的密钥"
    "（多个密钥以逗号分隔，最后一个用于查找）。"
)


@lru_cache(maxsize=1)
def field_keys() -> FieldKeys:
    """The keys from the environment, if they fit this database.

    The first use of a new database writes a check value. A wrong key would open nothing and
    find nobody, so that every member would look new; it is refused here instead.
    """
    keys = load_keys()
    held = KeyCheck.objects.filter(pk=KeyCheck.FIRST).first()
    if held is None:
        blind = keys.blind(_WORD, _LABEL)
        KeyCheck.objects.create(pk=KeyCheck.FIRST, sealed=keys.seal(_WORD, _LABEL), blind=blind)
    elif not fit(keys, bytes(held.sealed), bytes(held.blind)):
        raise Refused(_WRONG)
    return keys


def fit(keys: FieldKeys, sealed: bytes, blind: bytes) -> bool:
    """Do the keys open the sealed word of a database and find it again?"""
    if keys.blind(_WORD, _LABEL) != blind:
        return False
    try:
        keys.open(sealed, _LABEL)
    except Refused:
        return False
    return True
