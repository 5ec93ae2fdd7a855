"""Choosing how the academy looks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.appearance import actions
from leerhuis.appearance.forms import AppearanceForm
from leerhuis.appearance.models import Appearance
from leerhuis.appearance.queries import choices, style_in_force
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.ui.colour import TYPEFACES, accent_pairs, contrast, look_css


@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: Any) -> HttpResponse:
    """Choose logo, colour and typeface; what is chosen is shown on the page itself before it is saved."""
    style = style_in_force(request.tenant.settings.look)
    form = AppearanceForm(request.POST or None, request.FILES or None, style=style)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _chose(request, form):
            return _fresh()
    shown = {"form": form, "style": style, "latest": choices().first(), "facts": facts_of(style.accent)}
    return render(request, "appearance/page.html", shown, status=status)


def _fresh() -> HttpResponse:
    """Lead back to the page; the browser of who chose forgets the old style sheet, which it would keep for minutes."""
    answer = redirect("appearance_page")
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _chose(request: Any, form: AppearanceForm) -> bool:
    """Carry out what was chosen; a refusal comes back in the form."""
    said = form.cleaned_data
    sent = said["logo"].read() if said["logo"] else None
    try:
        with attempt():
            actions.choose_appearance(
                accent=said["accent"].lower(),
                typeface=said["typeface"],
                logo=sent,
                without_logo=said.get("without_logo", False),
                by=request.actor,
            )
    except Refusal as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    messages.success(request, _("This is how the academy looks now. Others see it within five minutes."))
    return True


@require_POST
def undo(request: Any, appearance_id: UUID) -> HttpResponse:
    """Take the last choice back."""
    try:
        with attempt():
            actions.undo_appearance(get_object_or_404(Appearance, pk=appearance_id), by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The look from before is back."))
    return _fresh()


@require_safe
def preview(request: Any) -> HttpResponse:
    """Return the style sheet of a colour and typeface that are only being looked at."""
    style = style_in_force(request.tenant.settings.look)
    typeface = request.GET.get("typeface", "")
    try:
        css = look_css(request.GET.get("accent", ""), typeface if typeface in TYPEFACES else style.typeface)
    except ValueError:
        css = look_css(style.accent, style.typeface)
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers={"Cache-Control": "no-store"})


@require_safe
def readability(request: Any) -> HttpResponse:
    """Say of a colour how it is used in both schemes, and how well it is read."""
    style = style_in_force(request.tenant.settings.look)
    try:
        facts = facts_of(request.GET.get("accent", ""))
    except ValueError:
        facts = facts_of(style.accent)
    return render(request, "appearance/_facts.html", {"facts": facts})


def facts_of(accent: str) -> dict[str, Any]:
    """Return the colour as it is used in the light and in the dark scheme, each with its contrast (1-21)."""
    pairs = accent_pairs(accent)
    (light, dark), (on_light, on_dark) = pairs["--lh-accent"], pairs["--lh-on-accent"]
    return {
        "moved": light.lower() != accent.lower(),
        "schemes": (
            ("light", light, round(contrast(light, on_light), 1)),
            ("dark", dark, round(contrast(dark, on_dark), 1)),
        ),
    }
