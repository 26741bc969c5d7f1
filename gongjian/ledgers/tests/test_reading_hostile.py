import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from gongjian.ledgers.reading import Limits, Unreadable, read_table
from gongjian.ledgers.tests.files import HEADER_CELLS, SPECS, by_hand, inline

SMALL = Limits(
    max_bytes=1 << 20, max_expanded=4 << 20, max_rows=1000, max_columns=50, max_cells=9000
)
FAR = f"<row r='1'>{HEADER_CELLS}</row>"


def sentence(path: Path, limits: Limits = SMALL) -> str:
    """With what words the file is refused."""
    with pytest.raises(Unreadable) as caught:
        read_table(path, SPECS, limits=limits)
    return caught.value.sentence


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf \r\n", "文件是空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "图片"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1}", "RTF"),
        (b"7z\xbc\xaf\x27\x1c", "压缩包"),
        (b"PK\x03\x04" + bytes(99), "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "已损坏"),
        (bytes(range(128)), "不是表格"),
        (bytes(range(256)), "编码"),
        (b"\x81\xff\xff", "编码"),
        (b"<html><body><p>no</p></body></html>", "没有表格"),
        (b"<?xml version='1.0'?><svg/>", "图片"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "2003"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "网页"),
        ('单位名称,职工人数\n"甲,1\n乙,2\n'.encode(), "引号"),
        ('单位名称,职工人数\n"甲"公司,1\n'.encode(), "引号"),
        (b"a,b\n" * 1001, "行"),
        (b"," * 50, "列"),
        (b"," * 10 + b"\n" * 900, "大小"),
        (b"<table>" + b"<tr><td>x" * 1001, "行"),
        (b"<table><tr><td colspan=99>x</table>", "列"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_sentence(
    tmp_path: Path, data: bytes, word: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)

    assert word in sentence(path)


def test_directory_and_absent_file_are_refused(tmp_path: Path) -> None:
    assert "文件夹" in sentence(tmp_path)
    assert "打不开" in sentence(tmp_path / "absent.xlsx")


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * (SMALL.max_bytes + 1))

    assert sentence(path) == "文件超过 1 MB，请拆成几个文件后分别导入。"


@pytest.mark.parametrize(
    ("member", "word"),
    [
        ("word/document.xml", "Word"),
        ("xl/workbook.bin", "xlsb"),
        ("content.xml", "OpenDocument"),
        ("甲.xlsx", "压缩包"),
    ],
)
def test_other_archives_say_what_they_are(tmp_path: Path, member: str, word: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(member, "x")

    assert word in sentence(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ('<c r="XFD1048576"><v>1</v></c>', "行"),
        ('<c r="A1001"><v>1</v></c>', "行"),
        ('<c r="AY2"><v>1</v></c>', "列"),
        ('<c r="zz2"><v>1</v></c>', "列"),
        ("<c s=\"0\" r = 'AY2'><v>1</v></c>", "列"),
        ('<x:c xmlns:x="x" r="AY2"><v>1</v></x:c>', "列"),
        ('<c r="ZZZZZZZ2"><v>1</v></c>', "列"),
        ('<c r="A99999999999"><v>1</v></c>', "行"),
        ('<c r="AX999"><v>1</v></c>', "大小"),
        ('<c r="A2" a=">" ></c><c a=">" r="AY3"><v>1</v></c>', "列"),
        ("<c><v>1</v></c>" * 51, "列"),
    ],
)
def test_a_far_cell_is_refused_before_the_sheet_is_laid_out(
    tmp_path: Path, cell: str, word: str
) -> None:
    path = by_hand(tmp_path / "a.xlsx", f'{FAR}<row r="2">{cell}</row>')

    assert word in sentence(path)


def test_rows_that_never_end_do_not_hide_their_width(tmp_path: Path) -> None:
    rows = "".join(f"<row r='{n}'><c><v>1</v></c>" for n in range(2, 102)) + "</row>" * 100

    assert "列" in sentence(by_hand(tmp_path / "a.xlsx", FAR + rows))


@pytest.mark.parametrize(
    "extra",
    [
        {"xl/sharedStrings.xml": '<sst uniqueCount="99999999999999"/>'},
        {"xl/SharedStrings.XML": "<sst uniqueCount = '+0099999999999'/>"},
        {"other/workbook.xml": "<workbook/>"},
        {"XL/Worksheets/Sheet1.xml": "<worksheet/>"},
        {
            "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='r1' "
            "Type='x/worksheet' Target='worksheets/sheet&#49;.xml'/></Relationships>"
        },
    ],
)
def test_what_readers_could_see_in_two_ways_is_refused(
    tmp_path: Path, extra: dict[str, str]
) -> None:
    assert "不正常" in sentence(by_hand(tmp_path / "a.xlsx", FAR, extra=extra))


def test_bytes_behind_the_archive_are_refused(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", FAR)
    path.write_bytes(path.read_bytes() + bytes(22))

    assert "不正常" in sentence(path)


def test_far_cells_that_hold_nothing_do_no_harm(tmp_path: Path) -> None:
    cells = '<c r="AY2000" s="1"/>'
    path = by_hand(tmp_path / "a.xlsx", f'{FAR}<row r="2000">{cells}</row>')

    assert read_table(path, SPECS, limits=SMALL).row_numbers == []


def test_a_far_cell_in_a_sheet_that_is_not_read_does_no_harm(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("企业").write_row(0, 0, ["单位名称", "职工人数"])
        book.add_worksheet("远").write(5000, 5000, 1)

    assert read_table(tmp_path / "a.xlsx", SPECS, limits=SMALL).sheet == "企业"
    with pytest.raises(Unreadable):
        read_table(tmp_path / "a.xlsx", SPECS, sheet="远", limits=SMALL)


@pytest.mark.parametrize(
    ("part", "content", "word"),
    [
        ("xl/media/a.bin", "0" * (5 << 20), "过大"),
        ("xl/a.xml", "<a>" + " <b/>" * (1 << 20) + "</a>", "过大"),
        ("xl/a.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "不正常"),
        ("xl/a.xml", "\ufeff<a/>", None),
    ],
)
def test_the_other_members_of_the_archive_are_looked_at(
    tmp_path: Path, part: str, content: str, word: str | None
) -> None:
    path = by_hand(tmp_path / "a.xlsx", FAR, extra={part: content})

    if word:
        assert word in sentence(path)
    else:
        assert read_table(path, SPECS, limits=SMALL).row_numbers == []


def test_text_without_marks_is_not_gathered_for_ever(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", FAR, extra={"xl/a.bin": "0" * (17 << 20)})

    assert "不正常" in sentence(path, Limits())


def test_wide_characters_do_not_hide_a_sheet(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", FAR)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/b.xml", "<a/>".encode("utf-16"))

    assert "不正常" in sentence(path)


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", FAR)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")

    assert "不正常" in sentence(path)


def test_member_behind_a_password_is_refused(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", FAR)
    data = bytearray(path.read_bytes())
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(magic, at + 4)
    path.write_bytes(data)

    assert "密码" in sentence(path)


def test_workbook_of_charts_alone_is_refused(tmp_path: Path) -> None:
    extra = {
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet"'
        ' Target="chartsheets/sheet1.xml"/></Relationships>',
        "xl/chartsheets/sheet1.xml": "<chartsheet/>",
    }

    assert "没有工作表" in sentence(by_hand(tmp_path / "a.xlsx", FAR, extra=extra))


def test_far_merges_are_cut_to_the_sheet(tmp_path: Path) -> None:
    merges = (
        '</sheetData><mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells><sheetData>'
    )
    rows = f"{FAR}<row r='2'>{inline('A2', '甲')}</row><row r='3'><c r='B3'><v>1</v></c></row>"
    table = read_table(by_hand(tmp_path / "a.xlsx", rows + merges), SPECS, limits=SMALL)

    assert table.cells["单位名称"] == ["甲", "甲"]


def test_merges_upon_merges_are_refused(tmp_path: Path) -> None:
    merge = '<mergeCell ref="A2:A999"/>' * 20
    merges = f"</sheetData><mergeCells>{merge}</mergeCells><sheetData>"
    rows = f"{FAR}<row r='2'>{inline('A2', '甲')}</row><row r='999'>{inline('B999', '1')}</row>"

    assert "合并" in sentence(by_hand(tmp_path / "a.xlsx", rows + merges))
