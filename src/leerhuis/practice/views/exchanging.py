"""Files of questions: bringing one in after looking it over, taking the questions of a bank out, and the template."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.practice import queries
from leerhuis.practice.actions import content
from leerhuis.practice.exchange import writing
from leerhuis.practice.exchange.columns import MEANINGS, NUMBERED
from leerhuis.practice.exchange.examples import example_sheet
from leerhuis.practice.forms import ImportForm, landing_form
from leerhuis.practice.importing import Fate, ImportReport, plan_import
from leerhuis.practice.kinds import Kind
from leerhuis.practice.models import Bank, Incoming, Question, Version
from leerhuis.practice.views.parts import crumbs, to_write, with_practice
from leerhuis.ui.sheets import FORMATS, sheet

ON_A_PAGE = 100
MOST_LEFT_OUT = 500  # shown at once after a file was brought in; the look before it showed all


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: Any, bank_id: UUID) -> HttpResponse:
    """Take a file or text with questions, whatever its form; what holds none is refused, the rest is looked over."""
    shown = to_write(request, get_object_or_404(Bank, pk=bank_id))
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            plan_import(shown, data["content"])
            with attempt():
                held = content.take_in(shown, data["content"], name=data["name"], topic=data["topic"], by=request.actor)
        except Refusal as refusal:
            form.add_error("file" if data["file"] else "text", str(refusal))
        else:
            return redirect("practice_import_look", shown.id, held.id)
    context = {
        "bank": shown,
        "form": form,
        "columns": _columns(),
        "kinds": [kind.label for kind in Kind if kind is not Kind.HOTSPOT],
        "crumbs": crumbs(shown, _("Bring questions in")),
    }
    return render(request, "practice/author_import.html", context)


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def look_over(request: Any, bank_id: UUID, incoming_id: UUID) -> HttpResponse:
    """Show what would become of each item of a file, and bring it in when the author says so."""
    held = get_object_or_404(Incoming.objects.select_related("bank"), pk=incoming_id, bank=bank_id)
    to_write(request, held.bank)
    landing = landing_form(held.bank, request.POST or None)
    if request.method == "POST":
        said = landing.cleaned_data if landing.is_valid() else {}
        asked_for = said.get("state", landing.fields["state"].initial)
        words_only = said.get("change") == Version.Change.WORDS
        try:
            with attempt():
                done = content.import_incoming(held, state=asked_for, words_only=words_only, by=request.actor)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("practice_import", bank_id)
        return _brought_in(request, held, done)
    plan = plan_import(held.bank, bytes(held.content), topic=held.topic or held.bank.title)
    if not plan.count(Fate.CHANGED):
        del landing.fields["change"]
    chosen = request.GET.get("fate", "")
    rows = [item for item in plan.items if item.fate == chosen or chosen not in Fate.values]
    context = {
        "bank": held.bank,
        "held": held,
        "plan": plan,
        "landing": landing,
        "chosen": chosen,
        "rows": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "crumbs": crumbs(held.bank, _("Bring questions in")),
    }
    return render(request, "practice/author_import_look.html", context)


@with_practice
@require_safe
def export(request: Any, bank_id: UUID, form: str) -> HttpResponse:
    """Show which questions in use go out in a form, and which do not and why; the download takes those that do."""
    shown, way = get_object_or_404(Bank, pk=bank_id), _form(form)
    tried = _tried(shown, way)
    context = {
        "bank": shown,
        "way": way,
        "ways": writing.FORMS,
        "ready": sum(each.reason is None for each in tried),
        "told": [each for each in tried if each.reason or each.losses],
        "crumbs": crumbs(shown, _("Take questions out")),
    }
    return render(request, "practice/author_export.html", context)


@with_practice
@require_safe
def export_file(request: Any, bank_id: UUID, form: str) -> HttpResponse:
    """Give the questions of a bank that are in use as a file; what the form cannot hold is not in it."""
    shown, way = get_object_or_404(Bank, pk=bank_id), _form(form)
    data = writing.written([each.draft for each in _tried(shown, way) if each.reason is None], way.key)
    name = f"{slugify(shown.title) or 'questions'}.{way.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=way.media_type, headers=headers)


@with_practice
@require_safe
def template(request: Any, kind: str) -> HttpResponse:
    """Give a sheet with the names of all columns, and an example of each kind of question."""
    if kind not in FORMATS:
        raise Http404
    heads, rows = example_sheet(get_language() or "nl")
    return sheet(_("questions"), heads, rows, kind)


def _brought_in(request: Any, held: Incoming, done: ImportReport) -> HttpResponse:
    said = ngettext("%(count)s question was brought in.", "%(count)s questions were brought in.", done.usable)
    messages.success(request, said % {"count": done.usable})
    left_out = [item for item in done.items if item.fate is Fate.LEFT_OUT]
    context = {
        "bank": held.bank,
        "plan": done,
        "rows": left_out[:MOST_LEFT_OUT],
        "more": len(left_out[MOST_LEFT_OUT:]),
        "crumbs": crumbs(held.bank, _("What was brought in")),
    }
    return render(request, "practice/author_imported.html", context)


def _form(key: str) -> writing.Form:
    found = next((form for form in writing.FORMS if form.key == key), None)
    if found is None:
        raise Http404
    return found


def _tried(bank: Bank, way: writing.Form) -> list[writing.Outgoing]:
    questions = queries.questions_of(bank, state=Question.State.RELEASED).prefetch_related("aims__objective")
    drafts = queries.with_pictures(map(queries.draft_of, questions), bank)
    return writing.outgoing(drafts, way.key)


def _columns() -> list[tuple[str, Any]]:
    """Return the columns of a sheet with what each means, as the page tells them."""
    return [(f"{name} 1, {name} 2, …" if name in NUMBERED else name, said) for name, said in MEANINGS.items()]
