"""Storing papers: by digest, whole, limited, and gone when their time is over."""

import hashlib
import io
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gongjian.core.days import now
from gongjian.core.errors import NotInScope, Refused
from gongjian.files.actions import (
    expire,
    forget,
    forget_expired,
    keep,
    laid_out,
    open_file,
    sweep,
    tidy,
)
from gongjian.files.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_FOLDER = tmp_path / "files"
    return tmp_path / "files"


def on_disk(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def age(path: Path) -> None:
    long_ago = time.time() - 7200
    os.utime(path, (long_ago, long_ago))


def test_paper_lies_under_its_digest_and_only_we_can_read_it(folder: Path) -> None:
    stored = keep(b"abc", "6月.xlsx", owner_id=3)

    digest = hashlib.sha256(b"abc").hexdigest()
    assert (stored.sha256, stored.name, stored.size, stored.owner_id) == (digest, "6月.xlsx", 3, 3)
    assert on_disk(folder) == [f"{digest[:2]}/{digest}"]
    assert stored.path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    with open_file(stored.pk) as file:
        assert file.read() == b"abc"


def test_stream_is_stored_as_bytes_are() -> None:
    assert keep(io.BytesIO(b"x" * 3_000_000), "a").sha256 == keep(b"x" * 3_000_000, "b").sha256


def test_too_large_paper_is_refused_and_leaves_nothing(folder: Path, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 2 << 20

    with pytest.raises(Refused, match=r"^文件超过 2 MB，请拆成几份再上传。$"):
        keep(io.BytesIO(b"x" * ((2 << 20) + 1)), "large.xlsx")

    assert on_disk(folder) == []
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\表\\6月.xlsx", "6月.xlsx"),
        ("a\nb:c?.xlsx", "a_b_c_.xlsx"),
        ("..", "未命名"),
        ("长" * 300 + ".xlsx", "长" * 75 + ".xlsx"),
    ],
)
def test_name_is_one_that_every_file_system_takes(given: str, kept: str) -> None:
    assert tidy(given) == kept


def test_paper_is_laid_out_under_its_own_name() -> None:
    with laid_out(keep(b"abc", "6月.xlsx")) as path:
        assert (path.name, path.read_bytes()) == ("6月.xlsx", b"abc")

    assert not path.exists()


def test_unknown_paper_is_not_there() -> None:
    with pytest.raises(NotInScope, match=r"^没有编号为 5 的文件，或者已过保存期。$"):
        open_file(5)


def test_paper_whose_bytes_are_gone_is_not_there() -> None:
    stored = keep(b"abc", "6月.xlsx")
    stored.path.unlink()

    for attempt in (lambda: open_file(stored.pk), lambda: laid_out(stored).__enter__()):
        with pytest.raises(NotInScope, match=r"^文件“6月.xlsx”的内容已经不在了，请重新上传。$"):
            attempt()


def test_shared_bytes_stay_until_the_last_row_goes(folder: Path) -> None:
    first, second = keep(b"abc", "a.xlsx"), keep(b"abc", "b.xlsx")
    age(first.path)

    forget(first)
    assert second.path.exists()
    forget(second)

    assert on_disk(folder) == []


def test_fresh_bytes_are_left_for_the_row_that_may_be_on_its_way(folder: Path) -> None:
    stored = keep(b"abc", "a.xlsx")

    assert not forget(stored)

    assert on_disk(folder) == [f"{stored.sha256[:2]}/{stored.sha256}"]
    with pytest.raises(NotInScope):
        open_file(stored.pk)


def test_fresh_bytes_that_nobody_came_for_go_later(folder: Path) -> None:
    stored = keep(b"abc", "a.xlsx", owner_id=3, days=None)
    forget(stored)
    assert forget_expired() == 0

    age(stored.path)

    assert forget_expired() == 1
    assert (on_disk(folder), StoredFile.objects.count()) == ([], 0)


def test_bytes_brought_again_outlast_the_row_that_was_let_go(folder: Path) -> None:
    first = keep(b"abc", "a.xlsx")
    forget(first)
    second = keep(b"abc", "b.xlsx")
    age(second.path)

    assert forget_expired() == 1

    assert list(StoredFile.objects.all()) == [second]
    assert second.path.exists()


def test_paper_whose_time_is_over_is_not_given_out() -> None:
    stored = keep(b"abc", "a.xlsx")
    expire(stored)

    with pytest.raises(NotInScope, match=r"或者已过保存期。$"):
        open_file(stored.pk)


def test_papers_go_when_their_time_is_over(folder: Path) -> None:
    over, lasting, for_good = keep(b"1", "a"), keep(b"2", "b"), keep(b"3", "c", days=None)
    StoredFile.objects.filter(pk=over.pk).update(expires=now() - timedelta(seconds=1))
    age(over.path)

    assert forget_expired() == 1

    assert set(StoredFile.objects.all()) == {lasting, for_good}
    assert on_disk(folder) == sorted(
        str(stored.path.relative_to(folder)) for stored in (lasting, for_good)
    )


def test_drafts_of_a_run_that_died_are_swept(folder: Path) -> None:
    stored = keep(b"abc", "a.xlsx")
    dead, living = folder / ".dead.partial", folder / ".living.partial"
    for path in (dead, living):
        path.write_bytes(b"half")
    age(dead)

    assert sweep() == 1

    assert on_disk(folder) == [living.name, f"{stored.sha256[:2]}/{stored.sha256}"]
