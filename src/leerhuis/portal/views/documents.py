"""Documents about a person, as the office adds and removes them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.documents import actions
from leerhuis.documents.models import Document
from leerhuis.documents.queries import documents_for
from leerhuis.documents.rules import NumberInName
from leerhuis.people.actions import lock_alive
from leerhuis.people.queries import people_for
from leerhuis.portal.forms import DocumentForm
from leerhuis.ui.undoing import offer_undo


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Any, person_id: UUID) -> HttpResponse:
    """Add a document about somebody, under a purpose and with a reason."""
    person = get_object_or_404(people_for(request.viewer), pk=person_id)
    look(by=request.actor, subjects=[person.id], purpose="people.account", screen="portal_office_document_add")
    form = DocumentForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _added(request, person_id, form):
            return _back(person_id)
    return render(request, "portal/office_document_add.html", {"person": person, "form": form}, status=status)


def _added(request: Any, person_id: UUID, form: DocumentForm) -> bool:
    """Keep what was sent; a refusal comes back in the form."""
    said = form.cleaned_data
    lock_alive(person_id)
    try:
        with attempt():
            document = actions.keep_document(
                person_id,
                purpose=said["purpose"],
                name=said["file"].name,
                reason=said["reason"],
                content=said["file"].file,
                not_bsn=said["not_bsn"],
                by=request.actor,
            )
    except Refusal as refusal:
        if isinstance(refusal, NumberInName):
            form.ask_about_number()
        form.add_error(refusal.field, str(refusal))
        return False
    words = _("%(name)s was added. The person finds it under “My documents”.")
    if document.scan == Document.Scan.WAITING:
        words = _("%(name)s was added. It can be opened once it was examined for viruses.")
    messages.success(request, words % {"name": document.name})
    return True


@require_POST
def drop(request: Any, document_id: UUID) -> HttpResponse:
    """Remove a document; for a day it can be had back."""
    document = get_object_or_404(documents_for(request.viewer), pk=document_id)
    lock_alive(document.person)
    try:
        with attempt():
            actions.drop_document(document, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        words = _("%(name)s was removed. It is gone for good after a day.") % {"name": document.name}
        offer_undo(request, words, reverse("portal_office_document_back", args=[document.id]), {})
    return _back(document.person)


@require_POST
def take_back(request: Any, document_id: UUID) -> HttpResponse:
    """Have a document back that was removed less than a day ago."""
    document = get_object_or_404(documents_for(request.viewer), pk=document_id)
    lock_alive(document.person)
    try:
        with attempt():
            actions.take_document_back(document, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The document is back."))
    return _back(document.person)


def _back(person_id: UUID) -> HttpResponse:
    return redirect("portal_office_person_part", person_id, "documents")
