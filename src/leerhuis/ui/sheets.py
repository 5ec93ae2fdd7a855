"""Lists as files: CSV and XLSX that a spreadsheet opens without executing anything.

Rows are written as they come, to a file that spills to disk: a list of any length takes the same memory.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from django.http import FileResponse, HttpResponse
from django.utils.text import slugify

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
_IN_MEMORY = 1_000_000


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV injection); numbers and days stay as they are.

    A text that begins with = + - @, a tab or a return gets an apostrophe before it: "+31 6 …" stays readable.
    """
    if value is None:
        return ""
    if isinstance(value, bool | int | float | date):
        return value
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_ACTIVE) else value
    return value


def sheet(name: str, heads: Sequence[Any], rows: Iterable[Sequence[Any]], kind: str) -> HttpResponse:
    """Return a list as a download; `kind` is ``csv`` or ``xlsx`` (anything else gives CSV).

    CSV starts with a byte order mark, so that spreadsheets read accents right. A small one is a response as any other,
    a big one is sent from its file.
    """
    kind = kind if kind in FORMATS else "csv"
    file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the response closes it
    lines = _lines(heads, rows)
    (_write_xlsx if kind == "xlsx" else _write_csv)(file, lines)
    size = file.tell()
    file.seek(0)
    filename = f"{slugify(name) or 'list'}.{kind}"
    if size > _IN_MEMORY:
        sent = FileResponse(file, as_attachment=True, filename=filename, content_type=FORMATS[kind])
        return cast("HttpResponse", sent)  # whoever hands it on does not look inside
    with file:
        response = HttpResponse(file.read(), content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _lines(heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterable[list[Any]]:
    yield [str(head) for head in heads]
    for row in rows:
        yield [harmless(value) for value in row]


def _write_csv(file: IO[bytes], lines: Iterable[list[Any]]) -> None:
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    for line in lines:
        writer.writerow([_plain(value) for value in line])
    text.detach()


def _plain(value: Any) -> Any:
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value


def _write_xlsx(file: IO[bytes], lines: Iterable[list[Any]]) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - takes a third of a second, which a start cannot spare

    book = Workbook(write_only=True)
    page = book.create_sheet()
    for line in lines:
        page.append(line)
    book.save(file)
