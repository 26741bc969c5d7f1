"""The commands that keep running: pages and background jobs."""

import os
import resource
import secrets
import socket
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.conf import settings

from gongjian.cli.keeper import Child, keep
from gongjian.core.errors import WrongUse
from gongjian.demo.load import holds_demo
from gongjian.demo.people import add_people
from gongjian.jobs import worker as jobs

Answer = tuple[int, Any, str]

_SIGNS: Final = "GONGJIAN_SECRET_KEY"
_GRANIAN_LOG: Final = Path(__file__).with_name("granian.json")
_THREADS: Final = 3  # pages that one web process works on at a time
_BROWSERS: Final = 8_192  # connections that one web process holds; what comes after them waits


def serve(options: Any) -> Answer:
    """Web and worker, until a signal ends both; a process that dies is started anew."""
    host, port = options.host, options.port
    _require_free(host, port)
    _hold_many()
    environment = {**os.environ, _SIGNS: lasting_secret(), "GONGJIAN_SERVING": "1"}
    if options.demo:
        _prepare_demo()
        environment["GONGJIAN_DEMO"] = "1"
    with TemporaryDirectory(prefix="gongjian-metrics-") as counts:
        web = {**environment, "PROMETHEUS_MULTIPROC_DIR": counts}
        children = [Child("web", _web(host, port, options.workers), web)]
        if not options.without_worker:
            children.append(
                Child("worker", [sys.executable, "-m", "gongjian", "worker"], environment)
            )
        status = keep(children, started=lambda: _say(host, port))
    return status, {"stopped": True}, "已停止。\n" if status == 0 else ""


def worker(_: Any) -> Answer:
    """Background jobs, until a signal ends it."""
    jobs.serve()
    return 0, {"stopped": True}, ""


def _web(host: str, port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "gongjian.web.wsgi:application"),
        *("--interface", "wsgi", "--no-ws", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(_THREADS)),
        *("--backpressure", str(_BROWSERS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
        *("--log-level", "warning", "--log-config", str(_GRANIAN_LOG)),
    ]


def _hold_many() -> None:
    """Let the processes have as many files as the system allows: each browser keeps a connection."""
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _BROWSERS + 1_024 if most == resource.RLIM_INFINITY else min(most, _BROWSERS + 1_024)
    if few != resource.RLIM_INFINITY and few < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _require_free(host: str, port: int) -> None:
    """Raise WrongUse where the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            raise WrongUse(
                f"不能在 {host}:{port} 上提供服务（{error.strerror}），"
                "请用 --host、--port 换一个地址或端口。"
            ) from None


def lasting_secret() -> str:
    """The key that signs sessions: from the environment, else from a file beside the database.

    It must outlive the process, or each restart would sign everybody out. Raises WrongUse on a
    database that has no file to lie beside.
    """
    given = os.environ.get(_SIGNS, "").strip()
    if given:
        return given
    beside: Path | None = settings.FIELD_KEY_FILE
    if beside is None:
        raise WrongUse(
            f"请用环境变量 {_SIGNS} 给出登录密钥（一串至少 50 位的随机字符），"
            "并且每次启动都用同一个，否则每次重启所有人都要重新登录。"
        )
    return _from_file(beside.with_name("gongjian.secret"))


def _from_file(path: Path) -> str:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = path.read_text(encoding="ascii").strip()
        if len(kept) < 50:
            raise WrongUse(f"登录密钥文件“{path}”不完整，请删除它，重新启动。") from None
        return kept
    made = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{made}\n")
    return made


def _prepare_demo() -> None:
    """Accounts anybody may use: only where nothing but the invented city is kept."""
    if not holds_demo():
        raise WrongUse("这个数据库里不是演示市，不能用 --demo 启动：演示账号的密码人人可见。")
    add_people()


def _say(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"工建已启动：http://{shown}:{port}/ （按 Ctrl-C 停止）\n")
    sys.stdout.flush()
