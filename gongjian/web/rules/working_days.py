"""The pages of the working-day calendar."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjian.calendars.actions import FIRST_YEAR, CalendarRefused, Correction, NewArrangement
from gongjian.calendars.queries import calendar, year_kept
from gongjian.calendars.rules import Calendar, Span
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotPermitted, WrongUse
from gongjian.web.people import require
from gongjian.web.rendering import page
from gongjian.web.rules import calendar_forms, months, queries
from gongjian.workflow import holidays
from gongjian.workflow.recounting import Recount

_KEEP = "维护工作日历"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """A year of working days, and how a deadline is counted."""
    require(request, Permission.SEE_FIGURES, queries.SEE)
    at = calendar_forms.year_of(request.GET)
    kept, days = year_kept(at), calendar()
    form, found = _deadline(request.GET, days)
    keeps = _keeps(request)
    context = {
        "year": at,
        "arrangement": kept.arrangement,
        "months": months.months(kept, days),
        "special": months.special_days(kept),
        "warning": months.warning(kept),
        "keeps": keeps,
        "wanted": months.wanted(days) if keeps else None,
        "to_come": at > today().year,
        "may_enter": FIRST_YEAR <= at <= today().year + 1,
        "form": form,
        "found": found,
        "first": FIRST_YEAR,
        "last": calendar_forms.LAST_YEAR,
    }
    return page(request, "rules/calendar.html", context)


def _deadline(
    given: QueryDict, days: Calendar
) -> tuple[calendar_forms.DeadlineForm, dict[str, Any] | None]:
    """The form of a deadline, and what comes of it where one is asked for and can be counted."""
    asked = "event" in given
    form = calendar_forms.DeadlineForm(
        given if asked else None, initial={"event": today(), "days": 10, "unit": "wd"}
    )
    if not asked or not form.is_valid():
        return form, None
    said = form.cleaned_data
    span = Span(said["days"], said["unit"] == "wd")
    try:
        return form, months.deadline(days, said["event"], span, roll=said["roll"])
    except WrongUse as error:
        form.add_error("event", error.sentence)
    return form, None


@read_or_write
def enter(request: HttpRequest) -> HttpResponse:
    """Enter the arrangement of a year."""
    actor = _keeper(request)
    form = calendar_forms.EnterForm(
        request.POST or None, initial={"year": calendar_forms.year_of(request.GET)}
    )

    def deed() -> HttpResponse:
        said = form.cleaned_data
        new = NewArrangement(year=said["year"], source=said["source"], days=said["days"])
        found = holidays.enter_arrangement(new, tops=queries.tops_of_all(), by=actor)
        return _done(request, new.year, f"已录入 {new.year} 年的放假安排。", found)

    return _formed(request, form, deed, "录入放假安排")


@read_or_write
def correct(request: HttpRequest) -> HttpResponse:
    """Set one day right."""
    actor = _keeper(request)
    initial = {"day": request.GET.get("day", ""), "name": request.GET.get("name", "")}
    form = calendar_forms.CorrectForm(request.POST or None, initial=initial)

    def deed() -> HttpResponse:
        said = form.cleaned_data
        fix = Correction(
            day=said["day"], works=form.works(), name=said["name"], source=said["source"]
        )
        found = holidays.correct_day(fix, tops=queries.tops_of_all(), by=actor)
        return _done(request, fix.day.year, f"已更正 {fix.day}。", found)

    return _formed(request, form, deed, "更正一天")


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take back the arrangement of a year that has not begun."""
    actor = _keeper(request)
    queries.require_present(request)
    at = calendar_forms.year_of(request.POST)
    found = holidays.withdraw_arrangement(at, tops=queries.tops_of_all(), by=actor)
    return _done(request, at, f"已撤销 {at} 年的放假安排，涉及的期限改回暂算。", found)


def _keeper(request: HttpRequest) -> Actor:
    """Whoever may change what holds for everybody; NotPermitted for all others."""
    actor = queries.keeper(request, _KEEP)
    if not holidays.may_keep_calendar(actor, queries.tops_of_all()):
        raise NotPermitted("工作日历各处通用，只有管到最上一级的人能改，请由上级办理。")
    return actor


def _keeps(request: HttpRequest) -> bool:
    if not queries.may_keep(request):
        return False
    return holidays.may_keep_calendar(queries.keeper(request, _KEEP), queries.tops_of_all())


def _done(request: HttpRequest, at: int, told: str, found: Recount) -> HttpResponse:
    moved, settled = len(found.moved), found.settled
    said = f"{moved:,} 件待办的期限随之改动" if moved else "没有待办的期限因此改动"
    more = f"，{settled:,} 件由暂算改为确定" if settled else ""
    messages.success(request, f"{told}{said}{more}；已办结的和已有的经过不变。")
    return HttpResponseRedirect(f"{reverse('calendar')}?year={at}")


def _formed(
    request: HttpRequest, form: forms.Form, deed: Callable[[], HttpResponse], title: str
) -> HttpResponse:
    """The form, or what the deed answers; what cannot be is told at its field."""
    status = 200
    if request.method == "POST":
        queries.require_present(request)
        status = 422
        if form.is_valid():
            try:
                return deed()
            except CalendarRefused as error:
                form.add_error(error.field, error.sentence)
    context: dict[str, Any] = {"form": form, "title": title}
    return page(request, "rules/day.html", context, status=status)
