"""Complaints: the public page with the procedure, one's own, and the desk of privacy officer and administrator."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leerhuis.audit.actions import look
from leerhuis.audit.outlet import send, taken_along
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.limits import count
from leerhuis.base.refusals import Refusal
from leerhuis.lists.page import answer
from leerhuis.mail.render import body_html
from leerhuis.privacy import actions
from leerhuis.privacy.complaint_forms import AnswerForm, CloseForm, ComplainForm, DelayForm, NewComplaintForm, YearForm
from leerhuis.privacy.complaint_tables import COMPLAINTS, HEADS, PURPOSE, figures_of, state_of
from leerhuis.privacy.docket import people_found
from leerhuis.privacy.grievances import complaint_replies_for, complaints_for, complaints_in
from leerhuis.privacy.letters import draft_complaint_answer
from leerhuis.privacy.models import Complaint
from leerhuis.privacy.phrases import Language
from leerhuis.privacy.request_forms import WhoseForm
from leerhuis.privacy.tables import days_in_words, tone_of
from leerhuis.privacy.trail import changes_of
from leerhuis.privacy.views.mine import paper
from leerhuis.ui.sheets import sheet
from leerhuis.ui.wording import in_dutch

AT_MOST = 5  # complaints from one address, before it has to wait
NOTES_SHOWN = 30


def _language() -> str:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: Any) -> HttpResponse:
    """Show how complaints are handled, and take one in, of anybody. Keeps: L38, K20."""
    person = request.viewer.person if request.viewer else None
    begun = {"name": person.name, "address": person.email} if person else {}
    form = ComplainForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        count(request, "complaint", account=form.cleaned_data["address"], most=AT_MOST)
        with attempt():
            actions.receive_complaint(
                **form.cleaned_data,
                not_a_bsn=form.said_not_a_bsn,
                person=person,
                channel=Complaint.Channel.WEBSITE,
                language=_language(),
                by=request.actor,
            )
        return redirect("privacy_complained")
    conditions = request.tenant.settings.conditions
    appeal = conditions.appeal_nl if _language() == "nl" else conditions.appeal_en
    return render(
        request, "privacy/complain.html", {"form": form, "appeal": appeal, "terms": request.tenant.settings.complaints}
    )


@require_safe
def complained(request: Any) -> HttpResponse:
    """Say that a complaint came in, and what comes next."""
    return render(request, "privacy/complained.html", {"terms": request.tenant.settings.complaints})


# --- the desk ------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def complaint_list(request: Any) -> HttpResponse:
    """List and search complaints, the most pressing first."""
    year_form = YearForm(initial={"year": clock.today().year})
    return answer(request, COMPLAINTS, "privacy/complaints.html", {"year_form": year_form})


@require_safe
def complaint_year(request: Any) -> HttpResponse:
    """Give the complaints of a year as a sheet, without anybody's name. Keeps: K20."""
    form = YearForm(request.GET)
    year = form.cleaned_data["year"] if form.is_valid() else clock.today().year
    found = figures_of(complaints_in(year, request.viewer).iterator(chunk_size=500))
    heads, kind = [str(head) for head in HEADS], request.GET.get("export", "xlsx")
    making = partial(sheet, f"{_('complaints')} {year}", heads, found, kind)
    return send(taken_along(request, PURPOSE, "privacy_complaint_year"), making, by=request.actor)


@require_http_methods(["GET", "HEAD", "POST"])
def add_complaint(request: Any) -> HttpResponse:
    """Take in a complaint that came by mail, telephone, letter or at the desk."""
    form = NewComplaintForm(request.POST or None, initial={"received_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "received_at": form.received_at()}
        del said["received_on"]
        with attempt():
            taken = actions.receive_complaint(
                **said,
                not_a_bsn=form.said_not_a_bsn,
                by=request.actor,
            )
        messages.success(request, _("The complaint was recorded. The last day for the answer is on the page."))
        return redirect("privacy_complaint", taken.id)
    return render(request, "privacy/complaint_add.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complaint_page(request: Any, complaint_id: UUID) -> HttpResponse:
    """Show one complaint and do the next thing about it: confirm, more time, answer, appeal, close."""
    found = get_object_or_404(complaints_for(request.viewer), pk=complaint_id)
    bad: dict[str, Any] = {}
    step = STEPS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if step is not None:
        bad = step[0](request, found)
        if not bad:
            messages.success(request, str(step[1]))
            return redirect("privacy_complaint", found.id)
    if found.person:
        look(by=request.actor, subjects=[found.person], purpose=PURPOSE, screen="privacy_complaint")
    language: Language = "nl" if in_dutch() else "en"
    shown = {
        "found": found,
        "state": state_of(found),
        "left": days_in_words(found) if found.answered_at is None else "",
        "tone": tone_of(found),
        "replies": [(each, body_html(each.body)) for each in found.replies.order_by("created_at")],
        "changes": changes_of("privacy.complaint", found.id, language, NOTES_SHOWN, reader=request.viewer.person_id),
        "answer_form": AnswerForm(initial={"body": draft_complaint_answer(found)}),
        "delay_form": DelayForm(),
        "close_form": CloseForm(initial={"learned": found.learned}),
        "says_whose": found.person is None and "privacy_officer" in request.viewer.roles,
        "whose_form": WhoseForm(initial={"email": found.address if "@" in found.address else ""}),
    }
    return render(request, "privacy/complaint.html", shown | bad)


def _plain(act: Callable[..., Any]) -> Callable[[Any, Any], dict[str, Any]]:
    def step(request: Any, found: Any) -> dict[str, Any]:
        try:
            with attempt():
                act(found, by=request.actor)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return {"refused": True}
        return {}

    return step


def _filled(kind: Any, name: str, act: Callable[..., Any]) -> Callable[[Any, Any], dict[str, Any]]:
    def step(request: Any, found: Any) -> dict[str, Any]:
        form = kind(request.POST)
        if not form.is_valid():
            return {name: form}
        try:
            with attempt():
                act(found, **form.cleaned_data, by=request.actor)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return {name: form}
        return {}

    return step


def _whose(request: Any, found: Any) -> dict[str, Any]:
    form = WhoseForm(request.POST)
    if not form.is_valid():
        return {"whose_form": form}
    person = people_found(request.viewer, form.cleaned_data["email"])
    try:
        with attempt():
            if person is None:
                form.add_error("email", _("Nobody here has this e-mail address."))
            else:
                actions.say_whose_complaint(found, person, by=request.actor)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return {} if form.is_valid() else {"whose_form": form}


STEPS: dict[str, tuple[Callable[[Any, Any], dict[str, Any]], str | Promise]] = {
    "take": (_plain(actions.take_complaint), gettext_lazy("You handle this complaint now.")),
    "whose": (_whose, gettext_lazy("It stands now who complained.")),
    "confirm": (
        _plain(actions.confirm_complaint),
        gettext_lazy("It stands that they heard of the receipt."),
    ),
    "delay": (
        _filled(DelayForm, "delay_form", actions.delay_complaint),
        gettext_lazy("The complainant is told until when and why."),
    ),
    "answer": (
        _filled(AnswerForm, "answer_form", actions.answer_complaint),
        gettext_lazy("The answer is on its way, and the complaint is closed."),
    ),
    "appeal": (_plain(actions.record_appeal), gettext_lazy("The appeal is on record; the complaint is open again.")),
    "close": (_filled(CloseForm, "close_form", actions.close_complaint), gettext_lazy("The complaint is closed.")),
}


@never_cache
@require_safe
def complaint_paper(request: Any, reply_id: UUID) -> HttpResponse:
    """Give a letter about a complaint on paper, to be posted."""
    reply = get_object_or_404(complaint_replies_for(request.viewer), pk=reply_id)
    if reply.person:
        look(by=request.actor, subjects=[reply.person], purpose=PURPOSE, screen="privacy_complaint_letter")
    going = taken_along(request, PURPOSE, "privacy_complaint_letter")
    going.add([reply.person] if reply.person else [])
    return send(going, partial(paper, reply), by=request.actor)
