"""Opening a document about somebody, for the office."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from leerhuis.audit.actions import look
from leerhuis.audit.outlet import send, taken_along
from leerhuis.documents.handing import handed_out
from leerhuis.documents.queries import documents_for


@require_safe
def download(request: Any, document_id: UUID) -> HttpResponseBase:
    """Hand out a document to whom its purpose allows it at this moment; that they looked is written down."""
    document = get_object_or_404(documents_for(request.viewer), pk=document_id)
    going = taken_along(request, document.purpose, request.resolver_match.url_name)
    going.add([document.person])
    answer = send(going, partial(handed_out, document), by=request.actor)
    look(by=request.actor, subjects=[document.person], purpose=document.purpose, screen="documents_office_download")
    return answer
