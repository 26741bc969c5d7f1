"""Stored papers as parts of an archive: each under the digest by which it lies in its folder.

What the papers are nobody knows here; the tables that name them are in the database beside them.
"""

import re
from pathlib import Path
from typing import Final

from gongjian.history.backup import stage
from gongjian.history.backup.archive import Archive, Tick

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def in_folder(folder: Path) -> dict[str, Path]:
    """The papers of a folder by the names of their parts; none where there is no folder."""
    found = sorted(folder.glob("[0-9a-f][0-9a-f]/*"))
    return {f"files/{p.name}": p for p in found if _DIGEST.fullmatch(p.name)}


def lay_out(archive: Archive, folder: Path, tick: Tick) -> None:
    """Write the papers of an archive into a folder; one that lies there already stays.

    Each appears whole or not at all. They come before the database that names them: papers that
    no row names are swept away, rows without their paper would stay.
    """
    for part in archive.papers:
        digest = part.name.rpartition("/")[2]
        target = folder / digest[:2] / digest
        if target.exists():
            tick(part.bytes)
            continue
        for place in (folder, target.parent):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with stage.stage(target) as drafts:
            stage.write_private(drafts / digest, archive.content(part, tick))
            stage.settle(drafts / digest, target)
