"""Writes what comes from other projects anew: `python tools/vendor.py`. For maintainers, with npm.

Icons: only those that our pages name are taken, as masks in the colour of the text. axe: for the
tests alone. Which icons are named is read from the lines that speak of an icon, in templates and
in the code of the web.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parents[1]
WEB = ROOT / "gongjian" / "web"
ICONS = WEB / "static" / "web" / "css" / "icons.css"
AXE = ROOT / "tests" / "browser" / "axe"
TABLER = "@tabler/icons@3.49.0"
AXE_CORE = "axe-core@4.14.1"

_LINE = re.compile(r"\bicon\b|\bimage=|\bpopover\(")
_NAME = re.compile(r"\"([a-z][a-z0-9-]*)\"|'([a-z][a-z0-9-]*)'|\bti-([a-z][a-z0-9-]*)")
_DRAWN = re.compile(r"^\.ti-([a-z0-9-]+) ", re.MULTILINE)
_HEAD = """/* Written by tools/vendor.py. Icons as masks in the colour of the text; Tabler Icons, MIT. */
.ti {
  display: inline-block;
  flex: none;
  width: 1em;
  height: 1em;
  font-size: 1.15em;
  line-height: 1;
  vertical-align: -.12em;
  background: currentColor;
  mask: var(--i) center / contain no-repeat;
}
@media print { .ti { print-color-adjust: exact; } }
@media (forced-colors: active) { .ti { background: CanvasText; } }
"""


def words() -> set[str]:
    """Every word beside the word icon: the names of icons, and some that are none."""
    files = [*WEB.rglob("jinja2/**/*.html"), *WEB.rglob("*.py")]
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    found = (_NAME.findall(line) for line in lines if _LINE.search(line))
    return {name for names in found for groups in names for name in groups if name}


def drawn() -> set[str]:
    """The icons that icons.css draws."""
    return set(_DRAWN.findall(ICONS.read_text(encoding="utf-8")))


def main() -> int:
    """Fetch both packages and write what we take of them."""
    with tempfile.TemporaryDirectory() as folder:
        _write_icons(_unpacked(TABLER, Path(folder) / "icons"))
        axe = _unpacked(AXE_CORE, Path(folder) / "axe")
        for name in ("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"):
            (AXE / name).write_bytes((axe / name).read_bytes())
    return 0


def _unpacked(package: str, folder: Path) -> Path:
    folder.mkdir()
    told = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    )
    with tarfile.open(folder / told.stdout.strip()) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def _write_icons(package: Path) -> None:
    there = {name: package / "icons" / "outline" / f"{name}.svg" for name in sorted(words())}
    rules = [
        f'.ti-{name} {{ --i: url("data:image/svg+xml,{_packed(path)}"); }}\n'
        for name, path in there.items()
        if path.exists()
    ]
    ICONS.write_text(_HEAD + "".join(rules), encoding="utf-8")
    print(f"{len(rules)} icons")


def _packed(path: Path) -> str:
    drawing = re.sub(r"<!--.*?-->|\sclass=\"[^\"]*\"", "", path.read_text("utf-8"), flags=re.DOTALL)
    drawing = re.sub(r"\s+", " ", drawing).replace("> <", "><").strip()
    return quote(drawing.replace("currentColor", "#000").replace('"', "'"), safe=" '=:/,.()")


if __name__ == "__main__":
    sys.exit(main())
