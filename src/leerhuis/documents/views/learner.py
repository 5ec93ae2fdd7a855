"""One's own documents."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from leerhuis.audit.outlet import send, taken_by_oneself
from leerhuis.documents.handing import handed_out
from leerhuis.documents.queries import own_documents, reasons_to_keep


@require_safe
def my_documents(request: Any) -> HttpResponse:
    """Show the documents about oneself, what each is kept for, and the file itself."""
    rows = list(own_documents(request.viewer.person_id))
    return render(request, "documents/my_documents.html", {"rows": rows, "kept_for": reasons_to_keep()})


@require_safe
def my_document(request: Any, document_id: UUID) -> HttpResponseBase:
    """Hand out a document about oneself."""
    document = get_object_or_404(own_documents(request.viewer.person_id), pk=document_id)
    going = taken_by_oneself(request, document.purpose, request.resolver_match.url_name)
    return send(going, partial(handed_out, document), by=request.actor)
