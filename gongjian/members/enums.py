"""Lists of the member ledger."""

ACTIVE = "正常"
RETAINED = "保留"
HANDED_OUT = "转出待接收"
LEFT = "退会"
EXPELLED = "除名"
DIED = "去世"
FEMALE = "女"
SEXES = ("男", FEMALE)
"""性别."""

STATUSES = (ACTIVE, RETAINED, HANDED_OUT, LEFT, EXPELLED, DIED)
"""会籍状态."""

ENDINGS = frozenset({LEFT, EXPELLED, DIED})
"""Standings that end the membership; 去世 ends it for good."""

RESIDENT_CARD = "居民身份证"
DOCUMENTS = (
    RESIDENT_CARD,
    "港澳居民居住证",
    "台湾居民居住证",
    "外国人永久居留证",
    "护照",
    "其他",
)
"""证件类别."""

NEW_FORMS = ("货车司机", "网约车司机", "快递员", "外卖配送员", "其他")
"""新就业形态; blank means none."""

JOINING_AGE = 16
"""Nobody works, and so nobody joins, before sixteen (劳动法 第十五条)."""
