"""The help."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongjian.core.errors import NotInScope
from gongjian.web.rendering import page

TOPICS: Final = {
    "home": "从工作台开始",
    "moment": "截至与所知",
    "ledgers": "台账",
    "records": "一条记录",
    "imports": "导入",
    "figures": "口径与核对",
    "matrix": "挂图作战",
    "reports": "月报",
    "bridge": "期初衔接",
    "cases": "办理事项",
    "rules": "规则与工作日历",
    "todos": "待办、通知和邮件",
    "changes": "变更与留痕",
    "trail": "留痕与核验",
    "search": "搜索",
    "staff": "人员与岗位",
    "jobs": "后台作业",
    "account": "账号与登录",
}
"""Topics of the help in their order; each has its file in jinja2/help."""


@require_safe
def help_page(request: HttpRequest, topic: str) -> HttpResponse:
    """What a page is for and how it is used."""
    if topic not in TOPICS:
        raise NotInScope(f"没有“{topic}”这篇帮助。")
    return page(request, f"help/{topic}.html", {"topics": TOPICS.items(), "here": topic})
