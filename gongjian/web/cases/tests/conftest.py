"""What every test of cases stands on."""

from collections.abc import Iterator

import pytest

from gongjian.web.cases.tests.desk import permits
from gongjian.workflow.declare import Flow


@pytest.fixture
def permit(db: None) -> Iterator[Flow]:
    """The city, and the flow of the tests."""
    with permits() as flow:
        yield flow
