"""Acting on many rows of a list at once: chosen, shown beforehand as it will be, done row by row, and taken back."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerhuis.audit.actions import look
from leerhuis.audit.actor import Actor
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.lists import actions
from leerhuis.lists.asked import PLAIN, Asked
from leerhuis.lists.listing import Bulk, Listing
from leerhuis.lists.queries import bulk_act_to_undo
from leerhuis.lists.rules import MOST_AT_ONCE, TooLate
from leerhuis.ui.undoing import offer_undo

EXAMPLES = 3
NAMED = 5


@dataclass(frozen=True)
class Outcome:
    """What became, or would become, of one row: done, or refused with the reason."""

    row: Any
    name: str
    detail: str
    before: str
    refusal: str = ""


@dataclass(frozen=True)
class Choice:
    """The rows that were chosen: their ids in the order of the list, and how many more fit than can be done at once."""

    ids: list[UUID]
    left: int


class _TakenBack(Exception):
    """The rehearsal is over."""


def answer_bulk(request: Any, listing: Listing, back: str) -> HttpResponse:
    """Show what an act would do to the chosen rows, do it, or take it back; `back` is the route of the list."""
    home = reverse(back, kwargs=listing.fixed)
    if request.POST.get("undo"):
        return _undo(request, listing, home)
    chosen = next((each for each in listing.bulk_for(request.viewer) if each.key == request.POST.get("act")), None)
    if chosen is None:
        raise Http404
    asked = Asked(listing, QueryDict(request.POST.get("query", "")))
    here = f"{home}{asked.address()}"
    choice = _chosen(request, listing, asked)
    if not choice.ids:
        messages.warning(request, _("No row was chosen, so nothing was done."))
        return redirect(here)
    sent = request.POST.get("step") == "do"
    form = chosen.form(request.POST if sent or request.POST.get("step") == "look" else None) if chosen.form else None
    if sent and (form is None or form.is_valid()):
        _do(request, listing, chosen, choice, form)
        return redirect(here)
    return _preview(request, listing, chosen, choice, form=form, here=here)


# --- which rows ----------------------------------------------------------------------------------------------------
def _chosen(request: Any, listing: Listing, asked: Asked) -> Choice:
    """Return the rows that were ticked, or all that fit; only those that the viewer may see."""
    found = listing.search(request, asked.data if "all" in request.POST else QueryDict())
    rows, _order = listing.sorted(found.rows, asked.data.get("sort", ""))
    if "all" in request.POST:
        return Choice(list(rows.values_list("id", flat=True)[:MOST_AT_ONCE]), max(0, rows.count() - MOST_AT_ONCE))
    ticked = [UUID(each) for each in request.POST.getlist("row") if _is_id(each)]
    seen = rows.filter(pk__in=ticked)
    order = {row: at for at, row in enumerate(ticked)}
    ids = sorted(set(seen.values_list("id", flat=True)), key=lambda row: order[row])
    return Choice(ids[:MOST_AT_ONCE], max(0, len(ids) - MOST_AT_ONCE))


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


# --- beforehand ----------------------------------------------------------------------------------------------------
def _preview(
    request: Any, listing: Listing, chosen: Bulk, choice: Choice, *, form: Form | None, here: str
) -> HttpResponse:
    """Show who and what exactly, which mails go out, and what cannot be done and why."""
    outcomes: list[Outcome] = []
    said = form.cleaned_data if form and form.is_bound and form.is_valid() else {}
    letters = (chosen.rehearse or _rehearse)(
        lambda: outcomes.extend(_perform(chosen, chosen.act, choice.ids, request.actor, lambda _row: said))
    )
    _look(request, listing, [each.row for each in outcomes], {each.person for each in letters if each.person})
    shown = {
        "listing": listing,
        "bulk": chosen,
        "form": form,
        "final": chosen.undo is None,
        "tells": chosen.rehearse is not None,
        "able": [each for each in outcomes if not each.refusal],
        "unable": [each for each in outcomes if each.refusal],
        "left": choice.left,
        "most": MOST_AT_ONCE,
        "letters": letters,
        "examples": _examples(letters),
        "query": request.POST.get("query", ""),
        "here": here,
        "crumbs": [(str(listing.title), here), (str(chosen.label), "")],
    }
    return render(request, "lists/bulk.html", shown)


def _examples(letters: Sequence[Any]) -> list[Any]:
    """Return one mail of each kind, as examples."""
    kinds: dict[str, Any] = {}
    for letter in letters:
        kinds.setdefault(letter.kind, letter)
    return list(kinds.values())[:EXAMPLES]


def _rehearse(act: Callable[[], Any]) -> list[Any]:
    """Do something and take it back; for acts that send no mail."""
    try:
        _and_back(act)
    except _TakenBack:
        return []


def _and_back(act: Callable[[], Any]) -> NoReturn:
    with attempt():
        act()
        raise _TakenBack


# --- doing and taking back -----------------------------------------------------------------------------------------
def _perform(
    chosen: Bulk, act: Callable[..., Any], ids: Sequence[UUID], by: Actor, said: Callable[[Any], dict[str, Any]]
) -> list[Outcome]:
    """Do an act to each row; a row that refuses is left as it was and says why."""
    outcomes = []
    held = {row.id: row for row in chosen.hold(ids)}
    for row in (held[each] for each in ids if each in held):
        name, detail = chosen.name(row), chosen.detail(row)
        before = chosen.before(row) if chosen.before else ""
        needless = chosen.unless(row) if act is chosen.act else ""
        refusal = str(needless) or _refusal_of(act, row, by, said(row))
        outcomes.append(Outcome(row, name, detail, before, refusal))
    return outcomes


def _refusal_of(act: Callable[..., Any], row: Any, by: Actor, said: dict[str, Any]) -> str:
    """Do an act to one row; returns why it was refused, or nothing."""
    try:
        with attempt():
            act(row, by=by, **said)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _do(request: Any, listing: Listing, chosen: Bulk, choice: Choice, form: Form | None) -> None:
    said = form.cleaned_data if form else {}
    outcomes = _perform(chosen, chosen.act, choice.ids, request.actor, lambda _row: said)
    _look(request, listing, [each.row for each in outcomes])
    done = [each for each in outcomes if not each.refusal]
    if done:
        kept = actions.remember_bulk(
            listing.key, chosen.key, {each.row.id: each.before for each in done}, by=request.actor
        )
        if chosen.undo:
            address = reverse(listing.bulk_route, kwargs=listing.fixed)
            offer_undo(request, chosen.done(len(done)), address, {"undo": str(kept.id)})
        else:
            messages.success(request, chosen.done(len(done)))
    _tell_refused(request, [each for each in outcomes if each.refusal])


def _undo(request: Any, listing: Listing, home: str) -> HttpResponse:
    """Reverse an act at once, each row by the reverse act; what cannot be reversed any more is told."""
    said = request.POST["undo"]
    done = bulk_act_to_undo(request.viewer, listing.key, UUID(said)) if _is_id(said) else None
    chosen = next((each for each in listing.bulk_for(request.viewer) if done and each.key == done.act), None)
    if done is None or chosen is None or chosen.undo is None:
        messages.warning(request, str(TooLate()))
        return redirect(f"{home}?view={PLAIN}")
    before = {UUID(row): was for row, was in done.rows.items()}
    said_of = (lambda row: {"before": before[row.id]}) if chosen.before else (lambda _row: {})
    outcomes = _perform(chosen, chosen.undo, list(before), request.actor, said_of)
    actions.take_back_bulk(done, by=request.actor)
    back = sum(not each.refusal for each in outcomes)
    words = ngettext("Taken back: %(count)d row is as it was.", "Taken back: %(count)d rows are as they were.", back)
    messages.success(request, words % {"count": back})
    _tell_refused(request, [each for each in outcomes if each.refusal])
    return redirect(f"{home}?view={PLAIN}")


def _tell_refused(request: Any, refused: Sequence[Outcome]) -> None:
    """Tell which rows refused and why, the first few by name."""
    if not refused:
        return
    words = ngettext("%(count)d row was left as it was.", "%(count)d rows were left as they were.", len(refused))
    named = " ".join(f"{each.name}: {each.refusal}" for each in refused[:NAMED])
    messages.warning(request, f"{words % {'count': len(refused)}} {named}")


def _look(request: Any, listing: Listing, rows: Sequence[Any], readers: AbstractSet[UUID] = frozenset()) -> None:
    """Write down whose rows are shown, and who reads the mails that would go."""
    if listing.subject:
        screen = listing.screen.replace("_list", "_bulk")
        look(by=request.actor, subjects=listing.subjects(rows) | readers, purpose=listing.purpose, screen=screen)
