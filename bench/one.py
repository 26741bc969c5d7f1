"""One measure in this process: `python -m bench.one NAME SIZE FOLDER`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django


def main(arguments: Sequence[str]) -> int:
    """Run the measure and print its results, one a line; `migrate` makes the tables."""
    name, size, folder = arguments
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongjian.settings"
    django.setup()
    from bench import reporting, store  # noqa: PLC0415  they need the settings
    from bench.measures import MEASURES, Bench  # noqa: PLC0415
    from bench.memory import ONCE, memory, once  # noqa: PLC0415

    if name == "migrate":
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
    else:
        measures = {
            **MEASURES,
            **store.MEASURES,
            **reporting.MEASURES,
            "memory": memory,
            ONCE: once,
        }
        measures[name](Bench(size, Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
