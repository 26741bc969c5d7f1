"""Reading settings from the environment: typed, and failing by the name of the variable."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from gongjian.core.errors import WrongUse

_SQLITE: Final = "sqlite:///"
_IN_MEMORY: Final = ":memory:"
_FORMS: Final = "请写成 sqlite:///文件路径 或 postgresql://用户:口令@主机:端口/库名"
_CONNECTION: Final = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
_INIT_SQLITE: Final = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
    "PRAGMA cache_size=-64000;PRAGMA mmap_size=268435456"
)
_YES: Final = frozenset({"1", "true", "yes", "on"})
_NO: Final = frozenset({"", "0", "false", "no", "off"})


def env_text(name: str, default: str) -> str:
    """The variable's text; the default where it is unset or blank."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str) -> bool:
    """The variable as a switch, off where it is unset; raise WrongUse on anything else."""
    text = os.environ.get(name, "").strip().lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise WrongUse(f"环境变量 {name} 的值“{text}”无效，请填 1 或 0。")


def env_number(name: str, default: int, least: int, most: int) -> int:
    """The variable as a whole number; raise WrongUse on anything else, or out of bounds."""
    text = env_text(name, str(default))
    if text.isascii() and text.isdigit() and least <= int(text) <= most:
        return int(text)
    raise WrongUse(f"环境变量 {name} 的值“{text}”无效，请填 {least} 至 {most} 的整数。")


def env_choice(name: str, default: str, choices: Sequence[str]) -> str:
    """The variable as one of ``choices``; raise WrongUse on anything else."""
    text = env_text(name, default).lower()
    if text in choices:
        return text
    raise WrongUse(f"环境变量 {name} 的值“{text}”无效，请填 {'、'.join(choices)} 中的一个。")


def env_list(name: str) -> list[str]:
    """The parts of the variable between its commas, without blanks; none where it is unset."""
    return [part.strip() for part in env_text(name, "").split(",") if part.strip()]


def env_secret(name: str, file: str) -> str:
    """The variable ``name``, or what the file holds that ``file`` names; blank for neither.

    Raises WrongUse where the file cannot be read, without what it holds.
    """
    path = env_text(file, "")
    if not path:
        return env_text(name, "")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(f"环境变量 {file} 指的文件“{path}”读不出来，请核对路径和权限。") from error


def env_database(name: str, default: Path) -> dict[str, Any]:
    """The variable as an entry of Django's DATABASES; `default` is an SQLite file.

    Forms: `sqlite:///path` (relative to the working folder), `sqlite:////absolute`,
    `sqlite:///:memory:`, `postgresql://user:password@host:port/name`, and
    `postgresql:///name?host=/socket/folder&user=name`. What a file path holds is
    taken as it is; in a PostgreSQL address `%XX` is decoded. Further parameters
    (`sslmode` …) go to the driver. Raise WrongUse, without the password.
    """
    url = env_text(name, f"{_SQLITE}{default}")
    scheme = url.split(":", 1)[0]
    if url.startswith(_SQLITE) and len(url) > len(_SQLITE):
        return _sqlite(url.removeprefix(_SQLITE))
    if scheme in {"postgresql", "postgres"}:
        try:
            return _postgresql(urlsplit(url))
        except ValueError:
            pass
    raise WrongUse(f"环境变量 {name}（以“{scheme}”开头）不是数据库地址，{_FORMS}。")


def _sqlite(path: str) -> dict[str, Any]:
    # Django itself turns foreign keys on for every SQLite connection.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path if path == _IN_MEMORY else str(Path(path).absolute()),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": _INIT_SQLITE,
        },
    }


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ValueError("no database name")
    entry = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
    }
    query = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    entry |= {_CONNECTION[key]: value for key, value in query.items() if key in _CONNECTION}
    options = {key: value for key, value in query.items() if key not in _CONNECTION}
    return {**entry, "OPTIONS": options}
