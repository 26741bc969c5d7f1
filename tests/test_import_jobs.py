"""An import in the web whose worker is killed, or whose server is started anew, under way."""

import json
import os
import re
import signal
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.request import Request
from uuid import uuid4

import pytest

from gongjian.core.builders import make_credit_code
from tests.commands import environment, run_in
from tests.test_serving import Site, end, place, served, until, wait_ready, worker_of

__all__ = ["environment", "place"]

ROWS = 3_000
LOST = "办理中途后台进程停了，没有写入任何内容"
ENTERED = f"已入库：新增 {ROWS:,} 行"
NEW_PASSWORD = "rice-and-tea-2011"


def book() -> bytes:
    """Good rows of employers, too many to be read while one waits."""
    lines = ["统一社会信用代码,单位名称,所属区划,单位性质,职工人数,成立日期"]
    lines += [
        f"{make_credit_code(i)},第{i}号厂,510703,企业,{i % 300},2005-01-02" for i in range(ROWS)
    ]
    return "\n".join(lines).encode()


@pytest.fixture
def clerk(place: dict[str, str], tmp_path: Path) -> Callable[[Site], None]:
    """Signs a county clerk in."""
    areas = tmp_path / "areas.csv"
    areas.write_text("区划代码,名称,类型\n510703,涪城区,区\n", encoding="utf-8")
    assert run_in(place, "import", "areas", str(areas)).status == 0
    words = ("user", "add", "li", "--role", "county-organiser", "--area", "510703", "--json")
    first = run_in(place, *words).json["password"]

    def sign_in(site: Site) -> None:
        site.post("/accounts/login/", login="li", password=first)
        change = "/accounts/password/change/"
        said = {"oldpassword": first, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        assert site.post(change, **said)[0] == 200
        assert site.get("/imports/")[::2][0] == 200

    return sign_in


def upload(site: Site, content: bytes) -> str:
    """Send the book in; where the paper lies."""
    _, _, page = site.get("/imports/new/employers/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    mark = uuid4().hex
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token[1]}'
        f'\r\n--{mark}\r\nContent-Disposition: form-data; name="file"; filename="12.csv"\r\n\r\n'
    )
    data = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    kind = f"multipart/form-data; boundary={mark}"
    asked = Request(
        f"{site.address}/imports/new/employers/", data=data, headers={"Content-Type": kind}
    )
    status, address, text = site._ask(asked)
    assert status == 200, text
    found = re.match(r".*(/imports/\d+/)", address)
    assert found is not None
    return found[1]


def handed_in(site: Site, clerk: Callable[[Site], None]) -> str:
    """Brought, checked, tried out and handed in; where the paper lies."""
    wait_ready(site)
    clerk(site)
    paper = upload(site, book())
    until(site, f"{paper}columns/", "检查结果</a>", "行的检查结果")
    assert site.post(f"{paper}trial/", on="")[0] == 200
    tried = until(site, f"{paper}trial/", "确认入库")
    revision = re.search(r'name="revision" value="(\d+)"', tried)
    assert revision is not None
    said = {"revision": revision[1], "policy": "skip", "reason": "名册"}
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', tried)
    assert token is not None
    body = "&".join(f"{k}={v}" for k, v in {**said, "csrfmiddlewaretoken": token[1]}.items())
    asked = Request(f"{site.address}{paper}commit/", data=body.encode())
    assert site._ask(asked)[0] == 200
    return paper


def again(site: Site, paper: str) -> None:
    """Press the button of the page that says so."""
    _, _, page = site.get(f"{paper}done/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    data = f"csrfmiddlewaretoken={token[1]}".encode()
    assert site._ask(Request(f"{site.address}{paper}again/", data=data))[0] == 200


def held(place: dict[str, str]) -> Any:
    answer = run_in(place, "figures", "employers.total", "--at", "2011-12-28", "--json").json
    return answer["figures"][0]["value"]


def verified(place: dict[str, str]) -> bool:
    return bool(json.loads(run_in(place, "audit", "verify", "--json").out)["ok"])


def test_a_killed_worker_leaves_nothing_or_everything_and_the_page_says_so(
    place: dict[str, str], clerk: Callable[[Site], None]
) -> None:
    with served(place) as (process, site):
        paper = handed_in(site, clerk)
        until(site, f"{paper}done/", "正在办理", ENTERED)
        os.kill(worker_of(process), signal.SIGKILL)

        page = until(site, f"{paper}done/", LOST, ENTERED)

        assert held(place) == (0 if LOST in page else ROWS)
        assert verified(place)
        if LOST in page:
            wait_ready(site)
            again(site, paper)
            until(site, f"{paper}done/", ENTERED)
        assert held(place) == ROWS
        assert verified(place)


def test_a_server_that_is_started_anew_goes_on_with_the_job(
    place: dict[str, str], clerk: Callable[[Site], None]
) -> None:
    jar = CookieJar()
    with served(place, jar=jar) as (process, site):
        paper = handed_in(site, clerk)
        end(process, signal.SIGTERM)

    with served(place, jar=jar) as (_, site):
        # The page was closed with the server: the bare address of the paper leads to where it is.
        page = until(site, paper, LOST, ENTERED)
        if LOST in page:
            again(site, paper)
            until(site, paper, ENTERED)

    assert held(place) == ROWS
    assert verified(place)
