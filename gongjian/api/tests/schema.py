"""The description of the api as programs get it."""

import json
from dataclasses import dataclass
from typing import Any

from gongjian.api.door import api
from gongjian.api.urls import urlpatterns


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of the description."""

    method: str
    path: str
    name: str
    said: dict[str, Any]

    def __str__(self) -> str:
        return self.name


def described() -> dict[str, Any]:
    """The whole description."""
    assert urlpatterns
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
    return found


def operations() -> list[Operation]:
    """Every operation of it."""
    return [
        Operation(method=method, path=path, name=said["operationId"], said=said)
        for path, methods in described()["paths"].items()
        for method, said in methods.items()
    ]
