"""``python -m gongjian.indicators.compile`` writes the SQL of every room and the catalogue page.

With ``--check`` it writes nothing and ends with 1 where one of them is not what it would write.
"""

import argparse
import os
import sys
from collections.abc import Sequence

import django


def main(arguments: Sequence[str]) -> int:
    """Write what is stale, or with ``--check`` name it and end with 1."""
    from gongjian.indicators.building import files, stale  # noqa: PLC0415  (needs the registry)

    parser = argparse.ArgumentParser(prog="python -m gongjian.indicators.compile")
    parser.add_argument("--check", action="store_true", help="只检查，不写入")
    options = parser.parse_args(arguments)
    wanted = files()
    behind = stale(wanted)
    for path in behind:
        sys.stderr.write(f"{'与定义不符' if options.check else '已写'}：{path}\n")
        if not options.check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
    return int(options.check and bool(behind))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.settings")
    django.setup()
    sys.exit(main(sys.argv[1:]))
