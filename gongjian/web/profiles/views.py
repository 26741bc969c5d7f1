"""The pages of export profiles."""

import re
import tempfile
from pathlib import Path
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongjian.accounts.models import User
from gongjian.core.access import Permission
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.ledgers.declare import Ledger
from gongjian.web.imports.asking import ledger_named
from gongjian.web.imports.sheets import letter
from gongjian.web.people import posts, reader, require, user_of
from gongjian.web.places import place_names
from gongjian.web.profiles import keeping
from gongjian.web.profiles.models import ExportProfile
from gongjian.web.rendering import page

MOST_BYTES: Final = 2 << 20
"""Bytes of an uploaded template: it has no rows to speak of."""

_FIELD: Final = re.compile(r"column-(\d{1,3})")


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """The profiles one may use; POST keeps a new one from a file or from an earlier import."""
    ledger = ledger_named(slug)
    reader(request, ledger.slug)
    user = user_of(request)
    number = request.POST.get("paper", "")
    paper = keeping.paper_of(user, ledger, _number(number)) if number else None
    require(request, Permission.EXPORT_LEDGER, "导出台账", ledger=ledger.slug)
    if request.method == "GET":
        return page(request, "profiles/index.html", _index(request, user, ledger))
    try:
        if paper is not None:
            made = keeping.add_from_paper(user, ledger, paper)
        else:
            made = _uploaded(request, user, ledger)
    except (NotInScope, NotPermitted):
        raise
    except Refused as error:
        context = _index(request, user, ledger) | {
            "problem": error.sentence,
            "name": request.POST.get("name", ""),
            "header_row": request.POST.get("header_row", ""),
        }
        return page(request, "profiles/index.html", context, status=422)
    return redirect("export-profile", slug, made.pk)


def _uploaded(request: HttpRequest, user: User, ledger: Ledger) -> ExportProfile:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.size:
        raise Refused("请先选择模板文件。")
    if file.size > MOST_BYTES:
        raise Refused(f"模板超过 {MOST_BYTES >> 20} MB，请删去下面的数据行，只留标题和表头再上传。")
    name = request.POST.get("name", "").strip() or Path(file.name or "").stem[:40]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template"
        path.write_bytes(file.read())
        row = _row(request.POST.get("header_row", ""))
        return keeping.add(user, ledger, path, name, header_row=row)


def _row(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) > 0):
        raise Refused(f"“{text[:20]}”不是行号，请写表头所在的行，如 3。")
    return int(text)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise NotInScope("没有这次导入。")
    return int(text)


def _index(request: HttpRequest, user: User, ledger: Ledger) -> dict[str, Any]:
    found = keeping.usable(user, posts(request), ledger)
    places = dict(_places(request))
    return {
        "ledger": ledger,
        "rows": [
            {
                "profile": one,
                "mine": one.owner_id == user.pk,
                "whose": places.get(_place(one), "") or "只我自己",
                "filled": sum(bool(field) for _, field in one.columns),
            }
            for one in found
        ],
        "papers": keeping.papers_of(user, ledger),
        "most_mb": MOST_BYTES >> 20,
        "problem": "",
        "name": "",
        "header_row": "",
    }


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One profile: its columns, name and unit; POST alters or, with ``deed``, deletes it."""
    ledger = ledger_named(slug)
    reader(request, ledger.slug)
    user = user_of(request)
    found = keeping.profile_of(user, posts(request), ledger, number)
    require(request, Permission.EXPORT_LEDGER, "导出台账", ledger=ledger.slug)
    if request.method == "GET":
        return page(request, "profiles/profile.html", _context(request, ledger, found))
    if found.owner_id != user.pk:
        raise NotPermitted(f"“{found.name}”是 {found.owner} 存的，您可以用，不能改。")
    if request.POST.get("deed") == "delete":
        found.delete()
        messages.success(request, f"已删去导出模板“{found.name}”。")
        return redirect("export-profiles", slug)
    try:
        keeping.alter(
            found, ledger, _fields(request), request.POST.get("name", ""), _shared(request)
        )
    except NotInScope:
        raise
    except Refused as error:
        context = _context(request, ledger, found) | {"problem": error.sentence}
        return page(request, "profiles/profile.html", context, status=422)
    messages.success(request, f"导出模板“{found.name}”已保存，在台账的“导出”里可以选它。")
    return redirect("export-profile", slug, found.pk)


def _fields(request: HttpRequest) -> dict[int, str]:
    """Place of a column in the sheet → field chosen for it."""
    told = ((_FIELD.fullmatch(name), str(value)) for name, value in request.POST.items())
    return {int(found[1]): value for found, value in told if found is not None}


def _shared(request: HttpRequest) -> str:
    """The unit that was chosen; NotInScope for one where the person holds no post."""
    place = request.POST.get("place", "")
    if place and place not in dict(_places(request)):
        raise NotInScope("没有这个单位。")
    return place


def _places(request: HttpRequest) -> list[tuple[str, str]]:
    """The units where the person holds a post, each once."""
    held = posts(request)
    names = place_names(held)
    found = {
        f"union:{p.union_id}" if p.area_id is None else f"area:{p.area_id}": names[p.pk]
        for p in held
    }
    return list(found.items())


def _place(one: ExportProfile) -> str:
    if one.area_id is not None:
        return f"area:{one.area_id}"
    return "" if one.union_id is None else f"union:{one.union_id}"


def _context(request: HttpRequest, ledger: Ledger, found: ExportProfile) -> dict[str, Any]:
    typed = _fields(request) if request.method == "POST" else {}
    return {
        "ledger": ledger,
        "profile": found,
        "mine": found.owner_id == user_of(request).pk,
        "name": request.POST.get("name", found.name),
        "places": _places(request),
        "place": request.POST.get("place", _place(found)),
        "titles": [text for row in found.head[:-1] for text in row if text],
        "header_row": len(found.head),
        "columns": [
            {"letter": letter(at), "header": header, "at": at, "field": typed.get(at, field)}
            for at, (header, field) in enumerate(found.columns)
        ],
        "choices": ledger.all_columns,
        "problem": "",
    }
