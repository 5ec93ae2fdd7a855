"""Requests about data at the desk: the list, taking one in, and the page on which everything about one is done."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.audit.actions import look
from leerhuis.audit.outlet import send, taken_along
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.lists.page import answer
from leerhuis.mail.render import body_html
from leerhuis.people.gate import sign_in_again, signed_in_lately
from leerhuis.people.models import Person
from leerhuis.privacy import actions
from leerhuis.privacy.actions import Refused
from leerhuis.privacy.docket import (
    is_carried_out,
    people_found,
    person_who_asks,
    replies_for,
    requests_for,
    with_people,
)
from leerhuis.privacy.handling import NotProven
from leerhuis.privacy.letters import draft_answer, kept_lines
from leerhuis.privacy.models import Request
from leerhuis.privacy.phrases import Language
from leerhuis.privacy.request_forms import (
    CodeForm,
    DecideForm,
    ExtendForm,
    Grounds,
    NewRequestForm,
    ObjectForm,
    ProofForm,
    ReplyForm,
    WhoseForm,
    WithdrawForm,
)
from leerhuis.privacy.tables import PURPOSE, REQUESTS, days_in_words, tone_of, whose
from leerhuis.privacy.trail import changes_of, purpose_names
from leerhuis.privacy.views.learner import parcel_of
from leerhuis.privacy.views.mine import paper
from leerhuis.ui.wording import day_long, in_dutch

NOTES_SHOWN = 30


@require_http_methods(["GET", "HEAD", "POST"])
def request_list(request: Any) -> HttpResponse:
    """List and search requests, the most pressing first; keep views; download the same list."""
    return answer(request, REQUESTS, "privacy/requests.html")


@require_http_methods(["GET", "HEAD", "POST"])
def add_request(request: Any) -> HttpResponse:
    """Take in a request that came by mail, telephone, letter or at the desk. Keeps: K19c."""
    form = NewRequestForm(request.POST or None, initial={"received_on": clock.today(), **_begun(request)})
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "received_at": form.received_at()}
        address = said.pop("email")
        del said["received_on"]
        person = person_who_asks(request.viewer, address)
        if address and person is None:
            form.add_error(
                "email", _("Nobody here has this e-mail address. Leave it empty if it is not clear who asks.")
            )
        else:
            with attempt():
                taken = actions.receive_request(person=person, not_a_bsn=form.said_not_a_bsn, **said, by=request.actor)
            return _taken(request, taken)
    return render(request, "privacy/request_add.html", {"form": form})


def _taken(request: Any, taken: Request) -> HttpResponse:
    """Lead the privacy officer to the request; whoever else took it in reads who goes on with it, and by when."""
    if "privacy_officer" in request.viewer.roles:
        messages.success(request, _("The request was recorded. The last day to reply is on the page."))
        return redirect("privacy_request", taken.id)
    said = _("The request was recorded as %(reference)s. The privacy officer answers it by %(day)s.")
    messages.success(request, said % {"reference": taken.reference, "day": day_long(taken.due_on)})
    return redirect("privacy_request_add")


def _begun(request: Any) -> dict[str, str]:
    return {"email": request.GET["email"]} if request.GET.get("email") else {}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: Any, request_id: UUID) -> HttpResponse:
    """Show one request and do the next thing about it: who asks, more time, the decision, the reply. Keeps: L12."""
    found = with_people([get_object_or_404(requests_for(request.viewer), pk=request_id)])[0]
    act = request.POST.get("act", "") if request.method == "POST" else ""
    step = STEPS.get(act)
    if request.method == "POST" and step is not None:
        said, bad = step[0](request, found)
        if not bad:
            messages.success(request, str(step[1]) if said is None else said)
            return redirect("privacy_request", found.id)
    else:
        bad = {}
    subjects = [found.person] if found.person else []
    look(by=request.actor, subjects=subjects, purpose=PURPOSE, screen="privacy_request")
    return render(request, "privacy/request.html", {**_shown(request, found), **bad})


def _shown(request: Any, found: Any) -> dict[str, Any]:
    language: Language = "nl" if in_dutch() else "en"
    body = draft_answer(found, found.whose) if found.state == Request.State.DECIDED else ""
    return {
        "found": found,
        "who": whose(found),
        "undone": not is_carried_out(found),
        "left": days_in_words(found),
        "tone": tone_of(found),
        "purpose_title": purpose_names(language).get(found.purpose, ""),
        "grounds": kept_lines(found.grounds.all(), language),
        "replies": [(each, body_html(each.body)) for each in found.replies.order_by("created_at")],
        "changes": changes_of("privacy.request", found.id, language, NOTES_SHOWN, reader=request.viewer.person_id),
        "whose_form": WhoseForm(),
        "code_form": CodeForm(),
        "proof_form": ProofForm(),
        "extend_form": ExtendForm(),
        "decide_form": DecideForm(initial={"decision": found.decision}),
        "ground_forms": Grounds(prefix="grounds"),
        "withdraw_form": WithdrawForm(person=found.whose),
        "object_form": ObjectForm(),
        "reply_form": ReplyForm(initial={"body": body}),
    }


# --- the steps: each returns what to say (None: the usual words), and the forms to show again ----------------------
Done = tuple[str | None, dict[str, Any]]


def _take(request: Any, found: Any) -> Done:
    return _try(lambda: actions.take_request(found, by=request.actor), request)


def _whose(request: Any, found: Any) -> Done:
    form = WhoseForm(request.POST)
    if not form.is_valid():
        return None, {"whose_form": form}
    person: Person | None = people_found(request.viewer, form.cleaned_data["email"])
    if person is None:
        form.add_error("email", _("Nobody here has this e-mail address."))
        return None, {"whose_form": form}
    return _try(lambda: actions.say_whose_request(found, person, by=request.actor), request, form, "whose_form")


def _ask(request: Any, found: Any) -> Done:
    return _try(lambda: actions.ask_identity(found, by=request.actor), request)


def _code(request: Any, found: Any) -> Done:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return None, {"code_form": form}
    with attempt():
        actions.count_code(found, by=request.actor)
    given = form.cleaned_data["code"]
    return _try(lambda: actions.check_code(found, given, by=request.actor), request, form, "code_form")


def _prove(request: Any, found: Any) -> Done:
    form = ProofForm(request.POST)
    if not form.is_valid():
        return None, {"proof_form": form}
    proof = form.cleaned_data["proof"]
    return _try(lambda: actions.prove_identity(found, proof, by=request.actor), request, form, "proof_form")


def _extend(request: Any, found: Any) -> Done:
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return None, {"extend_form": form}
    reason = form.cleaned_data["reason"]
    return _try(lambda: actions.extend_request(found, reason=reason, by=request.actor), request, form, "extend_form")


def _decide(request: Any, found: Any) -> Done:
    form, lines = DecideForm(request.POST), Grounds(request.POST, prefix="grounds")
    again = {"decide_form": form, "ground_forms": lines}
    if not (form.is_valid() and lines.is_valid()):
        return None, again
    refused = [
        Refused(each["purpose"], each["ground"], each["until"], each["explanation"])
        for each in (line.cleaned_data for line in lines)
        if each.get("ground")
    ]
    decision = form.cleaned_data["decision"]
    said, bad = _try(
        lambda: actions.decide_request(found, decision, refused, by=request.actor), request, form, "decide_form"
    )
    return said, again if bad else {}


def _erase(request: Any, found: Any) -> Done:
    return _try(lambda: actions.erase_on_request(found, by=request.actor), request)


def _withdraw(request: Any, found: Any) -> Done:
    form = WithdrawForm(request.POST, person=found.whose)
    if not form.is_valid():
        return None, {"withdraw_form": form}
    topics = form.cleaned_data["topics"]
    return _try(lambda: actions.withdraw_on_request(found, topics, by=request.actor), request, form, "withdraw_form")


def _object(request: Any, found: Any) -> Done:
    form = ObjectForm(request.POST)
    if not form.is_valid():
        return None, {"object_form": form}
    what = form.cleaned_data["against"]
    return _try(lambda: actions.object_on_request(found, what, by=request.actor), request, form, "object_form")


def _reply(request: Any, found: Any) -> Done:
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return None, {"reply_form": form}
    body = form.cleaned_data["body"]
    return _try(lambda: actions.answer_request(found, body, by=request.actor), request, form, "reply_form")


def _try(act: Callable[[], Any], request: Any, form: Any = None, name: str = "") -> Done:
    try:
        with attempt():
            act()
    except Refusal as refusal:
        if form is None:
            messages.warning(request, str(refusal))
            return None, {"refused": True}
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None, {name: form}
    return None, {}


STEPS: dict[str, tuple[Callable[[Any, Any], Done], str | Promise]] = {
    "take": (_take, gettext_lazy("You handle this request now.")),
    "whose": (_whose, gettext_lazy("It stands now whom this request is about.")),
    "ask": (_ask, gettext_lazy("A code is on its way to the address on file.")),
    "code": (_code, gettext_lazy("The code is right: it is certain who asks.")),
    "prove": (_prove, gettext_lazy("It stands now how it is certain who asks.")),
    "extend": (_extend, gettext_lazy("The last day has moved, and the person is told why.")),
    "decide": (_decide, gettext_lazy("The decision stands. Read the letter, then send it.")),
    "erase": (_erase, gettext_lazy("The account is closed. Everything else is erased within a few minutes.")),
    "withdraw": (_withdraw, gettext_lazy("It was withdrawn, and stops from this moment on.")),
    "object": (_object, gettext_lazy("The objection stands, from this moment on.")),
    "reply": (_reply, gettext_lazy("The reply is on its way, and the request is closed.")),
}


@never_cache
@require_POST
def request_data(request: Any, request_id: UUID) -> HttpResponseBase:
    """Give what is held about who asked, to be handed over, once it is certain who that is. Keeps: L35, L36."""
    found = get_object_or_404(requests_for(request.viewer), pk=request_id)
    if not signed_in_lately(request):
        return redirect(sign_in_again(reverse("privacy_request", args=[found.id])))
    if not found.is_proven or found.person is None:
        raise NotProven
    look(by=request.actor, subjects=[found.person], purpose=PURPOSE, screen="privacy_request_data")
    going = taken_along(request, PURPOSE, "privacy_request_data")
    going.add([found.person])
    return parcel_of(request, found.person, going)


@never_cache
@require_safe
def reply_paper(request: Any, reply_id: UUID) -> HttpResponse:
    """Give a letter on paper, to be posted."""
    reply = get_object_or_404(replies_for(request.viewer), pk=reply_id)
    if reply.person:
        look(by=request.actor, subjects=[reply.person], purpose=PURPOSE, screen="privacy_reply_pdf")
    going = taken_along(request, PURPOSE, "privacy_reply_pdf")
    going.add([reply.person] if reply.person else [])
    return send(going, partial(paper, reply), by=request.actor)
