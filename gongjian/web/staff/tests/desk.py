"""What tests of the staff pages share: a clerk, what a page says, the newest link of the trail."""

import json
from datetime import date, timedelta
from typing import Any

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.tests.builders import area
from gongjian.core.days import today
from gongjian.history.models import TrailRecord
from gongjian.web.tests.people import make_person


def clerk(name: str = "lifang", code: str = "5111", **more: Any) -> User:
    return make_person(Role.TOWNSHIP_CLERK, area_id=area(code), name=name, **more)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def last() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(TrailRecord.objects.order_by("-number")[0].body)
    return found


def in_days(number: int) -> date:
    return today() + timedelta(days=number)
