"""A small city whose changes have their links."""

from pathlib import Path
from typing import Any

import pytest

from gongjian.web.evidence.tests.scene import linked
from gongjian.web.figures.tests.city import small_city
from tests.cities import FullCity


@pytest.fixture
def city(db: None, settings: Any, tmp_path: Path) -> FullCity:
    """A small city whose changes have their links, as if they had been made one by one."""
    settings.FILES_FOLDER = tmp_path / "files"
    made = small_city()
    linked()
    return made
