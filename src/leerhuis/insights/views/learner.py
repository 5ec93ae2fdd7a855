"""What a learner sees of groups like theirs: the banks they practise and the courses they follow, all together."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from leerhuis.enrolment.queries import enrolments_of
from leerhuis.insights.comparing import beside
from leerhuis.insights.queries import groups_like, smallest_group
from leerhuis.insights.steps import step_words
from leerhuis.practice.queries import accesses_of


@require_safe
def groups_page(request: Any) -> HttpResponse:
    """Show how everybody together did in what this learner practises and follows, beside their own answers.

    Their own are shown to them alone. Keeps: L17b, L14b.
    """
    person = request.viewer.person
    banks = [access.bank_id for access in accesses_of(person)]
    courses = list(dict.fromkeys(each.run.course_id for each in enrolments_of(person)))
    practised, followed = groups_like(banks, courses, get_language() or "nl")
    shown = {
        "practised": beside(person, practised),
        "followed": [(each, step_words(each.attendance), step_words(each.passing)) for each in followed],
        "smallest": smallest_group(),
    }
    return render(request, "insights/learner.html", shown)
