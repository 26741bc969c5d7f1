"""The area ledger, declared."""

from datetime import date

from gongjian.areas.enums import KINDS
from gongjian.areas.models import Area, AreaVersion
from gongjian.ledgers.cells import Choice, PlainCode, Text
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

FIRST_DAY = date(1949, 10, 1)
"""The day on which an area begins when none is given."""

AREAS = LEDGERS.register(
    Ledger(
        slug="areas",
        title="区划台账",
        entry_model=Area,
        version_model=AreaVersion,
        keys=(("code",),),
        code="code",
        name="name",
        place="self",
        heir="heir",
        extras=("kind", "parent"),
        opens_by=FIRST_DAY,
        shown=("kind", "parent", "opened"),
        columns=(
            Column(
                header="区划代码",
                field="code",
                kind=PlainCode(),
                required=True,
                timing=Timing.WHOLE,
                aliases=("行政区划代码", "代码"),
                example="510703001",
                help="统计用区划代码；园区、楼宇可自编，不得重复。",
            ),
            Column(
                header="名称",
                field="name",
                kind=Text(),
                required=True,
                aliases=("区划名称",),
                example="示范镇",
            ),
            Column(
                header="上级代码",
                field="parent",
                kind=Ref(to="areas", unknown="unknown-area"),
                aliases=("上级", "上级区划代码", "上级区划", "上级区划名称"),
                example="510703",
                help="最上一级不填。",
            ),
            Column(
                header="类型",
                field="kind",
                kind=Choice(KINDS),
                required=True,
                aliases=("区划类型",),
                example="镇",
            ),
            starts("启用日期", example="2005-01-01", help="不填按 1949-10-01。"),
            effective(),
            ends("停用日期", help="停用当天起不再计数。"),
            Column(
                header="并入区划代码",
                field="heir",
                kind=Ref(to="areas", unknown="unknown-area"),
                timing=Timing.ENDING,
                aliases=("并入区划",),
                help="停用后由哪个区划接管；撤销而不并入的不填。",
            ),
        ),
    )
)
