"""The union ledger and the coverage ledger, declared."""

from gongjian.ledgers.cells import Choice, Count, CreditCode, Day, Raw, Read, Text, YesNo
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
from gongjian.unions.enums import KINDS, MODES
from gongjian.unions.models import Coverage, CoverageVersion, Union, UnionVersion
from gongjian.unions.rules import (
    check_coverage,
    covered,
    incomplete,
    merged_nowhere,
    overdue,
    term_over,
    uncounted_staff,
    uncovered,
    without_union,
)


class Years(Choice):
    """One of a list of numbers of years; the value is an int."""

    def read(self, raw: Raw) -> Read:
        read = super().read(raw)
        return read if read.value is None else Read(int(read.value), read.flaws)


UNIONS = LEDGERS.register(
    Ledger(
        slug="unions",
        title="工会台账",
        entry_model=Union,
        version_model=UnionVersion,
        keys=(("code",), ("name", "area")),
        code="code",
        name="name",
        place="area",
        extras=("kind",),
        shown=("kind", "area", "superior", "opened", "term_years", "elected_on", "chair_name"),
        found_by=(
            FoundBy(field="name"),
            FoundBy(field="code", title="工会（代码）"),
            FoundBy(field="approval_no", title="批准文号"),
        ),
        told_by=("code", "approval_no"),
        questions=(
            Question(
                code="overdue",
                title="逾期未换届",
                help="基层工会，自上次换届（没有则自建会）起已满届期；届期未填的按五年",
                where=overdue,
            ),
            Question(
                code="namesakes",
                title="可能登记重了",
                help="同一处还有一条同名的记录",
                where=alike("unions"),
                problem=True,
            ),
        ),
        columns=(
            Column(
                header="工会代码",
                field="code",
                kind=CreditCode(),
                timing=Timing.WHOLE,
                aliases=("工会统一社会信用代码", "工会法人代码"),
                example="81510703MC0000004D",
                help="81 开头的 18 位代码；尚未登记法人的可不填，按工会名称和所属区划辨认。",
            ),
            Column(
                header="工会名称",
                field="name",
                kind=Text(),
                required=True,
                aliases=("工会全称",),
                example="绵阳示范机械有限公司工会委员会",
            ),
            Column(
                header="工会类型",
                field="kind",
                kind=Choice(KINDS),
                required=True,
                aliases=("组织类型",),
                example="单独基层工会",
            ),
            Column(
                header="所属区划",
                field="area",
                kind=Ref(to="areas", unknown="unknown-area"),
                required=True,
                aliases=("区划代码", "所在区划", "所属区划代码", "所属乡镇", "所属乡镇街道"),
                example="510703001",
            ),
            Column(
                header="上级工会",
                field="superior",
                kind=Ref(to="unions", unknown="unknown-union"),
                aliases=("上级工会名称", "上级工会代码"),
                example="示范镇总工会",
                help="上级工会的代码或全称，可以在同一份表中。",
            ),
            starts(
                "建会日期", required=True, aliases=("成立日期", "建会时间"), example="2008-06-01"
            ),
            Column(
                header="批准文号", field="approval_no", kind=Text(), example="涪工发〔2008〕12号"
            ),
            Column(
                header="届期",
                field="term_years",
                kind=Years(("3", "5"), {"3年": "3", "5年": "5", "三年": "3", "五年": "5"}),
                since="elected_on",
                aliases=("任期",),
                example="5",
                help="3 或 5（年）。",
            ),
            Column(
                header="换届日期",
                field="elected_on",
                kind=Day(),
                since="elected_on",
                aliases=("最近换届日期",),
                example="2013-06-01",
            ),
            Column(
                header="主席姓名",
                field="chair_name",
                kind=Text(),
                aliases=("工会主席", "主席"),
                example="李示范",
            ),
            Column(header="主席行政职务", field="chair_post", kind=Text(), example="生产部副经理"),
            Column(
                header="女职工委员会",
                field="women_committee",
                kind=YesNo(),
                aliases=("女工委",),
                example="是",
            ),
            Column(
                header="经费审查委员会",
                field="audit_committee",
                kind=YesNo(),
                aliases=("经审委", "经审会"),
                example="是",
            ),
            effective(),
            ends("撤销日期", help="撤销当天起不再计数。"),
            Column(header="撤销原因", field="end_reason", kind=Text(), timing=Timing.ENDING),
        ),
    )
)

COVERAGE = LEDGERS.register(
    Ledger(
        slug="coverage",
        title="工会涵盖单位台账",
        entry_model=Coverage,
        version_model=CoverageVersion,
        keys=(("union", "employer"),),
        place="union",
        checks=check_coverage,
        shown=("mode", "staff", "opened"),
        columns=(
            Column(
                header="工会",
                field="union",
                kind=Ref(to="unions", unknown="unknown-union"),
                required=True,
                timing=Timing.WHOLE,
                aliases=("工会名称", "工会代码"),
                example="绵阳示范机械有限公司工会委员会",
            ),
            Column(
                header="用人单位",
                field="employer",
                kind=Ref(to="employers", unknown="unknown-employer"),
                required=True,
                timing=Timing.WHOLE,
                aliases=("单位名称", "统一社会信用代码", "涵盖单位"),
                example="91510703MA0000007H",
            ),
            Column(
                header="涵盖方式", field="mode", kind=Choice(MODES), required=True, example="单独"
            ),
            starts("起始日期", required=True, aliases=("涵盖日期",), example="2008-06-01"),
            effective(),
            ends("终止日期", help="终止当天起不再计数。"),
            Column(
                header="涵盖职工数", field="staff", kind=Count(), aliases=("职工数",), example="120"
            ),
        ),
    )
)

LEDGERS.ask(
    "employers",
    Question(code="covered", title="已建会", help="在业，当日有存续的工会涵盖", where=covered),
    Question(
        code="uncovered", title="未建会", help="在业，当日没有存续的工会涵盖", where=uncovered
    ),
)

WORRIES.register("areas", merged_nowhere)
WORRIES.register("employers", without_union)
WORRIES.register("unions", term_over, incomplete, namesakes)
WORRIES.register("coverage", uncounted_staff)
