"""The employer ledger, declared."""

from gongjian.employers.enums import INDUSTRIES, NATURES, OPERATING, SOURCES, STATUSES
from gongjian.employers.models import Employer, EmployerVersion
from gongjian.employers.rules import checks, counted_wrongly, derive, prepare, unstaffed
from gongjian.ledgers.cells import Choice, Count, CreditCode, Phone, Text, YesNo
from gongjian.ledgers.declare import (
    LEDGERS,
    Column,
    Ledger,
    Ref,
    Timing,
    effective,
    ends,
    starts,
)
from gongjian.ledgers.questions import FoundBy, Question
from gongjian.ledgers.worries import WORRIES, alike, namesakes


def _parts(*names: str) -> tuple[tuple[str, str], ...]:
    """The names of a part below 职工人数, as forms write them: 女, 其中：女, 其中女."""
    marks = ("", "其中:", "其中")
    return tuple(("职工人数", mark + name) for name in names for mark in marks)


EMPLOYERS = LEDGERS.register(
    Ledger(
        slug="employers",
        title="用人单位台账",
        entry_model=Employer,
        version_model=EmployerVersion,
        keys=(("code",), ("name", "area")),
        code="code",
        name="name",
        place="area",
        extras=("staff", "nature"),
        derive=derive,
        prepare=prepare,
        checks=checks,
        shown=("area", "nature", "industry", "status", "staff", "legal_person", "phone"),
        found_by=(
            FoundBy(field="name"),
            FoundBy(field="code", title="用人单位（信用代码）"),
            FoundBy(field="phone", title="用人单位（联系电话）"),
        ),
        questions=(
            Question(
                code="unstaffed",
                title="职工人数空缺",
                help="在业，职工人数却是 0",
                where=unstaffed,
            ),
            Question(
                code="namesakes",
                title="可能登记重了",
                help="同一处还有一条同名的记录",
                where=alike("employers"),
                problem=True,
            ),
        ),
        columns=(
            Column(
                header="统一社会信用代码",
                field="code",
                kind=CreditCode(),
                timing=Timing.WHOLE,
                aliases=("社会信用代码", "信用代码", "统一信用代码"),
                example="91510703MA0000007H",
                help="18 位，按文本填写；确实没有的可不填，按单位名称和所属区划辨认。",
            ),
            Column(
                header="单位名称",
                field="name",
                kind=Text(),
                required=True,
                aliases=("企业名称", "用人单位名称", "法人单位名称"),
                example="绵阳示范机械有限公司",
            ),
            Column(
                header="所属区划",
                field="area",
                kind=Ref(to="areas", unknown="unknown-area"),
                required=True,
                aliases=("区划代码", "所在区划", "所属区划代码", "所属乡镇", "所属乡镇街道"),
                example="510703001",
                help="填区划代码，或在本辖区内不重名的区划名称。",
            ),
            Column(
                header="单位性质",
                field="nature",
                kind=Choice(NATURES),
                required=True,
                aliases=("单位类型",),
                example="企业",
            ),
            Column(
                header="行业",
                field="industry",
                kind=Choice(tuple(INDUSTRIES), {name: k for k, name in INDUSTRIES.items()}),
                aliases=("行业门类", "所属行业"),
                example="C",
                help="国民经济行业门类字母 A 至 T，或门类名称。",
            ),
            Column(
                header="经营状态",
                field="status",
                kind=Choice(STATUSES),
                default=OPERATING,
                aliases=("状态",),
                example="在业",
                help="只有“在业”计数；填“注销”时须填注销日期。",
            ),
            Column(
                header="职工人数",
                field="staff",
                kind=Count(),
                required=True,
                aliases=("职工总数", "职工数"),
                under=(("职工人数", "总数"), ("职工人数", "合计"), ("职工人数", "总人数")),
                example="120",
            ),
            Column(
                header="女职工人数",
                field="staff_female",
                kind=Count(),
                aliases=("女职工数",),
                under=_parts("女", "女职工"),
                example="40",
            ),
            Column(
                header="农民工人数",
                field="staff_migrant",
                kind=Count(),
                aliases=("农民工数",),
                under=_parts("农民工"),
                example="60",
            ),
            Column(
                header="劳务派遣人数",
                field="staff_dispatched",
                kind=Count(),
                aliases=("派遣人数", "劳务派遣工人数"),
                under=_parts("劳务派遣", "派遣"),
                example="5",
            ),
            Column(header="世界500强", field="top500", kind=YesNo(), example="否"),
            Column(
                header="法定代表人",
                field="legal_person",
                kind=Text(),
                aliases=("法人代表", "负责人"),
                example="张示范",
            ),
            Column(
                header="联系电话",
                field="phone",
                kind=Phone(),
                sensitive=True,
                aliases=("电话",),
                example="13800000000",
            ),
            Column(
                header="来源",
                field="source",
                kind=Choice(SOURCES),
                aliases=("数据来源",),
                example="统计",
            ),
            starts(
                "成立日期",
                aliases=("成立时间",),
                example="2006-05-18",
                help="不填按生效日期或导入时指定的日期。",
            ),
            effective(),
            ends("注销日期", help="注销当天起不再计数。"),
        ),
    )
)

WORRIES.register("employers", counted_wrongly, namesakes)
