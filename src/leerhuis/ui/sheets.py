"""Lists as files: CSV and XLSX that a spreadsheet opens without executing anything."""

from collections.abc import Iterable, Sequence
from typing import Any

import tablib
from django.http import HttpResponse
from django.utils.text import slugify

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV injection); numbers stay numbers.

    A text that begins with = + - @, a tab or a return gets an apostrophe before it: "+31 6 …" stays readable.
    """
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_ACTIVE):
        return f"'{value}"
    return value


def sheet(name: str, heads: Sequence[Any], rows: Iterable[Sequence[Any]], kind: str) -> HttpResponse:
    """Return a list as a download; `kind` is ``csv`` or ``xlsx`` (anything else gives CSV).

    CSV starts with a byte order mark, so that spreadsheets read accents right.
    """
    kind = kind if kind in FORMATS else "csv"
    data = tablib.Dataset(headers=[str(head) for head in heads])
    for row in rows:
        data.append([harmless(value) for value in row])
    content = data.export(kind)
    body = content if isinstance(content, bytes) else "\ufeff" + content
    response = HttpResponse(body, content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "list"}.{kind}"'
    return response
