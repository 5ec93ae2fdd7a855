"""What is held about oneself: to read, and to take along."""

import json
from functools import partial
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from leerhuis.audit.outlet import Going, send, taken_by_oneself
from leerhuis.documents.queries import files_of
from leerhuis.people.gate import sign_in_again, signed_in_lately
from leerhuis.privacy.actions import hand_out_data
from leerhuis.privacy.parcel import write_parcel
from leerhuis.privacy.queries import my_data
from leerhuis.privacy.standing import standing_of

ROWS_OF_EACH_TABLE = 10  # a screenful on a phone; the download holds all
TYPES = {"html": "text/html; charset=utf-8", "json": "application/json"}


@never_cache
@require_safe
def my_data_page(request: Any) -> HttpResponse:
    """Show all that is held about oneself, by purpose, and who looked."""
    data = my_data(request.viewer.person, limit=ROWS_OF_EACH_TABLE)
    standing = standing_of(request.viewer.person_id)
    return render(request, "privacy/my_data.html", {"data": data, "shown": ROWS_OF_EACH_TABLE, "standing": standing})


@never_cache
@require_safe
def download_page(request: Any) -> HttpResponse:
    """Offer one's data as two files, after a sign-in that is not too long ago."""
    if not signed_in_lately(request):
        return redirect(sign_in_again(reverse("privacy_download")))
    return render(request, "privacy/download.html", {})


@never_cache
@require_POST
def download_html(request: Any) -> HttpResponse:
    """Hand out one's data as one page that can be read without this site."""
    return _hand_out(request, "html")


@never_cache
@require_POST
def download_json(request: Any) -> HttpResponse:
    """Hand out one's data in a form that another system can read."""
    return _hand_out(request, "json")


@never_cache
@require_POST
def download_parcel(request: Any) -> HttpResponseBase:
    """Hand out one's data as one archive: the page, the JSON and the files. Keeps: L35, W1."""
    if not signed_in_lately(request):
        return redirect(sign_in_again(reverse("privacy_download")))
    going = taken_by_oneself(request, "people.account", "privacy_download_parcel")
    return parcel_of(request, request.viewer.person_id, going)


def parcel_of(request: Any, person_id: UUID, going: Going) -> FileResponse:
    """Return the archive with all that is held about a person; that it was handed out is noted and counted."""
    hand_out = partial(hand_out_data, person_id, by=request.actor, language=request.LANGUAGE_CODE)
    export = send(going, hand_out, by=request.actor)
    archive = write_parcel(export, files_of(person_id))
    return FileResponse(archive, as_attachment=True, filename=export.file_name("zip"), content_type="application/zip")


def _hand_out(request: Any, ending: str) -> HttpResponse:
    """Return the file; somebody who signed in too long ago is asked to do so again first."""
    if not signed_in_lately(request):
        return redirect(sign_in_again(reverse("privacy_download")))
    going = taken_by_oneself(request, "people.account", f"privacy_download_{ending}")
    hand_out = partial(hand_out_data, request.viewer.person_id, by=request.actor, language=request.LANGUAGE_CODE)
    export = send(going, hand_out, by=request.actor)
    body = json.dumps(export.as_dict(), ensure_ascii=False, indent=1) if ending == "json" else export.as_page()
    response = HttpResponse(body, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{export.file_name(ending)}"'
    return response
