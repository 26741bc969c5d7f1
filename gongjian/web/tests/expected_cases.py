"""Who gets which answer from the addresses of cases."""

from collections.abc import Mapping
from typing import Final

from gongjian.accounts.enums import Role
from gongjian.web.tests.lines import DEED, FIGURES, OFFICER, SUBMIT, Line, row

_AT: Final = "/cases/{report}/"
_STEP: Final = {"step": "submit"}
_TAKES: Final = SUBMIT | {Role.CITY_ORGANISER}
"""Whoever may take some step of the monthly report."""

CASES: Final[Mapping[str, tuple[Line, ...]]] = {
    "cases": (Line(path="/cases/", who=FIGURES),),
    "case": (row(_AT, FIGURES, blind=OFFICER),),
    "case-record": (row(f"{_AT}record/", FIGURES, blind=OFFICER),),
    "case-take": (row(f"{_AT}take/", SUBMIT, data=_STEP, blind=OFFICER, **DEED),),
    # No file is sent along.
    "case-bring": (row(f"{_AT}papers/", _TAKES, get=None, post=422, blind=OFFICER),),
    # Nothing was produced or handed in.
    "case-printed": (row(f"{_AT}papers/1/return-notice/", FIGURES, get=404, blind=OFFICER),),
    "case-file": (row(f"{_AT}files/1/", FIGURES, get=404, blind=OFFICER),),
}
