"""The roles a post may carry, and what somebody may want by mail."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is at a post; what it may do stands in ``rules``."""

    CITY_ORGANISER = "city-organiser", "市级组织员"
    COUNTY_ORGANISER = "county-organiser", "县级组织员"
    TOWNSHIP_CLERK = "township-clerk", "乡镇街道经办人"
    UNION_OFFICER = "union-officer", "工会干部"
    GRID_WORKER = "grid-worker", "网格员"
    INSPECTOR = "inspector", "督查员"
    LEADER = "leader", "领导"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "系统管理员"


class MailWish(TextChoices):
    """Whether somebody wants a digest of what is to be done by mail."""

    NONE = "none", "不发邮件"
    DAILY = "daily", "每个工作日早上"
    OVERDUE = "overdue", "只在有逾期的日子"
