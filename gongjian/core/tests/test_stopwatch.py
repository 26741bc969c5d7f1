import pytest

from gongjian.core.stopwatch import step, stopwatch


@step("double")
def double(number: int) -> int:
    with step("add"):
        return number + number


def test_steps_are_timed_only_within_a_stopwatch() -> None:
    with stopwatch() as spent:
        assert (double(2), double(3)) == (4, 6)
    double(4)

    assert list(spent) == ["add", "double"]
    assert 0 < spent["add"] < spent["double"]


def test_a_step_that_fails_is_timed_too() -> None:
    with stopwatch() as spent, pytest.raises(ValueError, match="no number"), step("read"):
        raise ValueError("no number")

    assert list(spent) == ["read"]


def test_a_stopwatch_within_another_has_its_steps_to_itself() -> None:
    with stopwatch() as outer:
        with stopwatch() as inner:
            double(1)
        with step("after"):
            pass

    assert (list(inner), list(outer)) == (["add", "double"], ["after"])
