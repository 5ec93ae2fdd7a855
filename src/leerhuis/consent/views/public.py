"""Subscribing, confirming, choosing and stopping without signing in; and what is stored on a device."""

from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from leerhuis.audit.actor import Actor
from leerhuis.base.edge import attempt
from leerhuis.base.limits import CROWD, count, limited
from leerhuis.base.refusals import Refusal
from leerhuis.charter.declarations import Storage
from leerhuis.charter.register import in_force
from leerhuis.consent import actions
from leerhuis.consent.forms import SubscribeForm, TopicsForm, language
from leerhuis.consent.links import PARENT, asked_of, left_of, reader_of_choosing
from leerhuis.consent.models import ALL, Choice, Reader
from leerhuis.consent.queries import choices_now, lines_of, said_of_age, same_mailbox
from leerhuis.consent.topics import topics_by_id, topics_offered

MAILS_IN_A_ROW: Final = 3  # to one address, before it has to wait


@never_cache
@limited("subscription", crowd=CROWD)
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: Any) -> HttpResponse:
    """Choose topics with an address, without an account; a mail asks whether it was the owner of the address.

    The answer is the same for every address. Keeps: L14a.
    """
    if not topics_offered(language(), account=False):
        raise Http404
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        count(request, "subscription mail", account=said["email"], most=MAILS_IN_A_ROW)
        try:
            with attempt():
                actions.ask_visitor(
                    said["email"],
                    form.chosen,
                    language=language(),
                    of_age=said["of_age"],
                    parent_email=said["parent_email"],
                    by=Actor.visitor(),
                )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("consent_asked")
    return render(request, "consent/subscribe.html", {"form": form})


@require_safe
def asked(request: Any) -> HttpResponse:
    """Say that a mail is on its way, to whoever subscribed with whatever address."""
    return render(request, "consent/asked.html")


@never_cache
@limited("consent links", reads=True)
@csrf_exempt  # the signed key in the address is what counts, so it works with all cookies blocked
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Any, token: str) -> HttpResponse:
    """Show what was asked, and take the yes with a button: mail programs open links by themselves."""
    found = asked_of(token)
    lines = [line for line in lines_of(Reader(pk=found.reader_id), found.together) if line.wording] if found else []
    if found is None or not lines:  # forged, of another academy, or of an address that was forgotten since
        return render(request, "consent/too_old.html", status=404)
    shown: dict[str, Any] = {"lines": lines[: len({line.topic for line in lines})], "for_child": found.by == PARENT}
    if request.method == "POST":
        try:
            with attempt():
                done = actions.confirm_choices(found, by=Actor.visitor())
        except Refusal:
            return render(request, "consent/too_old.html", status=410)
        shown |= {"done": done, "parent_asked": not done}
    return render(request, "consent/confirm.html", shown)


@never_cache
@limited("consent links", reads=True)
@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Any, token: str) -> HttpResponse:
    """Show and change everything that goes to a mailbox, from the link in a mail to it, without signing in."""
    reader = reader_of_choosing(token)
    if reader is None:
        raise Http404
    given = _given(reader)
    said = request.POST if request.method == "POST" else None  # with nothing ticked it is empty, and says so
    has_account = reader.person_id is not None
    form = TopicsForm(said, given=given, asks_age=not said_of_age(reader), has_account=has_account)
    saved = parent = False
    if request.method == "POST" and "all" in request.POST:
        with attempt():
            actions.leave_topic(reader, ALL, by=Actor.visitor())
        saved = True
    elif request.method == "POST" and form.is_valid():
        try:
            with attempt():
                parent = actions.choose_topics(
                    reader,
                    form.chosen,
                    language=language(),
                    of_age=form.cleaned_data.get("of_age", False),
                    parent_email=form.cleaned_data.get("parent_email", ""),
                    channel=Choice.Channel.MAIL,
                    by=Actor.visitor(),
                )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            saved = True
    if saved:
        form = TopicsForm(given=_given(reader), asks_age=not said_of_age(reader), has_account=has_account)
    shown = {"form": form, "saved": saved, "parent_asked": parent, "address": masked(reader.address)}
    return render(request, "consent/choose.html", shown)


@never_cache
@limited("consent links", reads=True)
@csrf_exempt  # a mail program posts here by itself, without our page (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Any, token: str) -> HttpResponse:
    """Stop a topic with one request, without signing in; a GET only asks. Again is as good as once. Keeps: L14a."""
    found = left_of(token)
    if found is None:
        raise Http404
    reader, topic = found
    offered = topics_by_id(language()).get(topic)
    shown: dict[str, Any] = {"topic": offered.name if offered else _("news"), "address": masked(reader.address)}
    if request.method == "POST":
        with attempt():
            actions.leave_topic(reader, ALL if "all" in request.POST else topic, by=Actor.visitor())
        shown |= {"done": True, "everything": "all" in request.POST}
    return render(request, "consent/leave.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def storage(request: Any) -> HttpResponse:
    """Show everything that is stored on a device, and remove all of it at once. Keeps: K16."""
    kept = [declaration for _each, declaration in in_force(Storage, request.tenant.settings)]
    if request.method != "POST":
        needed = all(each.needed for each in kept)
        return render(request, "consent/storage.html", {"kept": kept, "only_needed": needed, "english": language()})
    request.session.flush()
    response = redirect("consent_storage_gone")
    for each in kept:
        if each.kind == "cookie":
            response.delete_cookie(each.name, path="/", samesite="Lax")
            if each.name.startswith("__Host-"):
                response.cookies[each.name]["secure"] = True
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response.delete_cookie(settings.SESSION_COOKIE_NAME, path="/", samesite="Lax")
    return response


@require_safe
def storage_gone(request: Any) -> HttpResponse:
    """Say that everything was removed, without storing anything anew."""
    return render(request, "consent/storage_gone.html")


def masked(address: str) -> str:
    """Return an address as its owner recognises it and nobody else learns it: ``l…@example.org``."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}…@{host}" if host else ""


def _given(reader: Reader) -> set[str]:
    found = [choices_now(each) for each in same_mailbox(reader)]
    return {topic for now in found for topic, step in now.items() if step == Choice.Step.GIVEN}
