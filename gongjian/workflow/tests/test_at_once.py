"""Two who take one step at the same moment: one does, the other is told what is so now."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

BEGIN = """
import django; django.setup()
from gongjian.core.access import OPERATOR
from gongjian.workflow.actions import take
from gongjian.workflow.tests.permits import CLERK, begun, formed, pack, registered
with registered():
    pack()
    case = begun()
    formed(case)
    take(case.pk, "ask", by=CLERK)
    print(case.pk)
"""
COUNT = """
import django; django.setup()
from gongjian.history import trail
from gongjian.workflow.models import Passage
print(list(Passage.objects.order_by("number").values_list("step", flat=True)), trail.verify().ok)
"""


def test_of_two_at_once_one_takes_the_step(spare_database_url: str, tmp_path: Path) -> None:
    environment = {**os.environ, "GONGJIAN_DATABASE_URL": spare_database_url}
    environment["DJANGO_SETTINGS_MODULE"] = "gongjian.settings"
    environment["GONGJIAN_FILES"] = str(tmp_path)

    def run(*words: str) -> str:
        done = subprocess.run([sys.executable, *words], env=environment, check=True,
                              capture_output=True, text=True)  # fmt: skip
        return done.stdout.strip()

    run("-m", "gongjian", "migrate")
    case, gate = run("-c", BEGIN), tmp_path / "gate"
    script = [sys.executable, "-m", "gongjian.workflow.tests.at_once", case, str(gate)]
    both: list[subprocess.Popen[Any]] = [
        subprocess.Popen([*script, str(n)], env=environment) for n in range(2)
    ]
    while not all(gate.with_suffix(f".{n}").exists() for n in range(2)):
        assert all(process.poll() is None for process in both)
        time.sleep(0.01)
    gate.touch()
    assert sorted(process.wait() for process in both) == [0, 1]
    assert run("-c", COUNT) == "['open', 'ask', 'back'] True"
