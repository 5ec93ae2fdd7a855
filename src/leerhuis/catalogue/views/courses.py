"""Courses, as the office lists, writes, publishes and withdraws them."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue import actions
from leerhuis.catalogue.description import as_html
from leerhuis.catalogue.forms import CourseForm, ModulesForm, QuestionsForm
from leerhuis.catalogue.models import Course
from leerhuis.catalogue.queries import courses_for, runs_for, with_lessons
from leerhuis.catalogue.rules import NotPublishable, missing_for_publishing
from leerhuis.catalogue.tables import COURSES
from leerhuis.lists.bulk import answer_bulk
from leerhuis.lists.page import answer

RUNS_SHOWN = 12


@require_http_methods(["GET", "HEAD", "POST"])
def course_list(request: Any) -> HttpResponse:
    """List and search courses; keep views of the list; download the same list."""
    return answer(request, COURSES, "catalogue/office_courses.html")


@require_POST
def courses_bulk(request: Any) -> HttpResponse:
    """Publish or withdraw many courses, after showing it, and take it back."""
    return answer_bulk(request, COURSES, "catalogue_office_courses")


@require_http_methods(["GET", "HEAD", "POST"])
def add_course(request: Any) -> HttpResponse:
    """Write down a new course, as a draft."""
    form = CourseForm(request.POST or None, **_of_academy(request))
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                course = actions.add_course(by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The course was added as a draft. Visitors see it once you publish it."))
            return redirect("catalogue_office_course", course.id)
    context = {"form": form, "course": None, "crumbs": crumbs(_("Add a course"))}
    return render(request, "catalogue/office_course.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_course(request: Any, course_id: UUID) -> HttpResponse:
    """Show a course with everything that belongs to it, and change its facts."""
    course = get_object_or_404(courses_for(request.viewer), pk=course_id)
    form = CourseForm(request.POST or None, instance=copy(course), **_of_academy(request))
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.change_course(course, by=request.actor, **form.cleaned_data)
        except NotPublishable as refusal:
            _show_missing(form, refusal)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The course was saved."))
            return redirect("catalogue_office_course", course.id)
    return render(request, "catalogue/office_course.html", {"form": form, **_around(request, course)})


def crumbs(*words: str) -> list[tuple[str, str]]:
    """Return where a page below the list of courses stands."""
    return [(_("Courses"), reverse("catalogue_office_courses")), *((word, "") for word in words)]


def _below(course: Course) -> list[tuple[str, str]]:
    return [*crumbs(), (course.title, reverse("catalogue_office_course", args=[course.id]))]


def _show_missing(form: CourseForm, refusal: NotPublishable) -> None:
    """Put the refusal beside each field that is missing."""
    form.add_error(None, str(refusal))
    for field in refusal.missing:
        if field in form.fields:
            form.add_error(field, _("Visitors must know this before they choose."))


def _around(request: Any, course: Course) -> dict[str, Any]:
    """Return what stands beside the form: questions, question banks, runs, and what lacks before publishing."""
    if request.method == "POST":
        course.refresh_from_db()  # what was refused is in the form, not in the course
    runs = with_lessons(runs_for(request.viewer).filter(course=course)).order_by("-first_day", "-created_at")
    return {
        "course": course,
        "questions": course.questions.all(),
        "modules": course.modules.select_related("bank").order_by("bank__title"),
        "runs": runs[:RUNS_SHOWN],
        "missing": missing_for_publishing(course),
        "crumbs": crumbs(course.title),
    }


def _of_academy(request: Any) -> dict[str, Any]:
    """Return what the form of a course needs to know of the academy."""
    chosen = request.tenant.settings
    schemes = chosen.registers if chosen.features.pe_points else ()
    return {
        "registers": [(scheme.key, scheme.name) for scheme in schemes],
        "preview_url": reverse("catalogue_office_preview"),
    }


@require_POST
def preview_description(request: Any) -> HttpResponse:
    """Return a description as a reader will see it."""
    return HttpResponse(as_html(request.POST.get("description", "")))


@require_POST
def publish_course(request: Any, course_id: UUID) -> HttpResponse:
    """Put a course in the public catalogue."""
    course = get_object_or_404(courses_for(request.viewer), pk=course_id)
    try:
        with attempt():
            actions.publish_course(course, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The course is in the catalogue."))
    return redirect("catalogue_office_course", course.id)


@require_POST
def withdraw_course(request: Any, course_id: UUID) -> HttpResponse:
    """Take a course out of the public catalogue."""
    course = get_object_or_404(courses_for(request.viewer), pk=course_id)
    with attempt():
        actions.withdraw_course(course, by=request.actor)
    messages.success(request, _("The course is out of the catalogue. Who has a seat keeps it."))
    return redirect("catalogue_office_course", course.id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_questions(request: Any, course_id: UUID) -> HttpResponse:
    """Choose what this course asks at registration, each with its reason."""
    course = get_object_or_404(courses_for(request.viewer), pk=course_id)
    form = QuestionsForm(request.POST or None, course=course)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.set_questions(course, form.asked, by=request.actor)
        except Refusal as refusal:
            form.add_error(f"{refusal.field}_ask", str(refusal))
        else:
            messages.success(request, _("The questions were saved."))
            return redirect("catalogue_office_course", course.id)
    context = {"form": form, "course": course, "crumbs": _below(course)}
    return render(request, "catalogue/office_questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_modules(request: Any, course_id: UUID) -> HttpResponse:
    """Choose the question banks that learners of this course may practise."""
    course = get_object_or_404(courses_for(request.viewer), pk=course_id)
    form = ModulesForm(request.POST or None, initial={"banks": list(course.modules.values_list("bank", flat=True))})
    if request.method == "POST" and form.is_valid():
        with attempt():
            actions.set_modules(course, form.cleaned_data["banks"], by=request.actor)
        messages.success(request, _("The question banks were saved."))
        return redirect("catalogue_office_course", course.id)
    return render(request, "catalogue/office_modules.html", {"form": form, "course": course, "crumbs": _below(course)})
