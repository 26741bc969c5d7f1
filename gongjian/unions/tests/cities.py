"""A city made by hand: areas, employers, unions and who covers whom."""

from datetime import date
from typing import Any

from gongjian.indicators.tests.histories import History

EARLY = date(1949, 10, 1)

Days = tuple[date, date | None]


class City(History):
    """Each word says one fact; whatever is not given is the usual."""

    def area(self, entry: int, code: str, parent: int | None = None, **more: Any) -> None:
        said = {"code": code, "name": f"区{code}", "kind": "其他", "parent_id": parent}
        self._about("areas", entry, said | more)

    def firm(self, entry: int, area: int, **more: Any) -> None:
        said = {"code": f"91{entry}", "name": f"厂{entry}", "nature": "企业", "status": "在业"}
        self._about("employers", entry, said | {"staff": 10, "area_id": area} | more)

    def union(self, entry: int, area: int, **more: Any) -> None:
        said = {"code": f"81{entry}", "name": f"会{entry}", "kind": "单独基层工会"}
        self._about("unions", entry, said | {"area_id": area} | more)

    def cover(self, entry: int, union: int, firm: int, **more: Any) -> None:
        said = {"union_id": union, "employer_id": firm, "mode": "单独"}
        self._about("coverage", entry, said | more)

    def _about(self, ledger: str, entry: int, said: dict[str, Any]) -> None:
        days: Days = said.pop("days", (EARLY, None))
        known: tuple[int, int | None] = said.pop("known", (1, None))
        self.say(ledger, entry, days, known, **said)
