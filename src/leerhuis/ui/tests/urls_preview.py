"""Addresses of the preview: the style page in every layout, the pages of faults, the sign-in pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, include, path

from leerhuis.ui import colour, views


def look(request: HttpRequest) -> HttpResponse:
    """Serve the academy's look, as the academies package does."""
    accent = request.COOKIES.get("accent", "#17595c")
    return HttpResponse(colour.look_css(accent, request.COOKIES.get("face", "book")), content_type="text/css")


def page(request: HttpRequest, name: str) -> HttpResponse:
    """Render any template of the look with an empty context."""
    return render(request, f"{name}.html")


urlpatterns: list[URLPattern] = [
    path("look.css", look),
    path("i18n/", include("django.conf.urls.i18n")),  # type: ignore[list-item]
    path("styleguide", views.styleguide, name="styleguide"),
    path("accounts/", include("allauth.urls")),  # type: ignore[list-item]
    path("template/<path:name>", page),
]
