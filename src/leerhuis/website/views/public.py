"""The public pages: home, courses, one course, conditions, contact, and what robots read."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from leerhuis.catalogue.queries import choices_of_upcoming_runs, course_page, published_courses
from leerhuis.conditions.queries import ConditionsText, in_force, versions
from leerhuis.mail.links import front
from leerhuis.website.forms import CourseSearch
from leerhuis.website.paper import conditions_pdf
from leerhuis.website.queries import FEW, addresses_of_courses, cards_of, dates_of, register_name

PER_PAGE = 24
ON_HOME = 6
NOT_FOR_ROBOTS = (
    "accounts", "certificate", "employer", "home", "invitation", "language", "me", "office", "register", "trainer",
)  # fmt: skip


def _language() -> str:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def _page(request: Any, template: str, **context: Any) -> HttpResponse:
    """Answer with a page that knows its own full address, as search engines and share links want it."""
    return render(request, f"website/{template}", {"here": front() + request.path, "few": FEW, **context})


@require_safe
def home(request: Any) -> HttpResponse:
    """Show what one can do here, and the courses that begin soonest."""
    return _page(request, "home.html", runs=dates_of()[:ON_HOME])


@require_safe
def courses(request: Any) -> HttpResponse:
    """List the courses of the catalogue, searched and filtered by what stands in the address."""
    places, months = choices_of_upcoming_runs()
    search = CourseSearch(
        request.GET or None,
        places=places,
        months=months,
        with_practice=request.tenant.settings.features.practice,
    )
    wanted = search.chosen
    page = Paginator(published_courses(**wanted), PER_PAGE).get_page(request.GET.get("page"))
    cards = cards_of(page, place=wanted["place"], month=wanted["month"])
    return _page(request, "courses.html", search=search, page_obj=page, cards=cards)


@require_safe
def course(request: Any, slug: str) -> HttpResponse:
    """Show all that one must know of a course, with its dates and the seats that are left."""
    found = course_page(slug)
    if found is None:
        raise Http404
    chosen = request.tenant.settings
    return _page(
        request,
        "course.html",
        course=found,
        runs=dates_of(found),
        banks=[module.bank for module in found.modules.select_related("bank").order_by("bank__title")],
        register=register_name(chosen, found.register),
    )


@require_safe
def conditions(request: Any) -> HttpResponse:
    """Show the general conditions with the complaint procedure, and their date. Keeps: L38, K20."""
    found = in_force(_language(), request.tenant.settings)
    return _page(request, "conditions.html", conditions=found, versions=versions())


@require_safe
def conditions_version(request: Any, version_id: UUID) -> HttpResponse:
    """Show one version of the conditions as it was. Keeps: L38, K20."""
    version = get_object_or_404(versions(), pk=version_id)
    text, language = version.text_in(_language())
    found = ConditionsText(text, language, version.since, version.is_model)
    return _page(request, "conditions.html", conditions=found, versions=versions(), version=version)


@require_safe
def conditions_paper(request: Any, version_id: UUID) -> HttpResponse:
    """Give a version of the conditions as PDF, to be kept."""
    version = get_object_or_404(versions(), pk=version_id)
    response = HttpResponse(conditions_pdf(version, _language()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{version.since.isoformat()}.pdf"'
    return response


@require_safe
def contact(request: Any) -> HttpResponse:
    """Show who the academy is and how to reach it. Keeps: K1."""
    rights = request.tenant.settings.rights
    return _page(request, "contact.html", mention=rights.mention_en if _language() == "en" else rights.mention)


@require_safe
def site_map(request: Any) -> HttpResponse:
    """List every public page for search engines."""
    routes = (
        "website_home",
        "website_courses",
        "website_conditions",
        "privacy_complaint_public",
        "website_contact",
        "website_security",
        "privacy_statement",
    )
    paths = [path for path in map(_address, routes) if path]
    paths += [reverse("website_course", args=[slug]) for slug in addresses_of_courses()]
    context = {"addresses": [front() + path for path in paths]}
    return render(request, "website/sitemap.xml", context, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: Any) -> HttpResponse:
    """Tell search engines what is public: the site, not what lies behind signing in or belongs to one person."""
    closed = (
        "accounts",
        "certificate",
        "employer",
        "home",
        "invitation",
        "language",
        "me",
        "office",
        "register",
        "trainer",
    )
    lines = ["User-agent: *", *(f"Disallow: /{part}/" for part in closed), "", f"Sitemap: {front()}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: Any) -> HttpResponse:
    """Lead browsers that ask for the old name to the mark."""
    return HttpResponseRedirect(static("ui/favicon.svg"))


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
