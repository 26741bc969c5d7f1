"""What a process tells its keeper: one JSON document a line on stderr, and nobody's data in it."""

import logging
import sys
import traceback
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor

_DEEPEST: Final = 30  # frames of an error that are told


def config(level: str) -> dict[str, Any]:
    """Python's logging as we want it; stdout belongs to the answers of the command line."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            *_COMMON,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "gongjian.core.logs.formatter"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": "json",
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Their lines name people and where they sit; the tables of the lock-out keep that.
            "axes": {"level": "ERROR"},
            # A line for each refused address; the line of the request tells it with its number.
            "django.request": {"level": "ERROR", "handlers": [], "propagate": True},
            "django.server": {"level": "ERROR", "handlers": [], "propagate": True},
        },
    }


def formatter() -> logging.Formatter:
    """The one way a line is written."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.contextvars.merge_contextvars, *_COMMON],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _error_without_words(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """An error as its class and the lines it came by.

    What an error says may quote a row (the database does), and locals hold whole ones.
    """
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        kind = type(error)
        frames = traceback.extract_tb(error.__traceback__)[-_DEEPEST:]
        event["error"] = f"{kind.__module__}.{kind.__qualname__}"
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _first_line(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The server writes an error that reached it as text, words and all, below its first line."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event


_COMMON: Final[list[Processor]] = [
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    _error_without_words,
    _first_line,
]
