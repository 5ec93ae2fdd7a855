"""A person's own account: details, where they are signed in, recovery codes, and the second step."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.limits import count, guess, take_once
from leerhuis.base.refusals import Refusal
from leerhuis.people import actions, sign_ins, tokens
from leerhuis.people.devices import browser_and_system
from leerhuis.people.forms import OwnDetailsForm, TokenForm
from leerhuis.people.gate import MAIL_CODE, MAILS_IN_A_ROW, SIGN_IN, signed_in_lately
from leerhuis.people.models import person_of
from leerhuis.people.queries import recovery_codes_left, roles_of, sign_ins_of, uses_second_step
from leerhuis.people.rules import may_use_mail_code
from leerhuis.people.second_step import DOOR, MailCodeForm

CODE_LASTS = 600  # seconds; the page and the mail say ten minutes


@require_http_methods(["GET", "HEAD", "POST"])
def my_details(request: HttpRequest) -> HttpResponse:
    """Show and correct one's own name and language. Whether an address is known here is told to its owner alone."""
    person = request.viewer.person  # type: ignore[attr-defined]
    form = OwnDetailsForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        alive = actions.lock_alive(person.id)
        with attempt():
            actions.change_person(
                alive,
                **form.cleaned_data,
                email=alive.email or "",
                by=request.actor,  # type: ignore[attr-defined]
            )
        messages.success(request, _("Your details were saved."))
        return redirect("people_my_details")
    return render(request, "people/my_details.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_sign_ins(request: Any) -> HttpResponse:
    """Show where one is signed in, what was not used for a week folded away, and end one of them or all others."""
    mine = sign_ins_of(request.viewer.person_id)
    current = request.session[SIGN_IN]
    if request.method == "POST":
        chosen = mine.exclude(pk=current)
        if one := request.POST.get("sign_in"):
            chosen = mine.filter(pk=get_object_or_404(mine, pk=_uuid(one)).pk)
        with attempt():
            sign_ins.end_sign_ins(chosen, by=request.actor)
        messages.success(request, _("Signed out there."))
        return redirect("people_my_sign_ins")
    week_ago = clock.now() - timedelta(days=7)
    shown = {
        "recent": [one for one in mine if one.last_used_at >= week_ago or str(one.id) == current],
        "earlier": [one for one in mine if one.last_used_at < week_ago and str(one.id) != current],
        "others": len(mine) > 1,
        "current": current,
        "with_apps": request.tenant.settings.features.practice,
    }
    return render(request, "people/my_sign_ins.html", shown)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: Any) -> HttpResponse:
    """Say how many recovery codes are left; make ten new ones and show them, this once."""
    person = request.viewer.person
    if not uses_second_step(person):
        return redirect("mfa_index")
    codes: list[str] = []
    if request.method == "POST":
        if not signed_in_lately(request):
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
        with attempt():
            codes = sign_ins.make_recovery_codes(person, by=request.actor)
    return render(request, "people/recovery_codes.html", {"codes": codes, "left": recovery_codes_left(person)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make_token(request: Any) -> HttpResponse:
    """Give an app access to practising: asked for a name, and for the password again; the token is shown this once."""
    if not request.tenant.settings.features.practice:
        raise Http404
    if request.method == "POST" and not signed_in_lately(request):
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
    form, made, token = TokenForm(request.POST or None), None, ""
    if request.method == "POST" and form.is_valid():
        person = actions.lock_alive(request.viewer.person_id)
        browser, system = browser_and_system(request.headers.get("User-Agent", ""))
        passed = request.viewer.second_factor
        device = {"browser": browser, "system": system, "second_factor": passed}
        try:
            with attempt():
                made, token = tokens.make_token(person, **form.cleaned_data, **device, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
    return render(request, "people/make_token.html", {"form": form, "made": made, "token": token})


@never_cache
@require_http_methods(["GET", "HEAD"])
def second_step(request: Any) -> HttpResponse:
    """Offer the ways of a second step to somebody whose roles need one and who has none yet."""
    shown = {"mail_code": _mail_code_allowed(request), "next": _next(request)}
    return render(request, "people/second_step.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_code(request: Any) -> HttpResponse:
    """Mail a code and take it: the second step of somebody without an app or passkey, where the academy allows it."""
    person = person_of(request.user)
    if request.viewer or not _mail_code_allowed(request):
        return redirect("people_second_step")
    if request.method == "POST" and "send" in request.POST:
        count(request, "mail_code", account=str(person.id), most=MAILS_IN_A_ROW)
        with attempt():
            code = sign_ins.mail_code(person, by=request.actor)
        request.session[MAIL_CODE] = {"digest": _digest(person.id, code), "at": clock.now().timestamp(), "left": 5}
        return redirect(f"{reverse('people_mail_code')}?{urlencode({'next': _next(request)})}")
    form = MailCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _is_mailed_code(request, form.cleaned_data["code"]):
            record_authentication(request, person, "mfa", type=MAIL_CODE)
            return redirect(_next(request))
        said = _("This code is not right, or it is too old. Look in the newest mail, or send a new code.")
        form.add_error("code", said)
    asked = MAIL_CODE in request.session
    return render(request, "people/mail_code.html", {"form": form, "asked": asked, "next": _next(request)})


def _is_mailed_code(request: Any, given: str) -> bool:
    """Look at a mailed code: right once, within ten minutes, in at most five tries."""
    kept = request.session.pop(MAIL_CODE, None)
    person = person_of(request.user)
    with guess(request, DOOR, account=str(person.id)) as this:
        if not kept or clock.now().timestamp() - kept["at"] > CODE_LASTS:
            return False
        if constant_time_compare(kept["digest"], _digest(person.id, given)) and take_once(kept["digest"], CODE_LASTS):
            this.was_right()
            return True
    sign_ins.report_wrong_second_step(person, by=Actor.visitor())
    if kept["left"] > 1:
        request.session[MAIL_CODE] = {**kept, "left": kept["left"] - 1}
    return False


def _digest(person_id: UUID, code: str) -> str:
    return salted_hmac("mailed code", f"{person_id} {''.join(code.split())}", algorithm="sha256").hexdigest()


def _mail_code_allowed(request: Any) -> bool:
    person = person_of(request.user)
    allowed = request.tenant.settings.accounts.mail_code and not uses_second_step(person)
    return may_use_mail_code(roles_of(person.id), allowed=allowed)


def _next(request: Any) -> str:
    return get_next_redirect_url(request) or reverse("portal_home")
