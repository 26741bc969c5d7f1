"""What the two databases say differently."""

import pytest
from django.db import connection

from gongjian.history import sql
from gongjian.history.models import Head
from gongjian.history.record import newest


@pytest.mark.django_db(transaction=True)
def test_view_for_reading_keeps_no_writer_waiting() -> None:
    # Another test that commits may have emptied every table.
    Head.objects.get_or_create(pk=1, defaults={"change": 0, "record": 0})
    with sql.one_view():
        before = newest()
        if connection.vendor == "sqlite":
            # A transaction that locked on beginning could not be begun by a second one.
            assert connection.transaction_mode == "DEFERRED"  # type: ignore[attr-defined]
    assert newest() == before
    if connection.vendor == "sqlite":
        assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]
