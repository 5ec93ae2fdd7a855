"""The ledger for the office: what somebody said by telephone or on paper, an overview, and every line of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leerhuis.audit.actions import look
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.consent import actions
from leerhuis.consent.forms import RecordChoiceForm, language
from leerhuis.consent.models import ALL, Choice
from leerhuis.consent.queries import TopicCount, choices_of, counts_by_topic, history_of
from leerhuis.consent.tables import LEDGER, PURPOSE
from leerhuis.consent.topics import interests, topics_by_id
from leerhuis.lists.page import answer
from leerhuis.people.actions import lock_alive
from leerhuis.people.queries import people_for

LATELY = timedelta(days=30)


@require_safe
def overview(request: Any) -> HttpResponse:
    """Show the privacy officer how many stand where with each topic, and how many came and went lately."""
    counts = counts_by_topic(clock.now() - LATELY)
    topics = [(topic, counts.get(topic.id, TopicCount())) for topic in topics_by_id(language()).values()]
    objected = [(each, counts.get(each.id, TopicCount())) for each in interests(language())]
    shown = {
        "topics": topics,
        "objected": [(each, count) for each, count in objected if count.withdrawn],
        "to_all": counts.get(ALL, TopicCount()),
    }
    return render(request, "consent/overview.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request: Any) -> HttpResponse:
    """List, search and download the lines of the ledger; what is downloaded is counted."""
    return answer(request, LEDGER, "consent/ledger.html")


@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: Any, person_id: UUID) -> HttpResponse:
    """Show what a person consents to, and record what they said by telephone or on paper."""
    person = get_object_or_404(people_for(request.viewer), pk=person_id)
    look(by=request.actor, subjects=[person.id], purpose=PURPOSE, screen="consent_office_person")
    form = RecordChoiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lock_alive(person.id)
        if _record(request, person, form):
            return redirect("consent_office_person", person.id)
    now = choices_of(person)
    names = {id: topic.name for id, topic in topics_by_id(language()).items()}
    names |= {each.id: each.name for each in interests(language())} | {ALL: _("all news and offers")}
    shown = {
        "person": person,
        "form": form,
        "standing": [(names[id], Choice.Step(now[id]) if id in now else None) for id in topics_by_id(language())],
        "history": [(line, names.get(line.topic, line.topic)) for line in history_of(person)],
    }
    return render(request, "consent/of_person.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Any) -> HttpResponse:
    """Record what somebody without an account said by telephone or on paper, under their address."""
    form = RecordChoiceForm(request.POST or None, by_address=True)
    if request.method == "POST" and form.is_valid() and _record(request, form.cleaned_data["email"], form):
        return redirect("consent_office_record")
    return render(request, "consent/record_choice.html", {"form": form})


def _record(request: Any, reader: Any, form: RecordChoiceForm) -> bool:
    said = form.cleaned_data
    try:
        with attempt():
            actions.record_choice(
                reader,
                said["topic"],
                given=said["given"] == "yes",
                channel=said["channel"],
                reference=said["reference"],
                language=language(),
                by=request.actor,
            )
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, _("It was recorded, and holds from this moment on."))
    return True
