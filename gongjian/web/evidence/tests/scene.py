"""A small city with its chain, and packages taken of its figures."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from allauth.mfa.models import Authenticator
from django.test import Client

from gongjian.accounts.models import Post, User
from gongjian.core.days import now
from gongjian.history import trail
from gongjian.history.models import Change, Head, TrailRecord
from gongjian.history.record import newest
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.web.figures.tests.city import ROOT
from gongjian.web.tests.people import make_person
from tests.cities import D, FullCity

FILES: Final = {
    *("manifest.json", "rows.csv", "trail.jsonl", "head.json", "verify.py", "说明.txt"),
}


def linked() -> None:
    """A link for each change of the record, sealed over its rows."""
    Head.objects.update(record=0, digest=trail.GENESIS)
    TrailRecord.objects.all().delete()
    for number in range(1, newest() + 1):
        change = Change.objects.create(number=number, at=now(), kind="import", actor_name="导入人")
        body = trail.body_of(change, trail.seals_of(change.number))
        trail.append(trail.lock_head(), "change", body, change.number)


def ask(client: Client, code: str = "members.total", **given: Any) -> Any:
    query = "&".join(f"{k}={v}" for k, v in {"at": D.isoformat(), "area": "10", **given}.items())
    return client.post(f"/evidence/{code}/?{query}")


def taken(client: Client, folder: Path, code: str = "members.total", **given: Any) -> Path:
    """A package as it is asked for, written, fetched and unpacked."""
    assert ask(client, code, **given).status_code == 302
    run_pending()
    job = Job.objects.latest("pk")
    assert (job.state, job.sentence) == (State.DONE, "")
    answer: Any = client.get((job.result or {})["address"])
    assert answer.status_code == 200
    place = folder / f"package-{job.pk}"
    with ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
        assert book.testzip() is None
        book.extractall(place)
    return place


def run(package: Path) -> tuple[int, str]:
    """What the verifier says where there is nothing but a bare Python and the folder."""
    command = [sys.executable, "-I", "-S", "verify.py"]
    done = subprocess.run(command, cwd=package, capture_output=True, check=False, env={})
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


def told(package: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((package / "manifest.json").read_text(encoding="utf-8"))
    return found


def links(package: Path) -> list[dict[str, Any]]:
    text = (package / "trail.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def audits_too(person: User) -> None:
    """One more post, which sees the whole trail, and the second factor that it asks for."""
    Post.objects.create(user=person, role="auditor", area_id=ROOT, valid_from=D)
    kind = Authenticator.Type.TOTP
    Authenticator.objects.create(user=person, type=kind, data={"secret": "unused"})


def other(city: FullCity) -> User:
    """Somebody else, who did something of which nobody but an auditor may know."""
    someone = make_person("city-organiser", area_id=ROOT, name="别人")
    trail.note("unmask", {"actor": someone.pk, "name": "别人", "reason": "办理补助"})
    return someone
