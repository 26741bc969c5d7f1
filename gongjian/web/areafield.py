"""An area as a field of a form: by its code or by its name."""

from collections.abc import Collection
from typing import Final

from django import forms

from gongjian.areas.queries import area_by_code, tree_on
from gongjian.core.access import Scope
from gongjian.core.days import today

OFFERED: Final = 300
"""Areas up to which they are offered by name."""


class AreaField(forms.CharField):
    """An area by its code or by its name, as far as the scope reaches."""

    scope = Scope()

    def clean(self, value: str) -> int | None:
        """The area; None where none was asked for."""
        text = super().clean(value)
        if not text:
            return None
        found = [a for a in _areas(text) if self.scope.covers([("areas", a)])]
        if not found:
            raise forms.ValidationError(f"管理范围内没有代码或名称是“{text}”的区划，请核对后重填。")
        if len(found) > 1:
            raise forms.ValidationError(f"叫“{text}”的区划有 {len(found)} 个，请改填区划代码。")
        return found[0]


def _areas(text: str) -> Collection[int]:
    by_code = area_by_code(text)
    if by_code is not None:
        return [by_code]
    tree = tree_on(today())
    return [area for area in tree.leaves() if tree.name(area) == text]


def areas_offered(scope: Scope) -> list[tuple[str, str]]:
    """(code, name) of the areas within, unless they are too many to offer."""
    tree = tree_on(today())
    inside = tree.leaves() if scope.everything else scope.inside.get("areas", frozenset())
    codes = sorted((tree.code(a), tree.name(a)) for a in inside if tree.exists(a))
    return codes if len(codes) <= OFFERED else []
