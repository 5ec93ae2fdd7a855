"""Results and certificates of a run, as the office decides them: one page for the group, mails shown beforehand."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from leerhuis.audit.actions import look
from leerhuis.audit.outlet import send, taken_along
from leerhuis.base.bsn import bsn_in
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.charter import words
from leerhuis.results import actions, mails
from leerhuis.results.forms import RevokeForm
from leerhuis.results.models import Certificate, Result
from leerhuis.results.paper.certificate import certificate_pdf
from leerhuis.results.queries import GridLine, certificate_for
from leerhuis.results.views.office import crumbs_to, view_of
from leerhuis.results.views.trainer import pdf
from leerhuis.ui.guarding import LOOKS_LIKE_ONE, OVERRIDE
from leerhuis.ui.paper.press import Unprintable, refuse_unprintable

RESULT, CERTIFICATE = "results.result", "results.certificate"
ON_PAPER = (words.IDENTITY, words.RESULT)


@require_http_methods(["GET", "HEAD", "POST"])
def results(request: Any, run_id: UUID) -> HttpResponse:
    """Enter the results of a whole group: each learner is decided one by one, on one page. Keeps: L23."""
    view = view_of(request, run_id)
    look(by=request.actor, subjects=view.people, purpose=RESULT, screen="results_office_results")
    faults: dict[UUID, str] = {}
    if request.method == "POST":
        given, faults = _give(request, view.learners)
        if given:
            words = ngettext("%(number)d result was given.", "%(number)d results were given.", given)
            messages.success(request, words % {"number": given})
        if not faults:
            return redirect("results_office_run", run_id)
    lines = [
        (each, faults.get(each.enrolment.id, ""), _typed(request, each), _asks_of_bsn(request, each))
        for each in view.learners
    ]
    letter = mails.result_given.preview(view.learners[0].enrolment) if view.learners else None
    shown = {
        "view": view,
        "run": view.run,
        "crumbs": crumbs_to(view, _("Results")),
        "lines": lines,
        "letter": letter,
        "outcomes": Result.Outcome.choices,
    }
    return render(request, "results/office_results.html", shown, status=409 if faults else 200)


def _typed(request: Any, line: GridLine) -> tuple[str, str]:
    """Return the outcome and remark to show for a learner: what was just typed, else what is known."""
    known = (line.result.outcome, line.result.remark) if line.result else ("", "")
    if request.method != "POST":
        return known
    key = line.enrolment.id
    return request.POST.get(f"outcome-{key}", known[0]), request.POST.get(f"remark-{key}", known[1])


def _asks_of_bsn(request: Any, line: GridLine) -> bool:
    """Whether the remark that was just typed looks like a BSN, so that the page asks whether it is another number."""
    return request.method == "POST" and bool(bsn_in(_typed(request, line)[1]))


def _give(request: Any, lines: list[GridLine]) -> tuple[int, dict[UUID, str]]:
    """Give what was decided and changed; returns how many results that were, and what was refused per enrolment."""
    given, faults = 0, {}
    for line in lines:
        outcome, remark = _typed(request, line)
        known = (line.result.outcome, line.result.remark) if line.result else ("", "")
        if outcome not in Result.Outcome or (outcome, remark.strip()) == known:
            continue
        if bsn_in(remark) and not request.POST.get(f"{OVERRIDE}-{line.enrolment.id}"):
            faults[line.enrolment.id] = str(LOOKS_LIKE_ONE)
            continue
        try:
            with attempt():
                actions.give_result(line.enrolment, outcome, remark=remark, by=request.actor)
        except Refusal as refusal:
            faults[line.enrolment.id] = str(refusal)
        else:
            given += 1
    return given, faults


@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: Any, run_id: UUID) -> HttpResponse:
    """Show who can have a certificate, who cannot and why, and the mail; then issue those that are ticked."""
    view = view_of(request, run_id)
    look(by=request.actor, subjects=view.people, purpose=CERTIFICATE, screen="results_office_certificates")
    due = view.due_certificates
    if request.method == "POST":
        picked = set(request.POST.getlist("enrolment"))
        _issue(request, [each for each in due if str(each.enrolment.id) in picked])
        return redirect("results_office_run", run_id)
    shown = {
        "view": view,
        "run": view.run,
        "crumbs": crumbs_to(view, _("Certificates")),
        "due": [(each, _unprintable(each)) for each in due],
        "others": [each for each in view.learners if not each.may_have_certificate],
        "letter": mails.certificate_issued.preview(_draft(due[0])) if due else None,
    }
    return render(request, "results/office_certificates.html", shown)


def _issue(request: Any, lines: list[GridLine]) -> None:
    """Issue these certificates one by one; what is refused is told, the others stand."""
    issued = 0
    for line in lines:
        try:
            with attempt():
                actions.issue_certificate(line.enrolment, by=request.actor)
        except Refusal as refusal:
            messages.warning(request, f"{line.enrolment.learner.name}: {refusal}")
        else:
            issued += 1
    if issued:
        words = ngettext("%(number)d certificate was issued.", "%(number)d certificates were issued.", issued)
        messages.success(request, words % {"number": issued})
    elif not lines:
        messages.warning(request, _("Nobody was ticked, so nothing was issued."))


def _draft(line: GridLine) -> Certificate:
    """Return a certificate that is not kept, to show the mail about it."""
    return Certificate(enrolment=line.enrolment, course_title=line.enrolment.run.course.title)


def _unprintable(line: GridLine) -> str:
    """Return what is wrong with a learner's name for the press, or nothing."""
    try:
        refuse_unprintable(line.enrolment.learner.name)
    except Unprintable as refusal:
        return str(refusal)
    return ""


def _certificate(request: Any, certificate_id: UUID) -> Certificate:
    found = certificate_for(request.viewer, certificate_id)
    if found is None:
        raise Http404
    return found


@require_safe
def certificate_page(request: Any, certificate_id: UUID) -> HttpResponse:
    """Show one certificate: whose it is, what stands on it, whether it holds, and what can be done with it."""
    found = _certificate(request, certificate_id)
    person = found.enrolment.learner_id
    look(by=request.actor, subjects=[person], purpose=CERTIFICATE, screen="results_office_certificate")
    return render(request, "results/office_certificate.html", {"certificate": found, "run": found.enrolment.run})


@require_safe
def certificate_paper(request: Any, certificate_id: UUID) -> HttpResponse:
    """Give a certificate as PDF to the office."""
    found, screen = _certificate(request, certificate_id), "results_office_certificate_pdf"
    person = found.enrolment.learner_id
    look(by=request.actor, subjects=[person], purpose=CERTIFICATE, screen=screen)
    going = taken_along(request, CERTIFICATE, screen, words=ON_PAPER)
    going.add([person])
    paper = send(going, partial(certificate_pdf, found), by=request.actor)
    return pdf(paper, _("certificate"), found.number)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: Any, certificate_id: UUID) -> HttpResponse:
    """Show a certificate and the mail that goes out, and revoke it with a reason."""
    found = _certificate(request, certificate_id)
    look(by=request.actor, subjects=[found.enrolment.learner_id], purpose=CERTIFICATE, screen="results_office_revoke")
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.revoke_certificate(found, **form.cleaned_data, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The certificate was revoked. The public page says so from now on."))
            return redirect("results_office_run", found.enrolment.run_id)
    letter = mails.certificate_revoked.preview(found)
    return render(request, "results/office_revoke.html", {"certificate": found, "form": form, "letter": letter})
