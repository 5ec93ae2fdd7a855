"""The academy's look, for everyone: a style sheet, and what a telephone needs to put it on its home screen."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from leerhuis.appearance.queries import Logo, style_in_force
from leerhuis.ui.colour import accent_pairs, look_css
from leerhuis.ui.marks import SIZES, mark_png

_SHORT = 12  # what fits under an icon


@require_safe
@cache_control(public=True, max_age=300)
def look(request: HttpRequest) -> HttpResponse:
    """Return the academy's accent and typeface as CSS variables; everything else follows from them."""
    academy = getattr(request, "tenant", None)
    if academy is None:
        return HttpResponse("", content_type="text/css; charset=utf-8")
    style = style_in_force(academy.settings.look)
    css = look_css(style.accent, style.typeface) + (logo_css(style.logo) if style.logo else "")
    return HttpResponse(css, content_type="text/css; charset=utf-8")


def logo_css(logo: Logo) -> str:
    """Return the rules that put a logo where the initials and the name stand; the name stays for who listens."""
    address = reverse("appearance_logo", args=[logo.digest])
    ratio = round(logo.width / logo.height, 3)
    return (
        f':root {{ --lh-logo: url("{address}"); --lh-logo-ratio: {ratio}; }}\n'
        ".brand .mark-square { display: none; }\n"
        ".brand .brand-name { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }\n"
        '.brand::before { content: ""; }\n'
    )


@require_safe
@cache_control(public=True, max_age=300)
def manifest(request: Any) -> HttpResponse:
    """Return what a browser needs to install the academy as an app (W3C, Web Application Manifest).

    `?for=practice` is the one that opens on practice, which works without a connection: the pages of a learner name it,
    so that whoever installs from any of them gets what the app is for. Without practice it is that of the academy.
    """
    look, name = style_in_force(request.tenant.settings.look), request.tenant.name
    icons = [
        {
            "src": reverse("academy_icon", args=[kind, size]),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": kind,
        }
        for kind, size in (("any", 192), ("any", 512), ("maskable", 512))
    ]
    for_practice = request.GET.get("for") == "practice" and request.tenant.settings.features.practice
    words = {
        "id": reverse("portal_app") if for_practice else "/",
        "name": name,
        "short_name": name if len(name) <= _SHORT else name.split()[0][:_SHORT],
        "lang": get_language(),
        "dir": "ltr",
        "start_url": reverse("portal_app" if for_practice else "portal_home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": accent_pairs(look.accent)["--lh-accent"][0],
        "background_color": "#f6f5f1",
        "icons": icons,
    }
    return JsonResponse(words, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@cache_control(public=True, max_age=86400)
def icon(request: Any, kind: str, size: int) -> HttpResponse:
    """Return the academy's mark as a picture, for a home screen."""
    if size not in SIZES or kind not in {"any", "maskable"}:
        raise Http404
    look = request.tenant.settings.look
    letters = look.initials or request.tenant.name[:1].upper()
    picture = mark_png(letters, style_in_force(look).accent, size, maskable=kind == "maskable")
    return HttpResponse(picture, content_type="image/png")
