"""Back-up and restore on the command line."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gongjian.core import crypto
from gongjian.core.access import OPERATOR
from gongjian.core.errors import Refused
from gongjian.history.backup.restoring import Restored, restore
from gongjian.history.backup.saving import Saved, save

Answer = tuple[int, Any, str]


def backup(options: Any) -> Answer:
    """Write the database to one file and its keys to another."""
    path = Path(options.out)
    note = {
        "file": path.name,
        "actor": OPERATOR.id,
        "name": OPERATOR.name,
        "reason": options.reason,
    }
    with _tidy(path):
        saved = save(path, note=note, overwrite=options.overwrite)
    document = {
        "file": str(saved.file),
        "keys": str(saved.keys),
        "change": saved.facts.change,
        "bytes": saved.bytes,
        "papers": saved.papers,
    }
    return 0, document, _saved(saved)


def restore_(options: Any) -> Answer:
    """Restore into an empty database and prove that it is the same."""
    path = Path(options.file)
    with _tidy(path):
        restored = restore(path, Path(options.keys) if options.keys else None)
    document = {
        "file": str(path),
        "change": restored.facts.change,
        "records": restored.facts.record,
        "verified": not restored.outdated,
        "key_file": str(restored.key_file) if restored.key_file else None,
    }
    return 0, document, _restored(restored, path)


@contextmanager
def _tidy(path: Path) -> Iterator[None]:
    """A polite end clears up as an interruption does; trouble with files is a sentence."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except OSError as error:
        named = error.filename or path
        raise Refused(
            f"读写“{named}”时出错（{error.strerror}），没有完成，请检查磁盘空间和文件夹权限。"
        ) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _saved(saved: Saved) -> str:
    held = saved.facts
    return (
        f"已备份到 {saved.file}（{saved.bytes / (1 << 20):,.1f} MiB，"
        f"截至变更 {held.change}、留痕 {held.record} 条）。\n"
        f"密钥另写在 {saved.keys}：请把它移到别处保存，不要与备份放在一起；"
        "缺了密钥，这份备份不能恢复。\n"
    )


def _restored(restored: Restored, path: Path) -> str:
    held = restored.facts
    lines = [f"已恢复 {path}：截至变更 {held.change}、留痕 {held.record} 条，链头与备份清单一致。"]
    if restored.outdated:
        lines.append(
            "这是旧版本的备份：请先运行 gongjian migrate 升级，再运行 gongjian audit verify 核验。"
        )
    else:
        lines.append("逐条核验无误。")
    if restored.key_file:
        lines.append(f"密钥在 {restored.key_file}。")
    if restored.key_missing:
        lines.append(f"请把环境变量 {crypto.VARIABLE} 设为密钥文件里的内容，然后才能使用。")
    return "\n".join(lines) + "\n"
