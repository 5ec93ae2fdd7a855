"""Enrolments, as the office finds, makes and cancels them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.audit.actions import look
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue.queries import runs_for
from leerhuis.catalogue.rules import LIVE
from leerhuis.enrolment import actions
from leerhuis.enrolment.forms import OfficeEnrolForm, RemarksForm
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.queries import details_of, enrolments_for, waiting_in, with_seats_left
from leerhuis.enrolment.tables import ENROLMENTS, PURPOSE
from leerhuis.lists.bulk import answer_bulk
from leerhuis.lists.page import answer
from leerhuis.mail.queries import messages_for
from leerhuis.mail.rehearsal import TriedLetter, rehearse
from leerhuis.organisations.queries import organisations_for
from leerhuis.people.actions import lock_alive
from leerhuis.people.queries import people_for


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_list(request: Any) -> HttpResponse:
    """List, search and filter enrolments; keep views of the list; download the same list."""
    return answer(request, ENROLMENTS, "enrolment/office_list.html")


@require_POST
def enrolment_bulk(request: Any) -> HttpResponse:
    """Do one thing with many enrolments, after showing it and its mails."""
    return answer_bulk(request, ENROLMENTS, "enrolment_office_list")


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_page(request: Any, enrolment_id: UUID) -> HttpResponse:
    """Show one enrolment: where it stands, what was filled in, what its employer sees, its mails; keep remarks."""
    enrolment = _enrolment(request, enrolment_id)
    _note(request, [enrolment], "enrolment_office_page")
    form = RemarksForm(request.POST or None, initial={"remarks": enrolment.remarks})
    if request.method == "POST" and form.is_valid():
        lock_alive(enrolment.learner_id)
        with attempt():
            actions.remark_on_enrolment(enrolment, form.cleaned_data["remarks"], by=request.actor)
        messages.success(request, _("The remarks were saved."))
        return redirect("enrolment_office_page", enrolment.id)
    shown = {
        "enrolment": enrolment,
        "details": details_of(enrolment),
        "grant": getattr(enrolment, "grant", None),
        "mails": messages_for(request.viewer).filter(person=enrolment.learner_id, cause_id=enrolment.id),
        "form": form,
    }
    return render(request, "enrolment/office_page.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: Any) -> HttpResponse:
    """Enrol somebody by hand: fill in, look at the mails that will go, send."""
    runs = runs_for(request.viewer).filter(state__in=LIVE, last_day__gte=clock.today())
    organisations = organisations_for(request.viewer)
    form = OfficeEnrolForm(request.POST or None, runs=runs, organisations=organisations, initial=_begun(request))
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "edit":
        said = form.cleaned_data | {"by": request.actor}
        run = said.pop("run")
        try:
            if request.POST.get("step") != "send":
                letters = rehearse(lambda: actions.enrol_by_office(run, **said))
                note_letters(request, letters, "enrolment_office_add")
                return render(
                    request, "enrolment/office_add_preview.html", {"form": form, "letters": letters, "run": run}
                )
            with attempt():
                enrolment = actions.enrol_by_office(run, **said)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Done. The mails are on their way."))
            return redirect("enrolment_office_page", enrolment.id)
    return render(request, "enrolment/office_add.html", {"form": form})


def note_letters(request: Any, letters: list[TriedLetter], screen: str) -> None:
    """Write down who is shown as the reader of a mail that would go; who is new is nobody yet."""
    readers = people_for(request.viewer).filter(pk__in={each.person for each in letters if each.person})
    look(by=request.actor, subjects=readers.values_list("id", flat=True), purpose=PURPOSE, screen=screen)


def _begun(request: Any) -> dict[str, Any]:
    """Return what a link to this page fills in already: a run, and a person who is known."""
    begun: dict[str, Any] = {"run": request.GET.get("run")}
    person = people_for(request.viewer).filter(pk=request.GET["person"]).first() if request.GET.get("person") else None
    if person is not None:
        look(by=request.actor, subjects=[person.id], purpose=PURPOSE, screen="enrolment_office_add")
        begun |= {name: getattr(person, name) for name in ("first_name", "last_name", "email", "language")}
    return begun


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Any, enrolment_id: UUID) -> HttpResponse:
    """Cancel an enrolment, after seeing which mails that sends."""
    enrolment = _enrolment(request, enrolment_id)
    _note(request, [enrolment], "enrolment_office_cancel")
    try:
        if request.method == "POST":
            lock_alive(enrolment.learner_id)
            with attempt():
                actions.cancel_enrolment(enrolment, by=request.actor)
            messages.success(request, _("It was cancelled. The mails are on their way."))
            return redirect("enrolment_office_page", enrolment.id)
        letters = rehearse(lambda: actions.cancel_enrolment(enrolment, by=request.actor))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("enrolment_office_page", enrolment.id)
    note_letters(request, letters, "enrolment_office_cancel")
    enrolment.refresh_from_db()
    return render(request, "enrolment/office_cancel.html", {"enrolment": enrolment, "letters": letters})


@require_safe
def waiting_list(request: Any, run_id: UUID) -> HttpResponse:
    """Show who waits for a seat in a run, in the order in which they get one."""
    run = get_object_or_404(with_seats_left(runs_for(request.viewer)), pk=run_id)
    waiting = list(waiting_in(run))
    _note(request, waiting, "enrolment_office_waiting")
    free = max(0, run.seats - run.enrolled)
    return render(request, "enrolment/office_waiting.html", {"run": run, "waiting": waiting, "free": free})


@require_POST
def let_in_all(request: Any, run_id: UUID) -> HttpResponse:
    """Give the free seats of a run to who waits longest."""
    run = get_object_or_404(runs_for(request.viewer), pk=run_id)
    with attempt():
        count = len(actions.promote_waiting(run, by=request.actor))
    if count:
        said = ngettext(
            "%(count)d person has a seat now and gets a mail.",
            "%(count)d people have a seat now and get a mail.",
            count,
        )
        messages.success(request, said % {"count": count})
    else:
        messages.info(request, _("Nobody was let in: no seat is free, or the run begins today."))
    return redirect("enrolment_office_waiting", run.id)


@require_POST
def let_in(request: Any, enrolment_id: UUID) -> HttpResponse:
    """Give a free seat to one person, out of turn."""
    enrolment = _enrolment(request, enrolment_id)
    try:
        lock_alive(enrolment.learner_id)
        with attempt():
            actions.let_in(enrolment, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("This person has a seat now and gets a mail."))
    return redirect("enrolment_office_waiting", enrolment.run_id)


def _enrolment(request: Any, enrolment_id: UUID) -> Enrolment:
    return get_object_or_404(enrolments_for(request.viewer).select_related("grant__agreement"), pk=enrolment_id)


def _note(request: Any, enrolments: list[Enrolment], screen: str) -> None:
    look(by=request.actor, subjects=[each.learner_id for each in enrolments], purpose=PURPOSE, screen=screen)
