"""A learner's own results, certificates and attendance, and who sees what of them."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leerhuis.audit.outlet import send, taken_by_oneself
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.enrolment import actions as enrolling
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.queries import own_enrolment
from leerhuis.mail.links import front
from leerhuis.people.actions import lock_alive
from leerhuis.results.paper.certificate import certificate_pdf
from leerhuis.results.queries import (
    certificate_for,
    certificates_of,
    my_attendance,
    my_pictures,
    my_result,
    my_results,
)
from leerhuis.results.sights import sights_of_others
from leerhuis.results.views.trainer import pdf


@require_safe
def certificates(request: Any) -> HttpResponse:
    """Show one's own results and certificates."""
    person = request.viewer.person
    return render(
        request,
        "results/my_certificates.html",
        {
            "certificates": list(certificates_of(person)),
            "results": list(my_results(request.viewer)),
            "front": front(),
        },
    )


@require_safe
def my_certificate(request: Any, certificate_id: UUID) -> HttpResponse:
    """Give one of one's own certificates as PDF."""
    certificate = certificate_for(request.viewer, certificate_id)
    if certificate is None or certificate.enrolment.learner_id != request.viewer.person_id:
        raise Http404
    going = taken_by_oneself(request, "results.certificate", "results_my_certificate_pdf")
    paper = send(going, partial(certificate_pdf, certificate), by=request.actor)
    return pdf(paper, _("certificate"), certificate.number)


@require_safe
def attendance(request: Any, enrolment_id: UUID) -> HttpResponse:
    """Show one's own attendance at one course: as a part that other pages take in, else as a page of its own."""
    lessons = my_attendance(request.viewer, enrolment_id)
    if lessons is None:
        raise Http404
    shown = {
        "lessons": lessons,
        "result": my_result(request.viewer, enrolment_id),
        "enrolment": own_enrolment(request.viewer, enrolment_id),
    }
    return render(request, "results/_my_attendance.html" if request.htmx else "results/my_attendance.html", shown)


@require_safe
def who_sees_what(request: Any) -> HttpResponse:
    """Show what one's employer sees, exactly as it sees it, and who else sees what. Keeps: K6."""
    language = get_language() or "nl"
    shown = {
        "pictures": my_pictures(request.viewer, language),
        "sights": sights_of_others(request.tenant.settings, language),
    }
    return render(request, "results/who_sees_what.html", shown)


@require_POST
def object_to_sharing(request: Any, enrolment_id: UUID) -> HttpResponse:
    """Stop what one's employer sees of an enrolment; from this moment on it sees nothing of it."""
    words = _("From now on your employer sees nothing more of this course than that it enrolled you.")
    return _change(request, enrolment_id, enrolling.object_to_sharing, words)


@require_POST
def withdraw_objection(request: Any, enrolment_id: UUID) -> HttpResponse:
    """Take an objection back: one's employer sees again what was agreed."""
    words = _("Your objection was taken back. Your employer sees again what was agreed.")
    return _change(request, enrolment_id, enrolling.take_back_objection, words)


def _change(request: Any, enrolment_id: UUID, act: Any, words: str) -> HttpResponse:
    own = get_object_or_404(Enrolment, pk=enrolment_id, learner=request.viewer.person_id)
    lock_alive(own.learner_id)
    try:
        with attempt():
            act(own, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("results_who_sees_what")
