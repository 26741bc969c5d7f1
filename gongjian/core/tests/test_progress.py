import time

import pytest

from gongjian.core.progress import Progress


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
