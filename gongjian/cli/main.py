"""One command: parse, prepare, run, say."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from gongjian.cli.parser import build


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 refused by the data, 2 wrong use."""
    options = build().parse_args(argv)
    if options.command is None:
        build().print_help()
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.settings")
    from django.db import OperationalError, ProgrammingError  # noqa: PLC0415

    from gongjian.core.errors import Refused  # noqa: PLC0415  (help answers without it)

    try:
        run = _prepare(options.command)
        status, document, said = run(options)
    except Refused as error:
        return _refused(error, as_json=getattr(options, "json", False))
    except (OperationalError, ProgrammingError) as error:
        return _refused(_database(error), as_json=getattr(options, "json", False))
    except KeyboardInterrupt:
        sys.stderr.write("已中断，正在办理的这一次没有写入。\n")
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n" if options.json else said)
    return status


Answer = tuple[int, Any, str]
"""(exit status, document for --json, text for people)."""


def _prepare(command: str) -> Callable[[Any], Answer]:
    """Load the framework, open the database as the command needs it, find the command."""
    import django  # noqa: PLC0415

    django.setup()
    from gongjian.cli.commands import COMMANDS, ready  # noqa: PLC0415

    ready(command)
    return COMMANDS[command]


def _database(error: Exception) -> Any:
    """What is wrong with the database, as a refusal; what is wrong with us is raised again."""
    from django.db import OperationalError  # noqa: PLC0415
    from psycopg.errors import InsufficientPrivilege  # noqa: PLC0415

    from gongjian.core.errors import Refused, WrongUse  # noqa: PLC0415

    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    if isinstance(error.__cause__, InsufficientPrivilege):
        return WrongUse(f"数据库用户的权限不够（{said}），请换用有权限的用户，或请管理员授权。")
    if not isinstance(error, OperationalError):
        raise error
    if "locked" in said:
        return Refused("数据库正被别的操作占用，请稍后再试。")
    return WrongUse(f"数据库打不开（{said}），请核对 GONGJIAN_DATABASE_URL 和文件夹。")


def _refused(error: Any, *, as_json: bool) -> int:
    if as_json:
        document = {"refused": True, "message": error.sentence}
        blocking = getattr(error, "blocking", None)
        if blocking is not None:
            document = {"refused": True, "blocking": blocking}
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    sys.stderr.write(error.sentence + "\n")
    status: int = error.exit_status
    return status
