"""Filling in forms as a browser does: what the page shows is sent back, with a few cells changed."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client

Fields = dict[str, str]


def main(answer: Any) -> BeautifulSoup:
    """What the page itself says, without its frame."""
    found = BeautifulSoup(answer.content, "html.parser").find("main")
    assert isinstance(found, Tag)
    return BeautifulSoup(str(found), "html.parser")


def fields(page: BeautifulSoup) -> Fields:
    """What the last form of a page would send."""
    form = page.find_all("form", method="post")[-1]
    sent = {str(i["name"]): str(i.get("value", "")) for i in form.find_all("input")}
    for select in form.find_all("select"):
        chosen = select.find("option", selected=True)
        sent[str(select["name"])] = str(chosen["value"]) if chosen else ""
    sent.pop("csrfmiddlewaretoken")
    return sent


def opened(client: Client, address: str) -> Fields:
    """The cells of a form as it opens."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return fields(main(answer))


def tried(client: Client, address: str, **cells: str) -> Any:
    """The form with some cells changed, sent to be tried."""
    return client.post(address, opened(client, address) | cells | {"step": "check"})


def committed(client: Client, address: str, **cells: str) -> HttpResponse:
    """Tried and then taken; the answer to the second."""
    answer = tried(client, address, **cells)
    assert answer.status_code == 200, main(answer).get_text(" ", strip=True)
    taken: Any = client.post(address, fields(main(answer)) | {"step": "commit"})
    assert taken.status_code == 302, main(taken).get_text(" ", strip=True)
    return taken  # type: ignore[no-any-return]


def errors(answer: Any) -> dict[str, str]:
    """Sentence by the label of its field; those of the form itself under “”."""
    page = main(answer)
    found = {}
    for err in page.select(".fld .err"):
        label = err.find_parent(class_="fld").find("label")  # type: ignore[union-attr]
        assert isinstance(label, Tag)
        found[label.get_text().removesuffix("可不填").strip()] = err.get_text(" ", strip=True)
    if note := page.select_one(".note.bad"):
        found[""] = note.get_text(" ", strip=True)
    return found


def lines(answer: Any) -> list[tuple[str, ...]]:
    """The rows that a page says a deed comes to."""
    return [
        tuple(cell.get_text(" ", strip=True) for cell in row.find_all("td"))
        for row in main(answer).select("table.tb tbody tr")
    ]
