"""Every address of the product with sample arguments, from the URL table itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, SlugConverter, StringConverter

SAMPLES: Final[dict[str, Any]] = {
    "slug": "employers",
    "code": "members.total",
    "topic": "home",
}
"""What an argument of this name stands for; any other is sampled by its kind."""

BY_KIND: Final = {IntConverter: 1, SlugConverter: "employers", StringConverter: "members.total"}


@dataclass(frozen=True, slots=True)
class Address:
    """A page by its name, with an address that its pattern matches."""

    name: str
    path: str

    def __str__(self) -> str:
        return self.name


def addresses() -> list[Address]:
    """Every pattern of the URL table but those of a namespace: addresses for programs."""
    return list(_of(get_resolver(), "/"))


def _of(resolver: URLResolver, before: str) -> Iterator[Address]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            if not part.namespace:
                yield from _of(part, before + _filled(part))
        else:
            yield Address(part.name or before, before + _filled(part))


def _filled(part: URLPattern | URLResolver) -> str:
    """The route of a pattern with its arguments put in."""
    route = str(part.pattern)
    for name, converter in getattr(part.pattern, "converters", {}).items():
        value = SAMPLES.get(name, BY_KIND.get(type(converter), "1"))
        start = route.index("<")
        end = route.index(">") + 1
        route = route[:start] + converter.to_url(value) + route[end:]
    return route
