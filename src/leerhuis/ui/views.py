"""The living style page: every component of the house on one page, for the demo."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leerhuis.ui import styleguide as samples

LAYOUTS = ("office", "learner", "task", "public", "plain")


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all components in the layout that the address asks for (`?layout=office`)."""
    layout = request.GET.get("layout", "office")
    if layout not in LAYOUTS:
        layout = "office"
    context = {"layout": f"ui/layout/{layout}.html", "layouts": LAYOUTS, **samples.samples(request)}
    return render(request, "ui/styleguide.html", context)
