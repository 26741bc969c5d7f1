"""Lists of the agreement ledgers."""

KINDS = ("单独", "区域性", "行业性")
"""协议类型."""

REVIEWS = ("无异议", "有异议", "待审")
"""审查意见."""
