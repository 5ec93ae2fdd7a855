"""Pictures, sounds and films of a bank: handed out to who may see them, and kept by authors."""

from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.charter.audiences import AUTHORS
from leerhuis.documents import shelf
from leerhuis.practice.actions import media as actions
from leerhuis.practice.media_forms import ChangeMediaForm, MediaForm
from leerhuis.practice.models import Bank, Media
from leerhuis.practice.queries import media_open_to, questions_showing
from leerhuis.practice.shelves import Shelf
from leerhuis.practice.views.parts import crumbs, to_write, with_practice

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KEPT: Final = "private, max-age=5184000, immutable"  # sixty days, as long as somebody may stay signed in on a device
NOT_KEPT: Final = "private, no-store"


@with_practice
@require_safe
def media_file(request: Any, bank_id: UUID, digest: str, name: str) -> HttpResponse:
    """Hand out a picture, sound or film to authors and to who may practise the bank.

    The browser of whoever chose to stay signed in on it may keep it, and an app with a token; no other. Films are
    fetched in parts (RFC 9110, 14.2). Another content has another address.
    """
    media = Media.objects.filter(bank_id=bank_id, name=name, digest__startswith=digest).first()
    if media is None or not _may_see(request, bank_id):
        raise Http404
    path = shelf.path_of(media.digest)
    if path is None:
        raise Http404
    stays = request.by_token or not request.session.get_expire_at_browser_close()
    headers = {**HEADERS, "Accept-Ranges": "bytes", "Cache-Control": KEPT if stays else NOT_KEPT}
    headers["Content-Disposition"] = f'inline; filename="{media.name}"'
    part = _part_wanted(request.headers.get("Range", ""), media.size)
    if part:
        headers["Content-Range"] = f"bytes {part[0]}-{part[1]}/{media.size}"
    held = _read(path, *(part or (0, media.size - 1)))
    return HttpResponse(held, status=206 if part else 200, content_type=media.media_type, headers=headers)


@with_practice
@require_safe
def media_list(request: Any, bank_id: UUID) -> HttpResponse:
    """Show the pictures, sounds and films of a bank, with what to write in a question to show each."""
    bank = get_object_or_404(Bank, pk=bank_id)
    return _list_page(request, bank, MediaForm())


@with_practice
@require_POST
def add_media(request: Any, bank_id: UUID) -> HttpResponse:
    """Bring a picture, sound or film into a bank."""
    bank = to_write(request, get_object_or_404(Bank, pk=bank_id))
    form = MediaForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            with attempt():
                made = actions.add_media(bank, by=request.actor, **form.kept())
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("%(name)s was added. Show it in a question as below.") % {"name": made.name})
            return redirect("practice_media_list", bank.id)
    return _list_page(request, bank, form, status=422)


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def edit_media(request: Any, media_id: UUID) -> HttpResponse:
    """Change what is said of a picture, sound or film, or put another in its place."""
    media = get_object_or_404(Media.objects.select_related("bank"), pk=media_id)
    to_write(request, media.bank)
    form = ChangeMediaForm(request.POST or None, request.FILES or None, initial={"alt": media.alt})
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.change_media(media, by=request.actor, **form.kept())
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("%(name)s was saved.") % {"name": media.name})
            return redirect("practice_media_list", media.bank_id)
    context = {
        "media": media,
        "bank": media.bank,
        "form": form,
        "shown": Shelf(media.bank_id).shown(media.name),
        "questions": questions_showing(media),
        "crumbs": crumbs(media.bank, media.name),
    }
    return render(request, "practice/author_media.html", context)


@with_practice
@require_POST
def remove_media(request: Any, media_id: UUID) -> HttpResponse:
    """Take out a picture, sound or film that no question shows."""
    media = get_object_or_404(Media.objects.select_related("bank"), pk=media_id)
    to_write(request, media.bank)
    try:
        with attempt():
            actions.remove_media(media, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("practice_edit_media", media_id)
    messages.success(request, _("%(name)s was taken out.") % {"name": media.name})
    return redirect("practice_media_list", media.bank_id)


def _list_page(request: Any, bank: Bank, form: MediaForm, status: int = 200) -> HttpResponse:
    on_shelf = Shelf(bank.id)
    context = {
        "bank": bank,
        "form": form,
        "all_media": [(media, on_shelf.shown(media.name)) for media in on_shelf.named.values()],
        "crumbs": crumbs(bank, _("Pictures, sound and film")),
    }
    return render(request, "practice/author_media_list.html", context, status=status)


def _may_see(request: Any, bank_id: UUID) -> bool:
    return request.viewer.may_enter(AUTHORS) or media_open_to(request.viewer.person, bank_id)


def _part_wanted(said: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte of the one part that is asked for; None for all of it, or nonsense."""
    begin, dash, end = said.removeprefix("bytes=").partition("-")
    if not said.startswith("bytes=") or not dash or not (begin or end).isdecimal() or (end and not end.isdecimal()):
        return None
    first = int(begin) if begin else max(0, size - int(end))
    last = min(int(end), size - 1) if begin and end else size - 1
    return (first, last) if first <= last else None


def _read(path: Path, first: int, last: int) -> bytes:
    """Return some bytes of a file; a whole one has ten million at most."""
    with path.open("rb") as file:
        file.seek(first)
        return file.read(last - first + 1)
