"""The flow of the tests is known, and the rule pack that it wants is there."""

from collections.abc import Iterator

import pytest

from gongjian.workflow.declare import Flow
from gongjian.workflow.tests.permits import pack, registered


@pytest.fixture
def permit(db: None) -> Iterator[Flow]:
    """The flow with a rule pack for everywhere."""
    with registered() as flow:
        pack()
        yield flow
