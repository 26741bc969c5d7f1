"""What is committed is what the definitions compile to."""

import subprocess
import sys
from pathlib import Path

from gongjian.history.shapes import SHAPES
from gongjian.indicators import building
from gongjian.indicators.compile import main
from gongjian.indicators.declare import CATALOG, DIMENSIONS
from gongjian.indicators.sections import ENTITIES, read_sections, room_of, section_name


def test_committed_files_are_what_the_definitions_compile_to() -> None:
    assert building.stale(building.files()) == [], "run: make compile-figures"


def test_check_is_content_and_writes_nothing() -> None:
    assert main(["--check"]) == 0


def test_a_stale_file_is_found(tmp_path: Path) -> None:
    fresh, old, missing = tmp_path / "fresh", tmp_path / "old", tmp_path / "missing"
    fresh.write_text("是", encoding="utf-8")
    old.write_text("否", encoding="utf-8")

    assert building.stale({fresh: "是", old: "是", missing: "是"}) == [old, missing]


def test_every_base_has_its_sections_in_every_dialect() -> None:
    for base in CATALOG.bases:
        branches = [d.code for d in DIMENSIONS if d.narrows and d.code in base.trees]
        for vendor in building.DIALECTS:
            wanted = [("sums", "")]
            if vendor not in building.LAKES:
                narrowings = ["", ENTITIES, *branches]
                wanted += [("rows", narrowed) for narrowed in narrowings]
                wanted += [("sums", branch) for branch in branches]
            names = {
                section_name(base, kind, believed=believed, narrowed=narrowed)
                for kind, narrowed in wanted
                for believed in (True, False)
            } | ({f"{base.code}.reads"} if vendor not in building.LAKES else set())
            found = read_sections(room_of(base) / "sql" / f"{vendor}.sql").keys()
            assert names == {name for name in found if name.split(".")[0] == base.code}


def test_present_knowledge_is_asked_in_the_words_of_the_partial_indexes() -> None:
    for path, text in building.files().items():
        if path.suffix == ".sql":
            for name, query in read_sections(path).items():
                if not name.endswith(".reads"):
                    assert ("known" in query) == (".known" in name)
            if path.stem not in building.LAKES:
                assert '"removed_in" IS NULL' in text


def test_every_version_table_can_be_declared_to_the_compiler() -> None:
    for shape in SHAPES:
        columns = building.table(shape).columns
        assert list(columns) == [f.column for f in shape.version_model._meta.concrete_fields]


def test_the_page_names_every_listed_figure() -> None:
    text = building.PAGE.read_text(encoding="utf-8")

    assert [f.code for f in CATALOG if f"| `{f.code}` | {f.name} |" not in text] == []


def test_the_product_runs_without_the_compiler() -> None:
    script = (
        "import os, sys; sys.modules['ibis'] = None\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'gongjian.settings'\n"
        "import django; django.setup()\n"
        "from gongjian.indicators import query, rows\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)

    assert done.returncode == 0, done.stderr.decode()
