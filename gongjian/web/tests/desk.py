"""A clerk of the county at a desk in the town of the tests, with a folder for papers."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.ledgers.tests.city import city
from gongjian.web.tests.people import signed_in


@pytest.fixture
def paper_folder(settings: Settings, tmp_path: Path) -> Path:
    """Where papers of this test lie."""
    settings.FILES_FOLDER = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def town(paper_folder: Path) -> None:
    """The town that the ledgers are tested with."""
    city()


@pytest.fixture
def clerk(client: Client) -> Client:
    """A client with an organiser of the county signed in."""
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    return client
