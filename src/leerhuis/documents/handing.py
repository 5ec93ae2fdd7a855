"""Handing a document to a browser: always as a file to be saved, never to be shown or run in a page of this site."""

from typing import Final

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from leerhuis.documents.models import Document
from leerhuis.documents.queries import content_of, media_type

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def handed_out(document: Document) -> StreamingHttpResponse:
    """Return a document as a download, opened piece by piece. Whether the reader may is asked before.

    Refuses BeingExamined and GoneForGood. Raises Damaged.
    """
    parts = content_of(document)
    answer = StreamingHttpResponse(parts, content_type=media_type(document), headers=HEADERS)
    answer["Content-Length"] = str(document.size)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=document.name) or ""
    return answer
