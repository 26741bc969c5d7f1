"""What each command calls, and how its answer is said."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gongjian.accounts.actions import add_user
from gongjian.areas.queries import root_area, tree_on
from gongjian.calendars.queries import calendar
from gongjian.calendars.rules import Span
from gongjian.cli import keeping, reporting, say, serving, store
from gongjian.cli.lake import parquet
from gongjian.cli.people import actor, area_named, union_by_name
from gongjian.core import crypto
from gongjian.core.access import OPERATOR, Actor, Permission
from gongjian.core.days import parse_day, today
from gongjian.core.errors import WrongUse
from gongjian.core.progress import Progress
from gongjian.demo.load import load
from gongjian.demo.papers import write
from gongjian.history import trail
from gongjian.history.keys import field_keys
from gongjian.history.models import KeyCheck
from gongjian.history.record import latest
from gongjian.history.undo import Touched, undo
from gongjian.indicators.declare import AFFILIATION, DIMENSIONS
from gongjian.indicators.query import figures
from gongjian.indicators.rows import rows_behind
from gongjian.ledgers import importing
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.export import write_export
from gongjian.ledgers.result import write_result
from gongjian.ledgers.scoping import require_touched_within
from gongjian.ledgers.template import write_template
from gongjian.unions.queries import root_union

Answer = tuple[int, Any, str]

WITHOUT_DATABASE = frozenset({"template"})
MAKES_DATABASE = frozenset({"migrate", "demo", "restore"})


def ready(command: str) -> None:
    """Is the database there, of this version, and do the keys fit?"""
    if command in WITHOUT_DATABASE or command in MAKES_DATABASE:
        return
    name = str(connection.settings_dict["NAME"])
    in_a_file = connection.vendor == "sqlite" and not name.startswith((":memory:", "file:"))
    missing = in_a_file and not Path(name).exists()
    if missing or _behind():  # to look would leave an empty file where there was none
        raise WrongUse(
            f"数据库“{name}”还没有建立或需要升级，请先运行 gongjian migrate；"
            f"如果不是这个数据库，请核对 GONGJIAN_DATABASE_URL。"
        )
    field_keys()


def _behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate(_: Any) -> Answer:
    """Create or upgrade the database; an embedded one gets its key file."""
    call_command("migrate", verbosity=0, interactive=False)
    made = None if KeyCheck.objects.exists() else _make_key(settings.FIELD_KEY_FILE)
    field_keys()
    return 0, {"migrated": True}, say.migrated(made)


def _make_key(path: Path | None) -> Path | None:
    """The key file just made beside an embedded database, where no key is given otherwise."""
    if path is None or path.exists() or os.environ.get(crypto.VARIABLE, "").strip():
        return None
    crypto.ensure_key_file(path)
    return path


def demo(options: Any) -> Answer:
    """Load the demo into an empty database and print its figures, or write it as workbooks."""
    if options.out_dir:
        return write(Path(options.out_dir))
    migrate(options)
    return load()


def user(options: Any) -> Answer:
    """A person with a post; the first password is printed once."""
    area = area_named(options.area) if options.area else None
    union = union_by_name(options.union) if options.union else None
    person, password = add_user(
        name=options.name, role=options.role, area_id=area, union_id=union, by=OPERATOR
    )
    document = {"user": person.get_username(), "role": options.role, "password": password}
    return 0, document, say.user(document)


def template(options: Any) -> Answer:
    """The blank template."""
    ledger = LEDGERS[options.ledger]
    path = _writable(options.out)
    write_template(ledger, path)
    return 0, {"ledger": ledger.slug, "file": str(path)}, f"已生成“{ledger.title}”模板：{path}\n"


def import_(options: Any) -> Answer:
    """Import a ledger."""
    by = actor(options.by, Permission.IMPORT_LEDGER, "导入台账", ledger=options.ledger)
    ledger, source = LEDGERS[options.ledger], Path(options.file)
    if not source.exists():
        raise WrongUse(f"找不到文件“{options.file}”，请核对路径。")
    result = _result(options.result, source)
    answer = importing.run(
        importing.Request(
            ledger=ledger,
            path=source,
            actor=by,
            sheet=options.sheet,
            on=parse_day(options.on) if options.on else None,
            dry_run=options.dry_run,
            skip_bad=options.bad_rows == "skip",
            reason=options.reason,
        )
    )
    if result is not None and all(p.code != "unreadable" for p in answer.problems):
        write_result(source, answer, ledger, result)
    if answer.change is not None and not options.reason:
        reporting.warn_unsaid(answer.change)
    unread = answer.refused and (options.bad_rows != "skip" or not answer.outcomes)
    return int(unread), answer.as_json(), say.imported(answer, ledger, options)


def _result(name: str | None, source: Path) -> Path | None:
    """Where the result goes: never over the very paper it is about."""
    if not name:
        return None
    path = _writable(name)
    if path.exists() and path.samefile(source):
        raise WrongUse(f"“{name}”就是要导入的表，结果请另写一个文件名。")
    return path


def undo_(options: Any) -> Answer:
    """Take one change back."""
    by = actor(options.by, Permission.UNDO_CHANGE, "撤销变更")

    def allow(touched: Touched) -> None:
        require_touched_within(touched, options.change, by.scope)

    author = importing.author(by, options.reason)
    with Progress(None, "撤销变更"):
        made = undo(options.change, by=author, allow=allow)
    document = {"change": made.number, "undone": options.change}
    return 0, document, f"已撤销变更 {options.change}，本次撤销记为变更 {made.number}。\n"


def figures_(options: Any) -> Answer:
    """Figures of an area."""
    asked = _asked(options)
    with Progress(None, "计算数字"):
        answer = figures(options.codes, children=options.children, **asked)
    tree = DIMENSIONS[options.tree].tree_on(asked["day"], None)
    name = tree.name(asked["node"]) if asked["node"] in tree.leaves() else ""
    return 0, answer, say.figures(answer, name or answer[DIMENSIONS[options.tree].word])


def rows(options: Any) -> Answer:
    """The named rows behind one figure."""
    with Progress(None, "取出名单"):
        found = rows_behind(options.code, **_asked(options))
    if options.out:
        say.write_rows(found, _writable(options.out))
    return 0, found, say.rows(found, options.out)


def _asked(options: Any) -> dict[str, Any]:
    day = parse_day(options.at)
    if options.known_at is not None and options.known_at < 0:
        raise WrongUse(f"--known-at {options.known_at} 不是变更编号，请填 0 或更大的整数。")
    return {
        "day": day,
        "known_at": options.known_at,
        "node": _node(options, day),
        "year_start": options.year_start,
        "tree": options.tree,
    }


def _node(options: Any, day: date) -> int:
    """The area or union that is asked about; the one at the top where none is named."""
    if options.tree == AFFILIATION:
        if options.area:
            raise WrongUse(
                "按工会隶属统计（--tree affiliation）请用 --union 指定工会，不用 --area。"
            )
        return union_by_name(options.union) if options.union else root_union(day)
    if options.union:
        raise WrongUse("指定工会（--union）时请加上 --tree affiliation，按工会隶属统计。")
    return area_named(options.area) if options.area else root_area(day)


def export(options: Any) -> Answer:
    """Export a ledger in the import format."""
    by = _exporter(options)
    ledger, path = LEDGERS[options.ledger], _writable(options.out)
    day = parse_day(options.at) if options.at else today()
    within = _within(options, by, day)
    count = write_export(
        ledger, path, day=day, within=within, history=options.history, unmask=options.unmask
    )
    trail.note(
        "export",
        {
            "ledger": ledger.slug,
            "rows": count,
            "at": day.isoformat(),
            "area": options.area or "",
            "history": options.history,
            "unmasked": options.unmask,
            "actor": by.id,
            "name": by.name,
            "reason": options.reason,
        },
    )
    return 0, {"rows": count, "file": str(path)}, f"已导出 {count} 行到 {path}\n"


def _exporter(options: Any) -> Actor:
    if not options.unmask:
        return actor(options.by, Permission.EXPORT_LEDGER, "导出台账")
    if not options.reason.strip():
        raise WrongUse("导出完整的证件号码和电话必须说明理由，请用 --reason 写明。")
    actor(options.by, Permission.EXPORT_LEDGER, "导出台账")
    return actor(options.by, Permission.UNMASK, "导出完整的证件号码和电话")


def _within(options: Any, by: Actor, day: date) -> dict[str, frozenset[int]] | None:
    """Entry ids by ledger that may be seen: the area asked for, inside one's own scope."""
    if not options.area:
        return None if by.scope.everything else dict(by.scope.inside)
    below = tree_on(day).below(area_named(options.area))
    if by.scope.everything:
        return {"areas": below}
    return {"areas": below & by.scope.inside.get("areas", frozenset())}


def changes(options: Any) -> Answer:
    """The latest changes, newest first."""
    found = latest(options.last)
    return 0, {"changes": found}, say.changes(found)


def audit(_: Any) -> Answer:
    """Verify the chain of records."""
    with Progress(None, "逐条核验"):
        verdict = trail.verify()
    return int(not verdict.ok), verdict._asdict(), say.verified(verdict)


def _writable(name: str) -> Path:
    path = Path(name)
    if path.is_dir() or not path.parent.is_dir():
        raise WrongUse(f"不能写到“{name}”，请换一个已有文件夹里的文件名。")
    if path.suffix.lower() != ".xlsx":
        raise WrongUse(f"只能写成 .xlsx 文件，请把“{name}”改成以 .xlsx 结尾的文件名。")
    return path


def due(options: Any) -> Answer:
    """The last day of a span."""
    span = Span.read(options.span)
    found = calendar().due(parse_day(options.date), span, roll=options.roll)
    document = {"due": found.day.isoformat(), "published": found.published}
    return 0, document, say.due(found)


COMMANDS: dict[str, Callable[[Any], Answer]] = {
    "migrate": migrate,
    "demo": demo,
    "serve": serving.serve,
    "worker": serving.worker,
    "user": user,
    "template": template,
    "import": import_,
    "undo": undo_,
    "figures": figures_,
    "rows": rows,
    "export": export,
    "parquet": parquet,
    "audit": audit,
    "changes": changes,
    "due": due,
    "lock": reporting.lock_,
    "difference": reporting.difference,
    "matrix": store.matrix_,
    "store": store.verify,
    "backup": keeping.backup,
    "restore": keeping.restore_,
}
