"""The menu as data."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from gongjian.core.access import Permission
from gongjian.web.people import person


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the menu: shown to whoever holds any of ``permissions`` (none: everyone)."""

    name: str
    title: str
    icon: str
    group: str = ""
    arguments: tuple[str, ...] = ()
    permissions: frozenset[Permission] = frozenset()


MENU: Final[tuple[Entry, ...]] = (Entry(name="home", title="工作台", icon="layout-dashboard"),)


def entries(request: HttpRequest) -> list[dict[str, object]]:
    """The lines of the menu for whoever asks, each with its address and whether it is here."""
    may = person(request).permissions
    return [_line(e, request) for e in MENU if not e.permissions or e.permissions & may]


def _line(entry: Entry, request: HttpRequest) -> dict[str, object]:
    address = reverse(entry.name, args=entry.arguments)
    here = request.path == address or (address != "/" and request.path.startswith(address))
    return {"entry": entry, "address": address, "here": here}
