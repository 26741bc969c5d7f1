"""A city made by hand, with its members."""

from functools import cache
from typing import Any

from gongjian.history.keys import field_keys
from gongjian.unions.tests.cities import City


@cache
def sealed(number: str) -> bytes:
    return field_keys().seal(number, "members.identity")


class PeopledCity(City):
    """A city with members."""

    def member(self, entry: int, union: int, **more: Any) -> None:
        number = more.pop("number", f"51070319900101{entry:03}X")
        said = {"name": f"人{entry}", "status": "正常", "union_id": union}
        said |= {"identity_kind": "居民身份证", "identity_blind": f"{entry:032}"}
        self._about("members", entry, said | {"identity_sealed": sealed(number)} | more)
