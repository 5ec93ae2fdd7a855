"""The practice app: its nearly empty page, who is signed in, and the worker that opens it without a connection.

The page is the same for everybody who reads the same language, so that a browser may keep it: nothing in it says who is
reading. What the app shows comes from the API of practice and from `about`.
"""

import json
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from leerhuis.appearance.queries import style_in_force
from leerhuis.base import clock
from leerhuis.catalogue.queries import way_to
from leerhuis.people.models import Person
from leerhuis.portal.app_words import app_words
from leerhuis.portal.queries import AgendaLesson, agenda_of
from leerhuis.practice.queries import retired_for
from leerhuis.results.models import Certificate
from leerhuis.results.queries import certificates_of
from leerhuis.ui.built import address_of, addresses_for, font_addresses, text_of
from leerhuis.ui.colour import TYPEFACES
from leerhuis.ui.wording import day, day_long, hours, number

SITTING = "leerhuis_practice"  # the cookie by which a browser says that it has a store of the app (private.ts)
AHEAD = (("portal_app_about", ""), ("practice_api_start", "?take=1"))  # as the app asks for them (sync.ts)
ENTRY, WORKER, ICONS = "src/practice.ts", "src/worker/index.ts", "practice-icons.svg"
ALL_ICONS = "icons.svg"  # for what the frame around the app seldom says
VERSION = "X-Shell-Version"  # by which the worker tells whether a page is of its own version
SHOWN = 5  # certificates


@never_cache
@require_safe
@gzip_page  # there is no secret in it that a guess could be held against
def shell(request: Any) -> HttpResponse:
    """Show the page that the app fills; without scripts it leads to the pages of the server.

    A browser in which nothing lies yet is told to fetch, with the page, what one begins with.
    """
    _with_practice(request)
    with translation.override(_language(request)):
        context = {
            "words": app_words(),
            "version": _version(request),
            "icons": address_of(ICONS),
            "for_app": True,
            "LANGUAGE_CODE": get_language(),
        }
        response = render(request, "portal/app.html", context)
        response[VERSION], response["Content-Language"] = _version(request), get_language()
    if SITTING not in request.COOKIES and "in" not in request.GET:
        response["Link"] = ", ".join(
            f"<{reverse(route)}{query}>; rel=preload; as=fetch; crossorigin" for route, query in AHEAD
        )
    return response


@never_cache
@require_safe
def about(request: Any) -> HttpResponse:
    """Tell the app who is signed in (a key, no name), a fresh mark for what it sends, and what is near."""
    _with_practice(request)
    viewer = request.viewer
    coming = agenda_of(viewer.person).coming
    return JsonResponse(
        {
            "who": viewer.device_key,
            "mark": get_token(request),
            "kept": not request.session.get_expire_at_browser_close(),
            "now": clock.now().isoformat(),
            "lesson": _lesson(coming[0]) if coming else None,
            "certificates": [_certificate(each) for each in _valid(viewer.person)],
            "certificates_url": reverse("results_my_certificates"),
            "retired": [asdict(each) for each in retired_for(viewer.person)],
            "retired_url": reverse("practice_home"),
        }
    )


@require_safe
def worker(request: Any) -> HttpResponse:
    """Hand out the worker of this version: what it keeps stands before it, so that another version is another file."""
    _with_practice(request)
    with translation.override(_language(request)):
        parts = {**_parts(request), "version": _version(request), "language": get_language()}
    told = json.dumps(parts, sort_keys=True)
    return HttpResponse(f"self.SHELL = {told};\n{text_of(WORKER)}", content_type="text/javascript; charset=utf-8")


def _with_practice(request: Any) -> None:
    """Answer 404 where the academy does not use practice (`features.practice`)."""
    if not request.tenant.settings.features.practice:
        raise Http404


def _language(request: Any) -> str:
    """Return the language that the address asks for (`?in=en`), else that of the request.

    A browser keeps the page in one language, so which one is said in the address and not left to be guessed.
    """
    asked = str(request.GET.get("in", ""))
    return asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


def _parts(request: Any) -> dict[str, Any]:
    """Return what the page is made of: files whose address changes with their content, and those that may change."""
    families = TYPEFACES[style_in_force(request.tenant.settings.look).typeface][:2]
    fonts = font_addresses(tuple(sorted({_slug(family) for family in families})))
    return {
        "page": reverse("portal_app"),
        "kept_from": f"{reverse('portal_app')}?in={get_language()}",
        "files": sorted({*addresses_for(ENTRY), *fonts, address_of(ICONS), address_of(ALL_ICONS)}),
        "fresh": [reverse("look")],
    }


def _slug(family: str) -> str:
    """Return the name under which a family was built: ``'Figtree Variable', system-ui`` → ``figtree``."""
    return family.split("'")[1].removesuffix(" Variable").lower().replace(" ", "-")


def _version(request: Any) -> str:
    """Return what changes with the app, with its words and with the language."""
    whole = [_parts(request), text_of(WORKER), app_words(), get_language(), request.tenant.name]
    return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:16]


def _lesson(row: AgendaLesson) -> dict[str, Any]:
    lesson, language = row.lesson, get_language() or "nl"
    follows = lesson.is_online and not lesson.online_link
    return {
        "title": lesson.run.course.title_in(language),
        "when": f"{day(lesson.starts_at)}, {hours(lesson.starts_at, lesson.ends_at)}",
        "where": _("Online; the address of the room follows") if follows else lesson.place or _("Online"),
        "online": lesson.is_online,
        "join": lesson.online_link if lesson.is_online else "",
        "route": way_to(lesson.venue) if lesson.venue else "",
        "url": reverse("enrolment_mine", args=[row.enrolment.id]),
        "ends": lesson.ends_at.isoformat(),
    }


def _valid(person: Person) -> list[Certificate]:
    return list(certificates_of(person).filter(revoked_at=None)[:SHOWN])


def _certificate(each: Certificate) -> dict[str, str]:
    points = f"{number(each.points)} PE {each.register}".strip() if each.points else ""
    return {"title": each.course_title, "when": day_long(each.finished_on), "points": points}
