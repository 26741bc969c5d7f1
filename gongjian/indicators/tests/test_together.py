"""Independent reads, two at a time."""

import threading

import pytest
from django.db import connection, transaction

from gongjian.history import sql
from gongjian.indicators.together import together


def _threads(patience: float) -> list[int]:
    """Which thread did each of three jobs; each waits a while for another thread at work."""
    met = threading.Event()
    seen: list[int] = []

    def job() -> int:
        seen.append(threading.get_ident())
        if len(set(seen)) == 2:
            met.set()
        met.wait(patience)
        assert sql.fetch("SELECT 7") == [(7,)]
        return threading.get_ident()

    return together([job, job, job])


@pytest.mark.django_db(transaction=True)
def test_results_come_in_the_order_of_the_jobs() -> None:
    assert together([lambda i=i: i for i in range(20)]) == list(range(20))  # type: ignore[misc]
    assert together([]) == []


@pytest.mark.django_db(transaction=True)
def test_a_second_connection_helps_where_it_sees_the_same() -> None:
    in_memory = connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"])

    assert len(set(_threads(0.1 if in_memory else 20))) == (1 if in_memory else 2)


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nobody_helps() -> None:
    with transaction.atomic():
        assert set(_threads(0.1)) == {threading.get_ident()}


@pytest.mark.django_db(transaction=True)
def test_what_fails_in_the_helper_is_not_lost() -> None:
    def fail() -> int:
        raise LookupError("lost")

    with pytest.raises(LookupError, match="lost"):
        together([fail, fail])
