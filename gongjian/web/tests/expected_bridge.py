"""Who gets which answer from the addresses of the opening bridge."""

from collections.abc import Mapping
from typing import Final

from gongjian.web.tests.lines import DEED, EXPORT, FIGURES, OFFICER, ORGANISERS, Line, row

_AT: Final = "/reports/bridge/{total}/"

BRIDGE: Final[Mapping[str, tuple[Line, ...]]] = {
    "bridge": (row("/reports/bridge/?area={area}&month=2011-06", FIGURES, blind=OFFICER),),
    # Once it was entered, the next one is told so.
    "bridge-enter": (
        row(
            "/reports/bridge/enter/",
            ORGANISERS,
            data={
                "area": "{area}",
                "month": "2011-06",
                "source": "简报",
                "unions.base": "1",
            },
            get=None,
            post=(302, 422),
            blind=OFFICER,
        ),
    ),
    "bridge-export": (
        row(
            "/reports/bridge/export/",
            EXPORT,
            data={"area": "{area}", "month": "2011-06"},
            blind=OFFICER,
            **DEED,
        ),
    ),
    "bridge-download": (
        Line(path="/reports/bridge/downloads/{bridge_export}/", who=EXPORT, own=True),
    ),
    "bridge-total": (row(_AT, FIGURES, blind=OFFICER),),
    "bridge-names": (row(f"{_AT}names/", ORGANISERS, blind=OFFICER),),
    "bridge-part": (row(f"{_AT}parts/{{explained}}/", FIGURES, blind=OFFICER),),
    "bridge-say": (
        row(
            f"{_AT}say/",
            ORGANISERS,
            data={"cause": "repeated", "amount": "-1", "words": "两处都报"},
            blind=OFFICER,
            **DEED,
        ),
    ),
    # Nothing was taken back before.
    "bridge-carry": (row(f"{_AT}carry/", ORGANISERS, get=None, post=422, blind=OFFICER),),
    # Nobody is ticked, and no reason is given.
    "bridge-name": (row(f"{_AT}name/", ORGANISERS, get=None, post=422, blind=OFFICER),),
    "bridge-withdraw": (row(f"{_AT}withdraw/", ORGANISERS, get=None, post=422, blind=OFFICER),),
    "bridge-retract": (
        row(
            f"{_AT}parts/{{explained}}/retract/",
            ORGANISERS,
            get=None,
            post=422,
            blind=OFFICER,
        ),
    ),
}
