import time

import pytest

from gongjian.core.progress import Progress, listening


def test_nothing_is_shown_away_from_a_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with Progress(3, "读取") as progress:
        progress.advance()
        progress.advance(2)

    assert capfd.readouterr() == ("", "")


def test_short_work_shows_nothing_even_when_asked(capfd: pytest.CaptureFixture[str]) -> None:
    with Progress(3, "读取", always=True) as progress:
        progress.advance(3)

    assert capfd.readouterr() == ("", "")


def test_long_work_without_steps_shows_the_seconds(capfd: pytest.CaptureFixture[str]) -> None:
    with Progress(None, "核验", always=True):
        time.sleep(2.2)

    assert "核验… 00:02" in capfd.readouterr().err


class Heard:
    def __init__(self) -> None:
        self.words: list[tuple[object, ...]] = []

    def begin(self, label: str, total: int | None) -> None:
        self.words.append(("begin", label, total))

    def advance(self, n: int) -> None:
        self.words.append(("advance", n))

    def end(self) -> None:
        self.words.append(("end",))


def test_whoever_listens_hears_of_each_step_and_only_while_listening() -> None:
    heard = Heard()

    with listening(heard), Progress(3, "外层") as outer:
        outer.advance(2)
        with Progress(None, "内层"):
            pass
    with Progress(1, "之后") as later:
        later.advance()

    assert heard.words == [
        ("begin", "外层", 3),
        ("advance", 2),
        ("begin", "内层", None),
        ("end",),
        ("end",),
    ]
