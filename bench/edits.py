"""Somebody edits meanwhile: `python -m bench.edits RATE`, with the database in the environment.

One employer after the other, all over the city, is told to have another number of staff, as a form
does it: a change of its own each, with its link and the kept sums moved. Until it is stopped; then
it prints how many changes it made.
"""
# ruff: noqa: PLC0415 - what is imported inside functions needs the settings, which `main` names

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import count

import django

_STRIDE = 7_919
"""From one employer to the next, so that they lie in other units."""


def _codes() -> Iterator[str]:
    from gongjian.employers.models import EmployerVersion

    believed = (
        EmployerVersion.objects.filter(removed_in=None).exclude(code=None).order_by("entry_id")
    )
    codes = list(believed.values_list("code", flat=True)[: 20 * _STRIDE])
    for number in count(1):
        yield str(codes[number * _STRIDE % len(codes)])


def main(arguments: Sequence[str]) -> int:
    """Edit so many times a second."""
    rate = float(arguments[0])
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongjian.settings"
    django.setup()
    from gongjian.core.access import OPERATOR
    from gongjian.ledgers.declare import LEDGERS
    from gongjian.ledgers.importing import Request, take
    from tests.papers import table

    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    begun = time.perf_counter()
    for made, code in enumerate(_codes(), 1):
        row = {"统一社会信用代码": code, "职工人数": 100 + made % 50}
        take(Request(ledger=LEDGERS["employers"], actor=OPERATOR, reason="核对"), table([row]))
        while not stopped and time.perf_counter() < begun + made / rate:
            time.sleep(0.05)
        if stopped:
            break
    print(made, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
