"""Two workers at once, and one that is killed while it sends: nobody is mailed twice."""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from gongjian.web.digests.tests.postbox import Postbox, postbox

PEOPLE = 20
BEGIN = f"""
import django; django.setup()
from gongjian.areas.tests.builders import area
from gongjian.reporting.tests.months import TOWN, opened
from gongjian.web.digests.tests.test_sending import wanting
opened()
for n in range({PEOPLE}):
    wanting(email=f"clerk{{n}}@example.org")
"""
COUNT = """
import django; django.setup()
from collections import Counter
from gongjian.web.digests.models import Digest
print(sorted(Counter(Digest.objects.values_list("state", flat=True)).items()))
"""


class Office:
    """A database with people who want mail, and processes that send it."""

    def __init__(self, url: str, folder: Path, box: Postbox) -> None:
        self.gate = folder / "gate"
        self.environment = os.environ | {
            "GONGJIAN_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "gongjian.settings",
            "GONGJIAN_FILES": str(folder),
            "GONGJIAN_MAIL_HOST": "127.0.0.1",
            "GONGJIAN_MAIL_PORT": str(box.port),
            "GONGJIAN_MAIL_TLS": "none",
        }
        self.run("-m", "gongjian", "migrate")
        self.run("-c", BEGIN)

    def run(self, *words: str) -> str:
        done = subprocess.run([sys.executable, *words], env=self.environment, check=True,
                              capture_output=True, text=True)  # fmt: skip
        return done.stdout.strip()

    def workers(self, number: int) -> list[subprocess.Popen[Any]]:
        """So many that began at the same moment."""
        script = [sys.executable, "-m", "gongjian.web.digests.tests.at_once", str(self.gate)]
        begun: list[subprocess.Popen[Any]] = [
            subprocess.Popen([*script, str(n)], env=self.environment) for n in range(number)
        ]
        while not all(self.gate.with_suffix(f".{n}").exists() for n in range(number)):
            assert all(process.poll() is None for process in begun)
            time.sleep(0.01)
        self.gate.touch()
        return begun


def test_two_workers_at_once_mail_everybody_once(spare_database_url: str, tmp_path: Path) -> None:
    with postbox() as box:
        office = Office(spare_database_url, tmp_path, box)
        assert [process.wait() for process in office.workers(2)] == [0, 0]
        assert set(Counter(to for to, _ in box.mails).values()) == {1}
        assert len(box.mails) == PEOPLE
        assert office.run("-c", COUNT) == f"[('sent', {PEOPLE})]"


def test_a_worker_killed_at_a_mail_leaves_it_unsent_and_the_next_sends_the_rest(
    spare_database_url: str, tmp_path: Path
) -> None:
    with postbox() as box:
        office = Office(spare_database_url, tmp_path, box)
        box.keeps_waiting_after = 7
        (worker,) = office.workers(1)
        assert box.waits.wait(60)
        worker.kill()
        worker.wait()
        box.keeps_waiting_after = None
        box.goes_on.set()
        assert [process.wait() for process in office.workers(1)] == [0]
        counted = Counter(to for to, _ in box.mails)
        assert set(counted.values()) == {1}
        assert len(counted) in {PEOPLE - 1, PEOPLE}  # whether the one arrived is not known
        assert office.run("-c", COUNT) == f"[('sent', {PEOPLE - 1}), ('unknown', 1)]"
