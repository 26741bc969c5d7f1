import contextlib
import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt
from xlwt import CompoundDoc

from gongjian.ledgers.cells import Raw
from gongjian.ledgers.reading import Limits, MissingColumns, Unreadable, read_table
from gongjian.ledgers.tests.files import SPECS, by_hand, xlsx

SMALL = Limits(
    max_bytes=1 << 20, max_expanded=4 << 20, max_rows=1000, max_columns=50, max_cells=9000
)


def sentence(path: Path) -> str:
    """With what words the file is refused."""
    with pytest.raises(Unreadable) as caught:
        read_table(path, SPECS, limits=SMALL)
    return caught.value.sentence


def compound(path: Path, streams: dict[str, bytes]) -> Path:
    """A compound file with these streams, each of at least 4096 bytes."""
    writer = CompoundDoc.XlsDoc()
    writer.save(str(path), next(iter(streams.values())).ljust(4096, b"\0"))
    data = path.read_bytes()
    name = next(iter(streams)).encode("utf-16-le").ljust(64, b"\0")
    at = data.index("Workbook".encode("utf-16-le"))
    length = struct.pack("<H", 2 * len(next(iter(streams))) + 2)
    path.write_bytes(data[:at] + name + length + data[at + 66 :])
    return path


@pytest.mark.parametrize(
    ("stream", "word"),
    [
        ("EncryptedPackage", "密码"),
        ("WordDocument", "Word"),
        ("PowerPoint Document", "PowerPoint"),
        ("Contents", "不是表格"),
    ],
)
def test_other_compound_files_say_what_they_are(tmp_path: Path, stream: str, word: str) -> None:
    assert word in sentence(compound(tmp_path / "a.xlsx", {stream: b"x"}))


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def binary_sheet(cells: bytes, globals_: bytes = b"") -> bytes:
    """A workbook stream of one sheet."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    end = record(0x000A, b"")
    place = len(begin) + len(globals_) + 4 + 10 + len(end)
    bound = record(0x0085, struct.pack("<IHBB", place, 0, 2, 0) + b"S1")
    return begin + globals_ + bound + end + begin + cells + end


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        (record(0x0203, struct.pack("<HHHd", 65535, 65535, 0, 1.0)), "行"),
        (record(0x0203, struct.pack("<HHHd", 5, 65535, 0, 1.0)), "列"),
        (record(0x00BD, struct.pack("<HHHIHIH", 5, 0, 0, 0, 0, 0, 65535)), "列"),
        (record(0x0203, struct.pack("<HHHd", 999, 49, 0, 1.0)), "大小"),
    ],
)
def test_a_far_cell_of_an_xls_is_refused(tmp_path: Path, cells: bytes, word: str) -> None:
    path = compound(tmp_path / "a.xls", {"Workbook": binary_sheet(cells)})

    assert word in sentence(path)


def test_xls_behind_a_password_is_refused(tmp_path: Path) -> None:
    stream = binary_sheet(b"", record(0x002F, struct.pack("<HHH", 0, 1, 2)))

    assert "密码" in sentence(compound(tmp_path / "a.xls", {"Workbook": stream}))


def dimensions(*numbers: int) -> bytes:
    return record(0x0200, struct.pack("<IIHHH", *numbers, 0))


@pytest.mark.parametrize(
    "claim", [(0, 2**32 - 1, 0, 256), (9, 3, 0, 1), (0, 65_536, 0, 65_535), (0, 65_537, 0, 1)]
)
def test_an_xls_that_claims_more_cells_than_there_can_be_is_refused(
    tmp_path: Path, claim: tuple[int, ...]
) -> None:
    path = compound(tmp_path / "a.xls", {"Workbook": binary_sheet(dimensions(*claim))})

    assert "已损坏" in sentence(path)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (44, 0x7FFFFFFF),  # sectors of the allocation table
        (64, 0x0000FFFF),  # sectors of the small allocation table
        (56, 0),  # from which size on streams are not small
        (48, 0x00FFFFFF),  # where the directory begins
    ],
)
def test_an_xls_whose_head_lies_is_refused(tmp_path: Path, place: int, value: int) -> None:
    path = write_xls(tmp_path / "a.xls")
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, place, value)
    path.write_bytes(data)

    assert "已损坏" in sentence(path)


def test_chains_that_run_in_a_circle_end(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "a.xls")
    data = bytearray(path.read_bytes())
    table = (struct.unpack_from("<I", data, 76)[0] + 1) * 512
    for entry in range(100):
        if struct.unpack_from("<I", data, table + 4 * entry)[0] == 0xFFFFFFFE:
            struct.pack_into("<I", data, table + 4 * entry, entry)
    path.write_bytes(data)

    assert "已损坏" in sentence(path)


def test_an_archive_behind_an_xls_is_refused(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "a.xls")
    path.write_bytes(path.read_bytes() + by_hand(tmp_path / "b.xlsx", "").read_bytes())

    assert "不正常" in sentence(path)


def write_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("企业")
    rows: list[list[Raw]] = [["单位名称", "职工人数"], ["甲", 1], ["乙", 2]]
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    book.save(str(path))
    return path


def write_xlsx(path: Path) -> Path:
    return xlsx(path, {"企业": [["单位名称", "职工人数"], ["甲", 1], ["乙", 2]]})


@pytest.mark.parametrize("write", [write_xls, write_xlsx])
def test_spoilt_workbooks_never_break_the_reader(
    tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    whole = write(tmp_path / "whole").read_bytes()
    chance = random.Random(20111228)
    path = tmp_path / "a.xls"
    for _ in range(300):
        data = bytearray(whole[: chance.choice((len(whole), chance.randrange(len(whole))))])
        for _ in range(chance.choice((0, 1, 8))):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        with contextlib.suppress(Unreadable, MissingColumns):
            read_table(path, SPECS, limits=SMALL)
