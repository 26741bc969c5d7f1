"""The tree of territory that figures are rolled up along."""

from gongjian.areas.models import AreaVersion
from gongjian.areas.queries import tree_on
from gongjian.indicators.declare import DIMENSIONS, Dimension


def _code_of(area_id: int) -> str:
    """The code last given to an area, whatever became of that knowledge."""
    codes = AreaVersion.objects.filter(entry_id=area_id).order_by("-vid")
    return str(codes.values_list("code", flat=True)[0])


DIMENSIONS.register(
    Dimension(code="territory", word="area", tree_on=tree_on, code_of=_code_of, ledger="areas")
)
