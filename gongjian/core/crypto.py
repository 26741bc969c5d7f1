"""Encryption of single fields: sealed for reading back, blinded for searching.

A sealed value is `fingerprint (4) + nonce (12) + ciphertext and tag`, AES-256-GCM
with the field's label as associated data, so that a value moved into another
column does not open. A blinded value is a truncated HMAC-SHA256 under a key of
its own: equal texts under one label give equal bytes, so they can be searched.
"""

import base64
import binascii
import hmac
import os
import secrets
import stat
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gongjian.core.errors import Refused, WrongUse

VARIABLE: Final = "GONGJIAN_FIELD_KEY"
_KEY_BYTES: Final = 32
_FINGERPRINT_BYTES: Final = 4
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_BLIND_BYTES: Final = 16
_HEAD: Final = _FINGERPRINT_BYTES + _NONCE_BYTES


def generate() -> str:
    """A new random key in the form the setting takes: url-safe base64 of 32 bytes."""
    return base64.urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode("ascii")


class FieldKeys:
    """The keys of one installation.

    The first key encrypts, all decrypt, the last derives the search key: a new
    key is put in front, and the search key stays what it was.
    """

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        self._ciphers = {_derive(k, "fingerprint", _FINGERPRINT_BYTES): _cipher(k) for k in keys}
        self._head = _derive(keys[0], "fingerprint", _FINGERPRINT_BYTES)
        self._encrypt = self._ciphers[self._head].encrypt
        self._search = _derive(keys[-1], "search", _KEY_BYTES)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the setting: keys separated by commas. Raise WrongUse on a malformed one."""
        return cls(tuple(_decode(part, place) for place, part in enumerate(text.split(","), 1)))

    def seal(self, text: str, label: str) -> bytes:
        """Encrypt `text` for the field `label`; each call gives other bytes."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._head + nonce + self._encrypt(nonce, text.encode(), label.encode())

    def open(self, sealed: bytes, label: str) -> str:
        """Decrypt what `seal` gave for the same label. Raise Refused where that fails."""
        if len(sealed) < _HEAD + _TAG_BYTES:
            raise Refused(f"“{label}”的密文不完整（{len(sealed)} 字节），请从备份恢复这条记录。")
        cipher = self._ciphers.get(bytes(sealed[:_FINGERPRINT_BYTES]))
        if cipher is None:
            raise Refused(f"“{label}”的密文用的密钥不在 {VARIABLE} 中，请把原来的密钥加在后面。")
        try:
            text = cipher.decrypt(sealed[_FINGERPRINT_BYTES:_HEAD], sealed[_HEAD:], label.encode())
        except InvalidTag:
            raise Refused(f"“{label}”的密文已被改动或放错了栏，请从备份恢复这条记录。") from None
        return text.decode()

    def blind(self, text: str, label: str) -> bytes:
        """16 bytes that are equal for equal text and label, and tell nothing without the key."""
        message = f"{label}\0{text}".encode()
        return hmac.digest(self._search, message, "sha256")[:_BLIND_BYTES]


def load_keys() -> FieldKeys:
    """The keys of this process: the environment's, else those of the key file.

    The file (`settings.FIELD_KEY_FILE`) stands beside an SQLite database only.
    Raise WrongUse where there is neither or the key is malformed.
    """
    return _parsed(key_text())


def key_text() -> str:
    """The keys of this process as they are written, to be kept with a back-up; else as `load_keys`."""
    return os.environ.get(VARIABLE, "").strip() or _read(settings.FIELD_KEY_FILE)


def ensure_key_file(path: Path) -> FieldKeys:
    """The keys in the file, which is made with a new random key where there is none.

    The file appears whole and readable by its owner only, also when two
    processes start at once.
    """
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(generate() + "\n")
            os.link(draft, path)
        except FileExistsError:
            pass  # the other process was first: its key is the key
        finally:
            Path(draft).unlink()
    return _parsed(_read(path))


def _read(path: Path | None) -> str:
    if path is None:
        raise WrongUse(f"没有设置 {VARIABLE}，请把 32 字节密钥的 base64 写入这个环境变量。")
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise WrongUse(f"没有设置 {VARIABLE}，密钥文件 {path} 也读不出，请补上其中一个。") from None
    if os.name == "posix" and mode & 0o077:
        raise WrongUse(f"密钥文件 {path} 他人可读（{mode:04o}），请执行 chmod 600 {path}。")
    return text


@lru_cache(maxsize=8)
def _parsed(text: str) -> FieldKeys:
    return FieldKeys.parse(text)


def _decode(part: str, place: int) -> bytes:
    packed = part.strip().rstrip("=")
    try:
        key = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise WrongUse(f"{VARIABLE} 的第 {place} 个密钥无效，请填 32 字节的 url-safe base64。")
    return key


def _derive(key: bytes, purpose: str, length: int) -> bytes:
    info = f"gongjian field {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(key)


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(_derive(key, "seal", _KEY_BYTES))
