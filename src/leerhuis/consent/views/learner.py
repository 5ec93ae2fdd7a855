"""A person's own consents and objections."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.consent import actions
from leerhuis.consent.forms import TopicsForm, language
from leerhuis.consent.models import ALL, Choice
from leerhuis.consent.queries import choices_of, history_of, reader_of, said_of_age
from leerhuis.consent.topics import interests, topics_by_id
from leerhuis.people.actions import lock_alive
from leerhuis.people.gate import sign_in_again, signed_in_lately


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: Any) -> HttpResponse:
    """Show what one consents to and when that was said, and change it. Keeps: L14a, L35."""
    person = request.viewer.person
    now = choices_of(person)
    reader = reader_of(person)
    given = {topic for topic, step in now.items() if step == Choice.Step.GIVEN}
    asks_age = reader is None or not said_of_age(reader) or reader.needs_parent_until is not None
    said = request.POST if request.method == "POST" else None  # with nothing ticked it may be empty
    form = TopicsForm(said, given=given, asks_age=asks_age)
    if request.method == "POST" and form.is_valid():
        lock_alive(person.id)
        try:
            with attempt():
                parent = actions.choose_topics(
                    person,
                    form.chosen,
                    language=language(),
                    of_age=form.cleaned_data.get("of_age", False),
                    parent_email=form.cleaned_data.get("parent_email", ""),
                    by=request.actor,
                )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            asked = _("We asked your parent by mail. As soon as they agree we send you what you chose.")
            messages.success(request, asked if parent else _("Your choice was saved. It holds from this moment on."))
            return redirect("consent_mine")
    return render(request, "consent/mine.html", {"form": form, **_around(person, now)})


@require_POST
def object(request: Any) -> HttpResponse:  # noqa: A001 - the word of the law
    """Object to all news, in force at once, or to a purpose that rests on our own interest, which is then weighed.

    What is weighed is a request, and asked for shortly after signing in like every other: so nobody mails a code. L36.
    """
    purpose = request.POST.get("purpose", "")
    if purpose != ALL and not signed_in_lately(request):
        return redirect(sign_in_again(reverse("consent_mine")))
    person = lock_alive(request.viewer.person_id)
    try:
        with attempt():
            if purpose == ALL:
                actions.object_to_marketing(person, language=language(), by=request.actor)
            else:
                actions.object_to_purpose(person, purpose, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        stopped = _("You get no news and offers any more, from this moment on.")
        weighed = _("Your objection was received. We weigh it and answer you.")
        messages.success(request, stopped if purpose == ALL else weighed)
    return redirect("consent_mine")


def _around(person: Any, now: dict[str, str]) -> dict[str, Any]:
    """Return what stands below the boxes: objections, and the ledger in words."""
    names = {id: topic.name for id, topic in topics_by_id(language()).items()}
    purposes = interests(language())
    names |= {each.id: each.name for each in purposes} | {ALL: _("all news and offers")}
    return {
        "objected_to_all": now.get(ALL) == Choice.Step.OBJECTED,
        "interests": [(each, now.get(each.id) == Choice.Step.OBJECTED) for each in purposes],
        "history": [(line, names.get(line.topic, line.topic)) for line in history_of(person)],
        "waiting": [names.get(topic, topic) for topic, step in now.items() if step == Choice.Step.ASKED],
    }
