"""Files that mean harm, files that came to harm, and files that are something else."""

import io
import struct
import zipfile
import zlib

from tests.ugly.builders import (
    FIRM,
    Case,
    Paper,
    by_bytes,
    by_hand,
    by_openpyxl,
    by_text,
    by_xlsxwriter,
    by_xlwt,
    firm,
    line,
    lines,
)

_GOOD = [FIRM, firm(2)]
_LARGE = [FIRM, *(firm(seed) for seed in range(2, 400))]
_MEBI = 1 << 20
_FILE_PASS = struct.pack("<H", 0x002F)
_INTERFACE = struct.pack("<HHH", 0x00E1, 2, 0x04B0)


def _case(name: str, paper: Paper) -> Case:
    """A file that is refused."""
    return Case(
        name=name,
        paper=paper,
        sheet=None,
        header_row=None,
        problems=[(None, None, "unreadable")],
    )


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _scratched(data: bytes) -> bytes:
    """Some bytes in the middle turned over."""
    middle = len(data) // 2
    return (
        data[:middle]
        + bytes(255 - byte for byte in data[middle : middle + 64])
        + data[middle + 64 :]
    )


def _with_password(data: bytes) -> bytes:
    """An .xls whose third record says that the rest is encrypted."""
    at = data.index(_INTERFACE)
    return data[:at] + _FILE_PASS + data[at + 2 :]


def _renamed_stream(name: str) -> bytes:
    return (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0") + struct.pack(
        "<H", 2 * len(name) + 2
    )


def _encrypted(data: bytes) -> bytes:
    """The container of an encrypted .xlsx."""
    return data.replace(_renamed_stream("Workbook"), _renamed_stream("EncryptedPackage"))


def _word(data: bytes) -> bytes:
    return data.replace(_renamed_stream("Workbook"), _renamed_stream("WordDocument"))


def _bomb(data: bytes) -> bytes:
    """The archive with 40 more members of 64 MiB of nothing each, packed into 64 KiB."""
    nothing = bytes(64 * _MEBI)
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(nothing) + packer.flush()
    about = (20, 0, 8, 0, 33, zlib.crc32(nothing), len(packed), len(nothing))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        count, index = len(archive.infolist()), archive.start_dir
    ending = data.rindex(b"PK\x05\x06")
    body, entries = data[:index], data[index:ending]
    for number in range(40):
        name = b"xl/media/image%d.bin" % number
        entries += b"PK\x01\x02" + struct.pack(
            "<H5H3L5H2L", 20, *about, len(name), 0, 0, 0, 0, 0, len(body)
        )
        entries += name
        body += b"PK\x03\x04" + struct.pack("<5H3L2H", *about, len(name), 0) + name + packed
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count + 40, count + 40, len(entries), len(body), 0
    )
    return body + entries + end


_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
_READS = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_HEAD = line(1, FIRM)
_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200)


def _other_archive(member: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(member, "<x/>")
    return stream.getvalue()


CASES = (
    _case("half of an archive", by_hand(lines(*_LARGE), spoil=_half)),
    _case("an archive with a scratch", by_hand(lines(*_LARGE), spoil=_scratched)),
    _case("half of an xls", by_xlwt(_LARGE, spoil=_half)),
    _case("an xls of which the head is left", by_xlwt(_GOOD, spoil=lambda data: data[:600])),
    _case("an xls with a password", by_xlwt(_GOOD, spoil=_with_password)),
    _case("an encrypted workbook", by_xlwt(_GOOD, spoil=_encrypted)),
    _case("a letter in the guise of an xls", by_xlwt(_GOOD, spoil=_word)),
    _case("a bomb of an archive", by_hand(lines(*_GOOD), spoil=_bomb)),
    _case(
        "a sheet of seventeen thousand million cells",
        by_hand(lines(*_GOOD) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    _case(
        "a sheet of 470 million cells",
        by_hand(lines(*_GOOD) + '<row r="1048576"><c r="QH1048576"><v>1</v></c></row>'),
    ),
    _case(
        "a row beyond the end of any sheet",
        by_hand(_HEAD + '<row r="4000000000"><c r="A4000000000"><v>1</v></c></row>'),
    ),
    _case(
        "a value in the farthest column",
        by_xlsxwriter(_GOOD, lambda book: book.worksheets()[0].write(1, 16_383, "远")),
    ),
    _case(
        "a value in the farthest column by openpyxl",
        by_openpyxl(_GOOD, lambda book: book.worksheets[0].cell(2, 16_384, "远")),
    ),
    _case(
        "entities that multiply",
        by_hand(
            "",
            replaced={"xl/sharedStrings.xml": f"{_LAUGHS}<sst><si><t>&c;</t></si></sst>"},
        ),
    ),
    _case(
        "an entity that reads a file",
        by_hand("", replaced={"xl/worksheets/sheet1.xml": f"{_READS}<worksheet>&a;</worksheet>"}),
    ),
    _case(
        "a list of sheets that is no XML",
        by_hand(lines(*_GOOD), replaced={"xl/workbook.xml": "<workbook><sheets>"}),
    ),
    _case("a sheet that breaks off", by_hand(_HEAD + '<row r="2"><c r="A2"><v>1')),
    _case("a picture renamed", by_bytes(_PNG)),
    _case("a binary workbook", by_bytes(_other_archive("xl/workbook.bin"))),
    _case("an OpenDocument table", by_bytes(_other_archive("content.xml"))),
    _case(
        "an XML table of 2003",
        by_text(
            '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
            suffix=".xls",
        ),
    ),
    _case(
        "a page saved in one file",
        by_text("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", suffix=".xls"),
    ),
    _case("a document renamed", by_bytes(_other_archive("word/document.xml"))),
    _case("an archive of something", by_bytes(_other_archive("台账.xlsx"))),
    _case("a PDF renamed", by_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", ".xls")),
    _case("nothing at all", by_bytes(b"")),
    _case("nothing but blank lines", by_text("\r\n \r\n\t\r\n")),
    _case("noise", by_bytes(bytes(range(256)) * 8, ".csv")),
    _case(
        "a page without a table", by_text("<html><body><p>请登录</p></body></html>", suffix=".xls")
    ),
    Case(
        name="a letter in plain text",
        paper=by_text("各位同事：\n请于月底前报送台账。\n涪城区总工会\n", suffix=".xls"),
        sheet=None,
        header_row=None,
        problems=[
            (None, head, "missing-column")
            for head in ("单位名称", "所属区划", "单位性质", "职工人数")
        ],
    ),
)
