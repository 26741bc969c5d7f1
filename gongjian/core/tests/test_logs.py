"""Lines of the log: one JSON document each, and nobody's data in them."""

import json
import logging

import pytest

from gongjian.core.logs import config, formatter


def line(record: logging.LogRecord) -> dict[str, object]:
    told: dict[str, object] = json.loads(formatter().format(record))
    return told


def record(message: str, *words: object, error: BaseException | None = None) -> logging.LogRecord:
    info = None if error is None else (type(error), error, error.__traceback__)
    return logging.LogRecord("gongjian.x", logging.ERROR, __file__, 1, message, words, info)


def breaks(words: str) -> None:
    raise ValueError(words)


def test_line_tells_what_when_and_where() -> None:
    told = line(record("job %d broke", 7))

    assert (told["event"], told["logger"], told["level"]) == ("job 7 broke", "gongjian.x", "error")
    assert str(told["timestamp"]).endswith("Z")


def test_error_is_its_class_and_its_lines_without_its_words() -> None:
    with pytest.raises(ValueError, match="Key") as caught:
        breaks("Key (id_number)=(510703199001011234) already exists.")

    text = formatter().format(record("broke", error=caught.value))

    told = json.loads(text)
    assert told["error"] == "builtins.ValueError"
    assert told["at"][-1].endswith(" breaks")
    assert "510703199001011234" not in text


def test_an_error_that_was_written_as_text_is_cut_off() -> None:
    text = "Application callable raised an exception\nTraceback …\nValueError: 510703199001011234"

    assert line(record(text))["event"] == "Application callable raised an exception"


@pytest.mark.parametrize("level", ["INFO", "WARNING"])
def test_everything_goes_to_stderr(level: str) -> None:
    made = config(level)

    assert made["root"] == {"handlers": ["stderr"], "level": level}
    assert made["handlers"]["stderr"]["stream"] == "ext://sys.stderr"
