"""The agreement ledger and the ledger of whom the agreements cover, declared."""

from gongjian.bargaining.enums import KINDS, REVIEWS
from gongjian.bargaining.models import (
    Agreement,
    AgreementCoverage,
    AgreementCoverageVersion,
    AgreementVersion,
)
from gongjian.bargaining.rules import (
    SINCE_EVER,
    SOON,
    derive_agreement,
    not_in_force,
    reread_agreement,
    reread_coverage,
    running_out,
    soon_over,
)
from gongjian.ledgers.cells import Choice, Count, Day, Money, Percent, PlainCode
from gongjian.ledgers.declare import LEDGERS, Column, Ledger, Ref, Timing, ends, starts
from gongjian.ledgers.questions import FoundBy, Question, on_day
from gongjian.ledgers.worries import WORRIES

_P = Timing.PERIOD

AGREEMENTS = LEDGERS.register(
    Ledger(
        slug="agreements",
        title="工资集体协议台账",
        entry_model=Agreement,
        version_model=AgreementVersion,
        keys=(("number",),),
        code="number",
        place="union",
        extras=("term_from", "term_to"),
        ordered=False,
        derive=derive_agreement,
        reread=reread_agreement,
        shown=("kind", "union", "opened", "term_from", "term_to", "review", "wage_min"),
        found_by=(FoundBy(field="number", title="工资集体协议（编号）"),),
        told_by=("kind", "term_from", "term_to"),
        questions=(
            Question(
                code="soon",
                title=f"{SOON} 天内到期",
                help=f"期限止在当日起 {SOON} 天之内，没有作废",
                where=soon_over,
            ),
            Question(
                code="over",
                title="已过期",
                help="期限止早于当日",
                where=on_day("v.term_to < %s"),
            ),
        ),
        columns=(
            Column(
                header="协议编号",
                field="number",
                kind=PlainCode(),
                required=True,
                timing=Timing.WHOLE,
                aliases=("编号", "合同编号"),
                example="绵工协〔2011〕001号",
            ),
            Column(
                header="协议类型",
                field="kind",
                kind=Choice(KINDS),
                required=True,
                timing=_P,
                aliases=("合同类型",),
                example="单独",
            ),
            Column(
                header="签约工会",
                field="union",
                required=True,
                timing=_P,
                kind=Ref(to="unions", unknown="unknown-union"),
                aliases=("工会名称",),
                example="绵阳示范机械有限公司工会委员会",
            ),
            starts("签订日期", required=True, aliases=("签约日期",), example="2011-03-20"),
            Column(
                header="期限起",
                field="term_from",
                kind=Day(),
                required=True,
                timing=_P,
                aliases=("有效期起",),
                example="2011-04-01",
            ),
            Column(
                header="期限止",
                field="term_to",
                kind=Day(),
                required=True,
                timing=_P,
                aliases=("有效期止",),
                example="2012-03-31",
                help="最后一天仍算在内。",
            ),
            Column(header="生效日期", field="effective_on", kind=Day(), timing=_P),
            Column(header="报送日期", field="submitted_on", kind=Day(), timing=_P),
            Column(header="收到日期", field="received_on", kind=Day(), timing=_P),
            Column(
                header="审查意见",
                field="review",
                kind=Choice(REVIEWS),
                timing=_P,
                example="无异议",
            ),
            Column(header="应到代表", field="delegates_due", kind=Count(), timing=_P, example="30"),
            Column(
                header="实到代表", field="delegates_present", kind=Count(), timing=_P, example="28"
            ),
            Column(header="同意票数", field="votes_for", kind=Count(), timing=_P, example="27"),
            Column(header="最低月工资", field="wage_min", kind=Money(), timing=_P, example="1200"),
            Column(header="平均月工资", field="wage_avg", kind=Money(), timing=_P, example="2100"),
            Column(header="增长率", field="wage_rise", kind=Percent(), timing=_P, example="8.5%"),
            Column(header="作废日期", field="voided_on", kind=Day(), timing=_P),
        ),
    )
)

AGREEMENT_COVERAGE = LEDGERS.register(
    Ledger(
        slug="agreement-coverage",
        title="协议覆盖单位台账",
        entry_model=AgreementCoverage,
        version_model=AgreementCoverageVersion,
        keys=(("agreement", "employer"),),
        place="agreement",
        opens_by=SINCE_EVER,
        reread=reread_coverage,
        shown=("staff", "opened"),
        columns=(
            Column(
                header="协议编号",
                field="agreement",
                required=True,
                timing=Timing.WHOLE,
                kind=Ref(to="agreements", unknown="unknown-agreement"),
                aliases=("编号", "合同编号"),
                example="绵工协〔2011〕001号",
            ),
            Column(
                header="用人单位",
                field="employer",
                required=True,
                timing=Timing.WHOLE,
                kind=Ref(to="employers", unknown="unknown-employer"),
                aliases=("单位名称", "统一社会信用代码", "覆盖单位"),
                example="91510703MA0000007H",
            ),
            Column(
                header="覆盖职工数",
                field="staff",
                kind=Count(),
                required=True,
                timing=_P,
                aliases=("职工数", "覆盖职工"),
                example="120",
            ),
            starts("起始日期", help="不填同协议的期限起。"),
            ends("终止日期", inclusive=True, help="不填同协议的期限止；最后一天仍算在内。"),
        ),
    )
)

WORRIES.register("agreements", running_out, not_in_force)
