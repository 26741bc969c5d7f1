"""A small city, and the flow of the tests with the areas of the city as its places."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from gongjian.areas.queries import tree_on
from gongjian.ledgers.tests.city import city
from gongjian.workflow.declare import Flow
from gongjian.workflow.tests.permits import PERMIT, pack, registered

IN_AREAS = replace(PERMIT, line=lambda place, day: (place, *tree_on(day).ancestors(place)))
"""The flow of the tests, whose cases stand at areas."""


@contextmanager
def permits() -> Iterator[Flow]:
    """The city, and the flow with its rule pack."""
    city()
    with registered(IN_AREAS) as flow:
        pack()
        yield flow
