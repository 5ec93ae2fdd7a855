"""The challenge of this week with others of one's organisation, under a nickname. The employer sees nothing of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.people.actions import lock_alive
from leerhuis.practice.actions.together import join_together, leave_together
from leerhuis.practice.app_forms import NicknameForm, asks_age, language
from leerhuis.practice.challenge import challenge_of, organisation_to_play_in, player_of
from leerhuis.practice.models import Player
from leerhuis.practice.views.parts import with_practice


@with_practice
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def together_page(request: Any) -> HttpResponse:
    """Show how the week stands to whoever takes part, and to others how one does; take a nickname. Keeps: K6."""
    person = request.viewer.person
    player = player_of(person)
    initial = {"nickname": player.nickname, "wanted": True} if player else {}
    form = NicknameForm(request.POST or None, initial=initial, asks_age=asks_age(person) and player is None)
    if request.method == "POST" and form.is_valid() and _join(request, form):
        return redirect("practice_together")
    shown = {
        "form": form,
        "player": player,
        "organisation": organisation_to_play_in(person),
        "challenge": challenge_of(player) if player else None,
        "keeps_nickname": Player.objects.filter(person=person).exists(),
    }
    return render(request, "practice/together.html", shown)


@with_practice
@require_POST
def leave(request: Any) -> HttpResponse:
    """Leave the challenge; the nickname is erased at once."""
    person = get_object_or_404(Player, person=request.viewer.person_id).person
    lock_alive(person.id)
    with attempt():
        leave_together(person, language=language(), by=request.actor)
    messages.success(request, _("You no longer take part. Your nickname was erased."))
    return redirect("practice_together")


def _join(request: Any, form: NicknameForm) -> bool:
    person, said = lock_alive(request.viewer.person_id), form.cleaned_data
    try:
        with attempt():
            parent = join_together(
                person,
                said["nickname"],
                language=language(),
                of_age=said.get("of_age", False),
                parent_email=said.get("parent_email", ""),
                by=request.actor,
            )
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    asked = _("We asked your parent by mail. As soon as they agree you take part.")
    messages.success(request, asked if parent else _("You take part under this nickname."))
    return True
