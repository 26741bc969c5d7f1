import pytest

from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused, WrongUse


@pytest.mark.parametrize(
    ("kind", "status"),
    [(Refused, 1), (WrongUse, 2), (NotInScope, 1), (NotPermitted, 1), (NotNow, 1)],
)
def test_each_refusal_carries_its_sentence_and_exit_status(
    kind: type[Refused], status: int
) -> None:
    error = kind("区划“5107”不存在，请核对代码。")

    assert (error.sentence, str(error), error.exit_status) == (
        "区划“5107”不存在，请核对代码。",
        "区划“5107”不存在，请核对代码。",
        status,
    )
