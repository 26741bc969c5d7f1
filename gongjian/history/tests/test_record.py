"""A change that refers to nothing is refused whole."""

from datetime import date

import pytest
from django.db import IntegrityError

from gongjian.history.models import Change
from gongjian.history.record import Author, Edit, commit, newest
from gongjian.history.shapes import SHAPES

BY = Author(actor_id=None, name="测试")


@pytest.mark.django_db
def test_a_reference_to_nothing_refuses_the_whole_change() -> None:
    shape = SHAPES["areas"]
    day = date(2011, 1, 1)
    values = {"name": "孤镇", "kind": "镇", "parent": 4711, "code": "510799"}
    version = (day, None, day, 7, *(values.get(name) for name in shape.fields))
    with pytest.raises(IntegrityError):
        commit(Edit(shape=shape, adds=[(-1, version)], fresh=1), kind="import", by=BY, base=0)
    assert (newest(), Change.objects.count()) == (0, 0)
