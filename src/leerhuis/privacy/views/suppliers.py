"""The register of suppliers, as those keep it who look after the statement; and what left the house."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.lists.page import answer
from leerhuis.privacy import actions, leaving
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.firms import as_supplier, chosen_now, machines_elsewhere, unregistered
from leerhuis.privacy.forms import FirmForm, MonthForm
from leerhuis.privacy.models import Firm
from leerhuis.privacy.overview import missing_of
from leerhuis.privacy.phrases import Language, capital, given_to, said
from leerhuis.privacy.queries import firms_for, history_of_firm
from leerhuis.privacy.tables import FIRMS
from leerhuis.ui.sheets import sheet


def _language() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@require_http_methods(["GET", "HEAD", "POST"])
def firm_list(request: Any) -> HttpResponse:
    """List and search the suppliers; keep views of the list; download the same list."""
    chosen = chosen_now(request.tenant)
    alarms = unregistered(machines_elsewhere(), chosen.suppliers)
    return answer(request, FIRMS, "privacy/suppliers.html", {"machines": alarms, "crumbs": _crumbs(_("Suppliers"))})


@require_http_methods(["GET", "HEAD", "POST"])
def add_firm(request: Any) -> HttpResponse:
    """Enter a supplier."""
    return _write(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def firm_page(request: Any, firm_id: UUID) -> HttpResponse:
    """Show what is recorded of a supplier, what is lacking and what was done; change it."""
    return _write(request, get_object_or_404(firms_for(request.viewer), pk=firm_id))


@require_POST
def end_firm(request: Any, firm_id: UUID) -> HttpResponse:
    """Record that a supplier works for the academy no longer."""
    firm = get_object_or_404(firms_for(request.viewer), pk=firm_id)
    try:
        with attempt():
            actions.end_firm(firm, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("privacy_firm", firm_id)
    messages.success(request, _("%(name)s was ended. The statement leaves it out from now on.") % {"name": firm.name})
    return redirect("privacy_firms")


def _write(request: Any, firm: Firm | None) -> HttpResponse:
    form = FirmForm(request.POST or None, instance=copy(firm))
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                if firm is None:
                    actions.enter_firm(by=request.actor, **form.cleaned_data)
                else:
                    actions.change_firm(firm, by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The supplier was saved. Publish the statement, which names it."))
            return redirect("privacy_firms")
        if firm is not None:
            firm.refresh_from_db()
    here = [*_crumbs(), (_("Suppliers"), reverse("privacy_firms")), (firm.name if firm else _("Add a supplier"), "")]
    context = {"form": form, "firm": firm, "crumbs": here, **(_around(request, firm) if firm else {})}
    return render(request, "privacy/supplier.html", context)


def _around(request: Any, firm: Firm) -> dict[str, Any]:
    """Return what stands beside a supplier: what it gets, what is lacking, what was done."""
    supplier = as_supplier(firm)
    words = given_to(supplier, Facts(chosen_now(request.tenant)))
    return {
        "lacking": list(missing_of(supplier)) if firm.is_live else [],
        "words": [capital(said(word, _language())) for word in words],
        "history": history_of_firm(firm, _language()),
    }


def _crumbs(here: str = "") -> list[tuple[str, str]]:
    return [(_("Privacy"), reverse("privacy_office")), *([(here, "")] if here else [])]


@require_safe
def left_page(request: Any) -> HttpResponse:
    """Show what left the house in a month: to whom, what for, how much, and what staff took along. Keeps: L24."""
    form = MonthForm(request.GET or None)
    begin = form.first_day()
    lines = leaving.left_in(begin, _language())
    if request.GET.get("export"):
        heads = (
            _("To whom"), _("What for"), _("Which data"), _("By"), _("Role"), _("Times"), _("People"), _("Rows"),
            _("How"),
        )  # fmt: skip
        cells = ((x.to, x.purpose, x.words, x.carrier, x.role, x.times, x.people, x.rows, x.how) for x in lines)
        return sheet(_("left the house"), heads, cells, request.GET["export"])
    context = {
        "form": form,
        "begin": begin,
        "out": [line for line in lines if not line.is_file],
        "files": [line for line in lines if line.is_file],
        "crumbs": _crumbs(_("Left the house")),
    }
    return render(request, "privacy/left.html", context)
