"""Figures over a province of Parquet files: `python -m bench.lake [--copies 20]`."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import django


def main(arguments: Sequence[str]) -> int:
    """Make the files, time every base on each engine; 1 where the answers differ."""
    parser = argparse.ArgumentParser(prog="python -m bench.lake")
    parser.add_argument("--copies", type=int, default=20, help="cities of 1.2 million versions")
    parser.add_argument("--engines", nargs="+", default=["duckdb", "spark"])
    parser.add_argument("--memory", default="5g", help="of Spark")
    parser.add_argument("--folder", type=Path, help="where the files are made")
    asked = parser.parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongjian.settings"
    django.setup()
    from bench.lake_measures import measure  # noqa: PLC0415  it needs the settings
    from bench.province import make  # noqa: PLC0415

    with TemporaryDirectory(prefix="gjlake", dir=asked.folder) as folder:
        export = make(Path(folder), asked.copies)
        return measure(export, asked.engines, asked.memory)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
