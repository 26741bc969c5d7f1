"""Lists of the agreement ledgers."""

SINGLE = "单独"
REGIONAL = "区域性"
INDUSTRY = "行业性"
KINDS = (SINGLE, REGIONAL, INDUSTRY)
"""协议类型."""

OBJECTED = "有异议"
REVIEWS = ("无异议", OBJECTED, "待审")
"""审查意见."""

REVIEW_DAYS = 15
"""Days after receipt in which the labour authority may object; then it is in force (集体合同规定 第四十七条)."""
