"""Which function does a kind of job."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any, Final

from django.apps import apps

from gongjian.core.errors import WrongUse
from gongjian.jobs.models import Job

Handler = Callable[[Job], dict[str, Any]]
"""Does the work of a job; what it gives back becomes ``job.result`` (``address``: where to look).

A Refused ends the job as failed with its sentence.
"""

Settler = Callable[[Job], dict[str, Any] | None]
"""Says of a job whose process died whether its work was written after all: its result, or None."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of job is done."""

    handle: Handler
    settle: Settler | None = None


_KINDS: Final[dict[str, Kind]] = {}


def handler(kind: str, *, settle: Settler | None = None) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of this kind; a second one for it is a mistake."""

    def register(function: Handler) -> Handler:
        known = _KINDS.get(kind)
        if known is not None and known.handle.__module__ != function.__module__:
            raise ValueError(f"two handlers for jobs of kind {kind!r}")
        _KINDS[kind] = Kind(function, settle)
        return function

    return register


Chore = Callable[[], object]
"""What is to be done once a day, quickly, and may be left out when the database is busy."""

_CHORES: Final[list[Chore]] = []
_ERRANDS: Final[list[Chore]] = []


def chore(function: Chore) -> Chore:
    """Have the worker call this when it begins, and once a day."""
    _CHORES.append(function)
    return function


def chores() -> list[Chore]:
    """All of them."""
    _discover()
    return list(_CHORES)


def errand(function: Chore) -> Chore:
    """Have the worker call this every few seconds: mostly there is nothing to do, and it sees so.

    Like a chore it may be left out when the database is busy; it comes round again soon.
    """
    _ERRANDS.append(function)
    return function


def errands() -> list[Chore]:
    """All of them."""
    _discover()
    return list(_ERRANDS)


def kind_of(kind: str) -> Kind:
    """How jobs of this kind are done; raise WrongUse where nobody does them."""
    _discover()
    found = _KINDS.get(kind)
    if found is None:
        raise WrongUse(f"没有“{kind}”这种后台作业。")
    return found


@cache
def _discover() -> None:
    """Load the module ``jobs`` of each room and of each package inside a room."""
    for config in apps.get_app_configs():
        if not config.name.startswith("gongjian."):
            continue
        inside = pkgutil.iter_modules([config.path], f"{config.name}.")
        packages = [name for _, name, is_package in inside if is_package]
        for package in (config.name, *packages):
            if find_spec(f"{package}.jobs") is not None:
                importlib.import_module(f"{package}.jobs")
