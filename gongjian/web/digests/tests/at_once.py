"""A process of its own that sends digests as soon as a file says so: for tests of two at once."""

import sys
import time
from pathlib import Path

import django


def main(gate: Path, mark: str) -> int:
    """Send until nothing is due any more; the status is 0."""
    from gongjian.web.digests.sending import send_digests  # noqa: PLC0415 - after the set-up
    from gongjian.web.digests.tests.test_sending import MORNING  # noqa: PLC0415

    gate.with_suffix(f".{mark}").touch()
    while not gate.exists():
        time.sleep(0.005)
    while send_digests(MORNING):
        pass
    return 0


if __name__ == "__main__":
    django.setup()
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
