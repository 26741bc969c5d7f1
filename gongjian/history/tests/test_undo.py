"""Which changes are in force, given who undid whom."""

from gongjian.history.undo import Effect


def test_a_change_undone_and_restored_in_turns_holds_or_not_however_often() -> None:
    chain = {number: number - 1 for number in range(2, 5_002)}
    effect = Effect(chain)
    assert [effect.holds(n) for n in (1, 2, 5_000, 5_001)] == [True, False, False, True]
    assert effect.undoing(1) == []
    assert effect.undoing(2) == [3]
    odd = Effect(chain | {5_002: 5_001})
    assert [odd.holds(n) for n in (1, 2, 5_001, 5_002)] == [False, True, False, True]
    assert odd.counts_after(2, 0) is False
    assert odd.counts_after(2, 1) is True


def test_two_that_undid_the_same_both_count() -> None:
    effect = Effect({3: 1, 4: 3, 5: 1})
    assert effect.holds(1) is False
    assert effect.undoing(1) == [5]
