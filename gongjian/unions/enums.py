"""Kinds of union and ways of covering an employer."""

GENERAL = "总工会"
SINGLE = "单独基层工会"
JOINT = "联合基层工会"
AREA_FEDERATION = "区域性工会联合会"
TRADE_FEDERATION = "行业性工会联合会"
KINDS = (GENERAL, SINGLE, JOINT, AREA_FEDERATION, TRADE_FEDERATION, "工会工作委员会", "分会")
"""工会类型."""

BASE = (SINGLE, JOINT)
FEDERATIONS = (AREA_FEDERATION, TRADE_FEDERATION)

MODES = ("单独", "联合", "联合会", "分会")
"""涵盖方式."""

SMALL_STAFF = 25
"""A joint union is meant for employers with fewer than 25 members each (工会法 第十一条)."""

TERM_YEARS = 5
"""Years of a term where none is given; 届期 is 3 or 5 years (工会法 第十六条)."""
