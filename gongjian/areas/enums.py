"""Kinds of area."""

KINDS = (
    "省", "市", "县", "区", "开发区", "乡", "镇", "街道", "园区", "村", "社区", "楼宇", "其他",
)  # fmt: skip
"""区划类型, from the largest to the smallest."""

COUNTY_KINDS = frozenset({"县", "区", "市", "开发区"})
"""Kinds that form the county level; within it a like-named employer deserves a look."""
