"""What goes: terms and the nights that carry them out, erasing somebody, and texts that may still name them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.privacy import actions, nights
from leerhuis.privacy.claims import terms_here
from leerhuis.privacy.erasure import foresee_erasure
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.firms import chosen_now
from leerhuis.privacy.forms import RedactForm
from leerhuis.privacy.models import Redaction, RetentionRun
from leerhuis.privacy.phrases import Language
from leerhuis.privacy.queries import people_to_erase
from leerhuis.privacy.tables import days_in_words, tone_of


def _language() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@require_safe
def terms_page(request: Any) -> HttpResponse:
    """Show what goes soon, what went in the last nights, and what waits for somebody to agree."""
    language = _language()
    context = {
        "purposes": nights.purposes_with_counts(Facts(chosen_now(request.tenant)), language),
        "asking": nights.asking_run(language),
        "nights": nights.last_nights(),
        "last": nights.last_done(),
        "overdue": nights.removals_late(),
    }
    return render(request, "privacy/terms.html", context)


@require_POST
def decide_night(request: Any, run_id: UUID) -> HttpResponse:
    """Agree that what is due goes, or leave it for now."""
    run = get_object_or_404(RetentionRun, pk=run_id)
    agrees = request.POST.get("answer") == "agree"
    try:
        with attempt():
            (actions.agree_to_retention if agrees else actions.drop_retention)(run, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("This goes now, in pieces.") if agrees else _("Nothing goes this time. The next night counts anew."),
        )
    return redirect("privacy_terms")


@require_http_methods(["GET", "HEAD", "POST"])
def erase_page(request: Any, person_id: UUID) -> HttpResponse:
    """Show what would go and stay of somebody, and have it erased."""
    person = get_object_or_404(people_to_erase(request.viewer), pk=person_id)
    refused = ""
    if request.method == "POST":
        try:
            with attempt():
                actions.ask_erasure(person, by=request.actor)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("The account is closed. Everything else is erased within a few minutes."))
            return redirect("privacy_erasures")
    look(by=request.actor, subjects=[person.id], purpose="privacy.erased", screen="privacy_erase")
    foreseen = foresee_erasure(person.id, terms_here(), _language())
    context = {"person": person, "foreseen": foreseen, "refused": refused}
    return render(request, "privacy/erase.html", context, status=422 if refused else 200)


@require_safe
def erasures_page(request: Any) -> HttpResponse:
    """Show the erasures that were asked for, without anybody's name, and the texts that somebody has to look at."""
    waiting = nights.texts_to_look_at(_language())
    texts = [(each, title, days_in_words(each), tone_of(each)) for each, title in waiting]
    return render(request, "privacy/erasures.html", {"erasures": nights.erasures(_language()), "texts": texts})


@require_http_methods(["GET", "HEAD", "POST"])
def redaction_page(request: Any, redaction_id: UUID) -> HttpResponse:
    """Show a text in which somebody who was erased may be named, and take the name out."""
    redaction = get_object_or_404(Redaction, pk=redaction_id)
    changes = request.POST.get("answer") == "change"
    shown = nights.text_of(redaction, _language())
    form = RedactForm(request.POST if changes else None, initial={"text": shown.text if shown else ""})
    if request.method == "POST" and (not changes or form.is_valid()):
        try:
            with attempt():
                actions.redact_text(redaction, form.cleaned_data["text"] if changes else None, by=request.actor)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Done. The text is looked at."))
        return redirect("privacy_erasures")
    if shown is None:
        messages.success(request, _("This text is not there any more."))
        return redirect("privacy_erasures")
    look(by=request.actor, subjects=shown.subjects, purpose="privacy.erased", screen="privacy_redaction")
    return render(request, "privacy/redaction.html", {"redaction": redaction, "shown": shown, "form": form})
