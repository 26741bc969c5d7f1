"""What holds for the whole house, beyond what the linters see."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "gongjian"
ROOMS = sorted(p.parent for p in PACKAGE.glob("**/__init__.py"))
NO_CHARTER = {"commands", "management", "migrations", "tests"}
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist"}
TEXTS = {"", ".cfg", ".in", ".ini", ".json", ".md", ".py", ".sh", ".sql", ".toml", ".txt", ".yml"}
# Written in pieces so that this file does not find itself.
REGISTRY = re.compile(
    r"https?://[^\s\"']*/(?:" + "simple|packages)(?:/|\\b)"
    r"|(?:extra-)?index" + r"-url|find" + r"-links|trusted" + r"-host"
    r"|pypi" + r"\.org|python" + r"hosted|registry\." + r"npmjs"
)


def floors() -> dict[str, int]:
    """Height of each room, as the import contract in pyproject.toml has it; core is 0."""
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (
        c for c in configured["tool"]["importlinter"]["contracts"] if c["name"] == "Floors"
    )
    return {
        room.strip(" ()"): height
        for height, layer in enumerate(reversed(contract["layers"]))
        for room in layer.split("|")
    }


def room_of(model: type) -> str | None:
    """The room a model lives in; None for Django's own."""
    package, _, rest = model.__module__.partition(".")
    return rest.split(".")[0] if package == "gongjian" else None


def references() -> list[tuple[str, str, str]]:
    """(field, room it stands in, room it points to) of every reference between our models."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        here = room_of(model)
        for field in model._meta.get_fields():
            target = field.related_model
            if here and isinstance(field, Field) and isinstance(target, type) and room_of(target):
                found.append((str(field), here, str(room_of(target))))
    return found


def test_foreign_keys_point_down_the_floors() -> None:
    height = floors()

    upward = [
        (field, here, there)
        for field, here, there in references()
        if here != there and height[here] <= height[there]
    ]

    assert upward == []


@pytest.mark.parametrize(
    "folder",
    [r for r in ROOMS if r.name not in NO_CHARTER],
    ids=lambda folder: str(folder.relative_to(ROOT)),
)
def test_package_has_a_charter(folder: Path) -> None:
    tree = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))

    assert len(ast.get_docstring(tree) or "") >= 60, "say what it owns and what it refuses"


def test_no_registry_host_in_any_file() -> None:
    named = [
        str(path.relative_to(ROOT))
        for path in sorted(ROOT.rglob("*"))
        if path.is_file()
        and path.suffix in TEXTS
        and NOT_OURS.isdisjoint(path.relative_to(ROOT).parts)
        and not any(part.endswith("_cache") for part in path.parts)
        and REGISTRY.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]

    assert named == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_requirements_are_pinned_with_hashes_and_name_no_place(lock: Path) -> None:
    text = re.sub(r"\\\n\s*", " ", lock.read_text(encoding="utf-8"))
    lines = [x for x in text.splitlines() if x.strip() and not x.strip().startswith("#")]

    loose = [x for x in lines if not re.match(r"[a-z0-9.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", x)]

    assert lines
    assert loose == []
    assert re.findall(r"://|(?:^|\s)-[ef]\s", text) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_each_lock_stands_beside_its_source(lock: Path) -> None:
    assert lock.with_suffix(".in").exists()
