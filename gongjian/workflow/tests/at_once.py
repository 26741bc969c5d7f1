"""A process of its own that takes a step as soon as a file says so: for tests of two at once."""

import sys
import time
from pathlib import Path

import django


def main(case: int, gate: Path) -> int:
    """0 where the step was taken, 1 where it was refused."""
    from gongjian.core.errors import NotNow  # noqa: PLC0415 - after the set-up
    from gongjian.workflow.actions import take  # noqa: PLC0415
    from gongjian.workflow.tests.permits import LOOKER, registered  # noqa: PLC0415

    with registered():
        gate.with_suffix(f".{sys.argv[3]}").touch()
        while not gate.exists():
            time.sleep(0.005)
        try:
            take(case, "back", by=LOOKER, remark="同时")
        except NotNow:
            return 1
        return 0


if __name__ == "__main__":
    django.setup()
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2])))
