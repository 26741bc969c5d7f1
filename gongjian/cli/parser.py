"""The words of the command line, in Chinese, without loading anything heavy."""

import argparse
from typing import Any, Final, NoReturn, TypeAlias

LEDGERS: Final = (
    "areas",
    "employers",
    "unions",
    "coverage",
    "members",
    "agreements",
    "agreement-coverage",
)
TREES: Final = ("territory", "affiliation")
ROLES: Final = (
    "city-organiser",
    "county-organiser",
    "township-clerk",
    "union-officer",
    "grid-worker",
    "inspector",
    "leader",
    "auditor",
    "administrator",
)


class Parser(argparse.ArgumentParser):
    """argparse in Chinese; wrong use ends with status 2."""

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, **options)  # type: ignore[arg-type]
        self.add_argument("-h", "--help", action="help", help="显示帮助")
        self._positionals.title = "参数"
        self._optionals.title = "选项"

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "用法：", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}用法不对：{_said(message)}\n")


def _said(message: str) -> str:
    for english, chinese in (
        ("the following arguments are required:", "缺少参数"),
        ("unrecognized arguments:", "不认识的参数"),
        ("expected one argument", "后面要跟一个值"),
        ("invalid choice:", "没有这个选项："),
        ("choose from", "可选"),
        ("argument ", "参数 "),
        ("one of the arguments", "必须给出其中之一："),
        ("is required", "（必填）"),
        ("not allowed with argument", "不能同时使用"),
        ("invalid int value:", "不是整数："),
    ):
        message = message.replace(english, chinese)
    return message


def build() -> Parser:
    """The whole command line."""
    parser = Parser(prog="gongjian", description="工建：两个普遍工作平台。每个数字都能打开到名单。")
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=Parser)
    _setup(commands)
    _ledgers(commands)
    _lake(commands)
    _figures(commands)
    _trail(commands)
    _reporting(commands)
    _calendar(commands)
    _keeping(commands)
    return parser


Commands: TypeAlias = Any
"""What argparse gives for sub-commands; its type has no public name."""


def _command(commands: Commands, name: str, help_: str) -> Parser:
    command: Parser = commands.add_parser(name, help=help_, description=help_)
    command.add_argument("--json", action="store_true", help="只输出一个 JSON 文档")
    return command


def _setup(commands: Commands) -> None:
    _command(commands, "migrate", "建立或升级数据库")
    demo = _command(commands, "demo", "导入演示市，并列出数字和打开它们的命令")
    demo.add_argument("--out-dir", metavar="D", help="不导入，写成七份工作簿放进这个文件夹")
    _serving(commands)
    user = commands.add_parser("user", help="人员与岗位", description="人员与岗位")
    people = user.add_subparsers(dest="action", metavar="动作", parser_class=Parser, required=True)
    add = _command(people, "add", "增加一个人和他的岗位，打印一次初始密码")
    add.add_argument("name", metavar="NAME", help="用户名")
    add.add_argument("--role", required=True, choices=ROLES, metavar="ROLE", help="、".join(ROLES))
    place = add.add_mutually_exclusive_group(required=True)
    place.add_argument("--area", metavar="CODE", help="区划代码")
    place.add_argument("--union", metavar="CODE", help="工会代码或全称")


def _serving(commands: Commands) -> None:
    serve = _command(commands, "serve", "提供网页并办理后台作业，按 Ctrl-C 停止")
    serve.add_argument("--host", default="127.0.0.1", metavar="H", help="地址，默认 127.0.0.1")
    serve.add_argument("--port", type=int, default=8000, metavar="P", help="端口，默认 8000")
    serve.add_argument("--workers", type=int, default=2, metavar="N", help="网页进程数，默认 2")
    serve.add_argument("--demo", action="store_true", help="演示市：登录页列出每种角色一个账号")
    serve.add_argument("--without-worker", action="store_true", help="只提供网页")
    _command(commands, "worker", "只办理后台作业，按 Ctrl-C 停止")


def _ledgers(commands: Commands) -> None:
    template = _command(commands, "template", "生成空白 Excel 模板")
    template.add_argument("ledger", choices=LEDGERS, metavar="LEDGER", help="、".join(LEDGERS))
    template.add_argument("--out", required=True, metavar="F.xlsx", help="写到哪个文件")
    read = _command(commands, "import", "导入一份台账")
    read.add_argument("ledger", choices=LEDGERS, metavar="LEDGER", help="、".join(LEDGERS))
    read.add_argument("file", metavar="FILE", help="xlsx、xls、csv 或网页表格")
    read.add_argument("--sheet", metavar="S", help="工作表名")
    read.add_argument(
        "--on",
        metavar="DATE",
        help="没有写生效日期的行从哪天起算，默认当天；新记录写了成立日期、建会日期等的，从那天起算",
    )
    read.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    read.add_argument(
        "--bad-rows",
        choices=("refuse", "skip"),
        default="refuse",
        help="有错时整份不导入（refuse，默认），或只导入没错的行（skip）",
    )
    read.add_argument("--result", metavar="F.xlsx", help="把结果写回一份标好错误的 Excel")
    _by(read)
    write = _command(commands, "export", "导出一份台账")
    write.add_argument("ledger", choices=LEDGERS, metavar="LEDGER", help="、".join(LEDGERS))
    write.add_argument("--out", required=True, metavar="F.xlsx", help="写到哪个文件")
    write.add_argument("--at", metavar="DATE", help="到哪一天，默认当天")
    write.add_argument("--area", metavar="CODE", help="只导出这个区划")
    write.add_argument("--history", action="store_true", help="每段取值各写一行")
    write.add_argument(
        "--unmask", action="store_true", help="写出完整的证件号码和电话（须说明理由）"
    )
    _by(write)


def _lake(commands: Commands) -> None:
    files = _command(commands, "parquet", "把全部台账写成 Parquet 文件，供 DuckDB、Spark 计算")
    files.add_argument("--out-dir", required=True, metavar="D", help="写到哪个新的或空的文件夹")
    files.add_argument(
        "--after", type=int, default=0, metavar="CHANGE", help="只写这次变更之后的，默认从头"
    )
    files.add_argument("--reason", metavar="R", default="", help="理由")


def _by(command: Parser) -> None:
    command.add_argument("--by", metavar="USER", help="由谁办理，默认本机操作员")
    command.add_argument("--reason", metavar="R", default="", help="理由")


def _figures(commands: Commands) -> None:
    figures = _command(commands, "figures", "一个区划某一天的数字")
    figures.add_argument("codes", nargs="*", metavar="CODE", help="指标代码，默认全部")
    figures.add_argument("--children", action="store_true", help="连同下一级")
    _store(commands)
    rows = _command(commands, "rows", "一个数字背后的名单")
    rows.add_argument("code", metavar="CODE", help="指标代码")
    rows.add_argument("--out", metavar="F.xlsx", help="写成 Excel")
    for command in (figures, rows):
        command.add_argument("--at", required=True, metavar="DATE", help="哪一天")
        command.add_argument("--known-at", type=int, metavar="CHANGE", help="按变更几时的所知")
        node = command.add_mutually_exclusive_group()
        node.add_argument("--area", metavar="CODE", help="区划代码，默认最上一级")
        node.add_argument("--union", metavar="U", help="工会代码或全称，默认最上一级")
        command.add_argument(
            "--tree",
            choices=TREES,
            default=TREES[0],
            help="按区划（territory，默认）或按工会隶属（affiliation）",
        )
        command.add_argument(
            "--year-start", default="01-01", metavar="MM-DD", help="年度起始日，默认 01-01"
        )


def _store(commands: Commands) -> None:
    matrix = _command(commands, "matrix", "下级各区划在截止日的数字，一张大表")
    matrix.add_argument("codes", nargs="*", metavar="CODE", help="指标代码，默认全部")
    matrix.add_argument(
        "--at", required=True, action="append", metavar="DATE", help="哪一天，可以给几个"
    )
    matrix.add_argument("--area", metavar="CODE", help="区划代码，默认最上一级")
    matrix.add_argument("--depth", type=int, default=1, metavar="N", help="下几级，默认 1")
    store = commands.add_parser("store", help="留存的数字", description="留存的数字")
    deeds = store.add_subparsers(dest="action", metavar="动作", parser_class=Parser, required=True)
    _command(deeds, "verify", "把留存的数字与逐行重算的核对")


def _trail(commands: Commands) -> None:
    undo = _command(commands, "undo", "撤销一次变更")
    undo.add_argument("change", type=int, metavar="CHANGE", help="变更编号")
    _by(undo)
    changes = _command(commands, "changes", "最近的变更：编号、时间、经办人、来源和理由")
    changes.add_argument("--last", type=int, default=20, metavar="N", help="最近几次，默认 20")
    audit = commands.add_parser("audit", help="留痕", description="留痕")
    deeds = audit.add_subparsers(dest="action", metavar="动作", parser_class=Parser, required=True)
    _command(deeds, "verify", "核验留痕链，看有没有被改动")


def _reporting(commands: Commands) -> None:
    lock = _command(commands, "lock", "锁定一个月：把截止日的数字按现在所知留下来")
    lock.add_argument("period", metavar="PERIOD", help="月份，如 2011-06，截止 25 日")
    lock.add_argument("--area", required=True, metavar="CODE", help="区划代码")
    _by(lock)
    difference = _command(commands, "difference", "锁定以后动过的数字，和是哪些行")
    difference.add_argument("period", metavar="PERIOD", help="月份，如 2011-06")
    difference.add_argument("--area", required=True, metavar="CODE", help="区划代码")


def _calendar(commands: Commands) -> None:
    due = _command(commands, "due", "期限到哪一天为止")
    due.add_argument("date", metavar="DATE", help="事情发生的那天，当日不计")
    due.add_argument("span", metavar="SPAN", help="15d 是 15 个自然日，10wd 是 10 个工作日")
    due.add_argument("--roll", action="store_true", help="末日是休息日的，顺延到下一个工作日")


def _keeping(commands: Commands) -> None:
    save = _command(commands, "backup", "备份整个数据库；密钥另写一个文件")
    save.add_argument("--out", required=True, metavar="F", help="写到哪个文件，密钥写到 F.keys")
    save.add_argument("--overwrite", action="store_true", help="文件已存在时覆盖")
    save.add_argument("--reason", metavar="R", default="", help="理由")
    restore = _command(commands, "restore", "把备份恢复到空的数据库，并核验")
    restore.add_argument("file", metavar="F", help="备份文件")
    restore.add_argument("--keys", metavar="K", help="密钥文件，默认 F.keys")
