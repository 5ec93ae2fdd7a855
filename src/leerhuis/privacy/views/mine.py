"""Asking something about one's own data, and seeing how it stands."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leerhuis.audit.outlet import send, taken_by_oneself
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.mail.render import body_html
from leerhuis.people.actions import lock_alive
from leerhuis.people.gate import sign_in_again, signed_in_lately
from leerhuis.privacy import actions
from leerhuis.privacy.claims import terms_here
from leerhuis.privacy.docket import my_replies, my_requests
from leerhuis.privacy.erasure import foresee_erasure
from leerhuis.privacy.models import Reply, Request
from leerhuis.privacy.phrases import Language
from leerhuis.privacy.post import reply_pdf
from leerhuis.privacy.request_forms import AskForm
from leerhuis.privacy.tables import PURPOSE, days_in_words, tone_of
from leerhuis.ui.wording import in_dutch

TO_ASK = (Request.Kind.CORRECTION, Request.Kind.RESTRICTION, Request.Kind.OTHER)


@never_cache
@require_safe
def requests_page(request: Any) -> HttpResponse:
    """Show what one can ask about one's data, and how each request stands. Keeps: L35."""
    mine = [(each, days_in_words(each), tone_of(each)) for each in my_requests(request.viewer.person_id)]
    return render(request, "privacy/my_requests.html", {"mine": mine})


@never_cache
@require_safe
def request_page(request: Any, request_id: UUID) -> HttpResponse:
    """Show one's own request and the letters about it."""
    found = get_object_or_404(my_requests(request.viewer.person_id), pk=request_id)
    letters = [(each, body_html(each.body)) for each in found.replies.order_by("created_at")]
    shown = {"found": found, "left": days_in_words(found), "tone": tone_of(found), "letters": letters}
    return render(request, "privacy/my_request.html", shown)


@never_cache
@require_safe
def reply_paper(request: Any, reply_id: UUID) -> HttpResponse:
    """Give a letter to oneself on paper."""
    reply = get_object_or_404(my_replies(request.viewer.person_id), pk=reply_id)
    going = taken_by_oneself(request, PURPOSE, "privacy_my_reply")
    return send(going, partial(paper, reply), by=request.actor)


def paper(reply: Reply) -> HttpResponse:
    """Return a letter as PDF, called by the reference of its request."""
    response = HttpResponse(reply_pdf(reply), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{reply.reference}.pdf"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Any) -> HttpResponse:
    """Show what would go and what stays of oneself, and have it erased, shortly after signing in. Keeps: K19a, K19b."""
    if not signed_in_lately(request):
        return redirect(sign_in_again(reverse("privacy_erase_mine")))
    person, refused = request.viewer.person, ""
    if request.method == "POST":
        try:
            with attempt():
                found = actions.receive_request(
                    kind=Request.Kind.ERASURE,
                    channel=Request.Channel.ACCOUNT,
                    proof=Request.Proof.SIGN_IN,
                    person=lock_alive(person.id),
                    by=request.actor,
                )
                actions.erase_on_request(found, by=request.actor)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect("privacy_erased")
    language: Language = "nl" if in_dutch() else "en"
    shown = {"foreseen": foresee_erasure(person.id, terms_here(), language), "refused": refused, "person": person}
    return render(request, "privacy/erase_mine.html", shown, status=422 if refused else 200)


@never_cache
@require_safe
def erased(request: Any) -> HttpResponse:
    """Say that an account is closed and the rest is on its way; there is nobody signed in any more."""
    return render(request, "privacy/erased.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any, kind: str) -> HttpResponse:
    """Ask for a correction, a restriction or something else, shortly after signing in. Keeps: L35, L36."""
    if kind not in TO_ASK:
        raise Http404
    if not signed_in_lately(request):
        return redirect(sign_in_again(reverse("privacy_ask", args=[kind])))
    form = AskForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        person = lock_alive(request.viewer.person_id)
        with attempt():
            found = actions.receive_request(
                kind=kind,
                channel=Request.Channel.ACCOUNT,
                proof=Request.Proof.SIGN_IN,
                person=person,
                not_a_bsn=form.said_not_a_bsn,
                **form.cleaned_data,
                by=request.actor,
            )
        messages.success(request, _("Your request came in. You see here how it stands."))
        return redirect("privacy_my_request", found.id)
    days = request.tenant.settings.rights.answer_days
    return render(request, "privacy/ask.html", {"form": form, "kind": Request.Kind(kind), "chosen_days": days})
