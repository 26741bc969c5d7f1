"""One account for each role in the demonstration city."""

from typing import Final

from gongjian.accounts.actions import add_demo_people
from gongjian.accounts.models import User
from gongjian.accounts.rules import DEMO_NAMES
from gongjian.areas.queries import area_by_code, root_area
from gongjian.core.days import today
from gongjian.core.errors import Refused
from gongjian.unions.models import UnionVersion

COUNTY: Final = "510703"
TOWNSHIP: Final = "510703001"
UNION: Final = "涪城区总工会"
"""Where the posts below the city stand."""


def add_people() -> bool:
    """Add them where one is missing; False where all were there already.

    Raises Refused where the city is not there, and outside the demonstration.
    """
    if User.objects.filter(username__in=DEMO_NAMES.values()).count() == len(DEMO_NAMES):
        return False
    county, township = area_by_code(COUNTY), area_by_code(TOWNSHIP)
    union = UnionVersion.objects.filter(removed_in__isnull=True, name=UNION).first()
    if county is None or township is None or union is None:
        raise Refused("演示市还没有导入完整，请先运行 gongjian demo。")
    add_demo_people(
        city=root_area(today()), county=county, township=township, union_id=union.entry_id
    )
    return True
