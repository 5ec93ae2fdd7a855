"""The office's day: what needs a person, most urgent first, each with the one thing to do about it.

What is due is asked of the package that knows it; here it gets its words, its order and its button. Each list takes one
query, whatever the number of rows, and whoever may not enter the page of an act does not get its list.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from leerhuis.base import clock
from leerhuis.catalogue.queries import runs_for, runs_without_place, runs_without_trainer, upcoming_runs
from leerhuis.catalogue.rules import LIVE
from leerhuis.charter.routes import audience_of
from leerhuis.documents.queries import refused_documents
from leerhuis.enrolment.queries import (
    enrolments_lacking_details,
    runs_to_decide,
    runs_with_a_seat_for_who_waits,
    with_seats_left,
)
from leerhuis.mail.queries import stuck_messages
from leerhuis.people.gate import Viewer
from leerhuis.people.queries import invited_and_silent
from leerhuis.practice.queries import banks_waiting_for, banks_with_reports
from leerhuis.privacy.queries import nights_to_agree, open_complaints, open_requests, suppliers_to_look_at
from leerhuis.results.queries import lessons_to_submit, runs_to_certify, runs_to_judge
from leerhuis.ui.tones import Tone
from leerhuis.ui.wording import day, day_time

SHOWN, COUNTED = 5, 100
SOON = timedelta(days=14)
DECIDE_BEFORE = timedelta(days=28)
PATIENCE = timedelta(days=7)
_SOME_ID = UUID(int=0)


@dataclass(frozen=True)
class Todo:
    """One thing that needs a person: what it is about, what tells it from others, and where it is done."""

    title: str
    under: str
    url: str
    act: str | Promise
    word: str = ""
    tone: Tone = Tone.NOTE
    subject: UUID | None = None
    at_once: bool = False  # the button does it, instead of leading to the page on which it is done


@dataclass(frozen=True)
class Pile:
    """Things of one kind that need a person, the most urgent first; `count` of them, the first few shown."""

    key: str
    heading: str | Promise
    sign: str
    todos: list[Todo]
    count: int
    whole: str
    purpose: str

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.count - len(self.todos)

    @property
    def count_words(self) -> str:
        """Return how many there are, as far as they were counted."""
        return f"{COUNTED}+" if self.count >= COUNTED else str(self.count)


@dataclass(frozen=True)
class Kind:
    """A kind of things to do: its words, the route of its act (which says for whom it is), its rows and their words."""

    key: str
    heading: str | Promise
    sign: str
    route: str
    rows: Callable[[Viewer], Iterable[Any]]
    tell: Callable[[Any], Todo]
    whole: str
    purpose: str = "catalogue.teaching"


def _until(length: timedelta) -> Any:
    return clock.today() + length


def _run_todo(run: Any, route: str, act: str | Promise, word: str = "", tone: Tone = Tone.CARE) -> Todo:
    under = " · ".join(filter(None, (run.code, day(run.first_day) if run.first_day else "")))
    return Todo(run.course.title, under, reverse(route, args=[run.id]), act, word, tone)


def _decide(run: Any) -> Todo:
    short = run.minimum - run.enrolled
    if short > 0:
        words = ngettext("%(short)d more needed", "%(short)d more needed", short) % {"short": short}
        return _run_todo(run, "results_office_run", _("Decide"), words)
    return _run_todo(run, "catalogue_office_run_confirm", _("Confirm"), _("can go ahead"), Tone.GOOD)


def _let_in(run: Any) -> Todo:
    words = ngettext("%(n)d waits", "%(n)d wait", run.waiting) % {"n": run.waiting}
    return _run_todo(run, "enrolment_office_waiting", _("Let in"), words)


def _submit(lesson: Any) -> Todo:
    url = reverse("results_office_lesson", args=[lesson.id])
    return Todo(
        lesson.run.course.title,
        f"{lesson.run.code} · {day_time(lesson.starts_at)}",
        url,
        _("Tick attendance"),
        _("not submitted"),
        Tone.CARE,
    )


def _judge(run: Any) -> Todo:
    words = ngettext("%(n)d result", "%(n)d results", run.open) % {"n": run.open}
    return _run_todo(run, "results_office_results", _("Give results"), words, Tone.NOTE)


def _certify(run: Any) -> Todo:
    words = ngettext("%(n)d certificate", "%(n)d certificates", run.open) % {"n": run.open}
    return _run_todo(run, "results_office_certificates", _("Issue"), words, Tone.NOTE)


def _mail(message: Any) -> Todo:
    url = reverse("mail_office_message", args=[message.id])
    words = str(message.get_state_display())
    return Todo(
        message.title, f"{message.to_name} · {message.to_address}", url, _("Read"), words, Tone.BAD, message.person
    )


def _lacking(enrolment: Any) -> Todo:
    run = enrolment.run
    under = " · ".join(filter(None, (run.course.title, run.code, day(run.first_day) if run.first_day else "")))
    url = reverse("enrolment_office_page", args=[enrolment.id])
    return Todo(
        enrolment.learner.name,
        under,
        url,
        pgettext("look at", "Check"),
        _("details missing"),
        Tone.CARE,
        enrolment.learner_id,
    )


def _silent(person: Any) -> Todo:
    since = _("added on %(day)s") % {"day": day(person.created_at)}
    url = reverse("people_office_invite", args=[person.id])
    return Todo(person.name, since, url, _("Invite again"), _("no account yet"), Tone.NOTE, person.id, at_once=True)


def _request(request: Any) -> Todo:
    url = reverse("privacy_request", args=[request.id])
    return _before_a_day(request, str(request.get_kind_display()), url)


def _complaint(complaint: Any) -> Todo:
    url = reverse("privacy_complaint", args=[complaint.id])
    title = str(complaint.get_subject_of_display())
    if complaint.answered_at is None:
        return _before_a_day(complaint, title, url)
    return Todo(title.capitalize(), complaint.reference, url, _("Handle"), _("in appeal"), Tone.CARE)


def _before_a_day(thing: Any, title: str, url: str) -> Todo:
    left = thing.days_left
    if left < 0:
        words = ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
    else:
        words = ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}
    return Todo(title.capitalize(), thing.reference, url, _("Handle"), words, Tone.BAD if left < 0 else Tone.CARE)


def _night(run: Any) -> Todo:
    title = _("Data past its term of %(day)s") % {"day": day_time(run.created_at)}
    return Todo(title, str(run.get_why_display()), reverse("privacy_terms"), _("Look"), tone=Tone.CARE)


def _refused(document: Any) -> Todo:
    url = reverse("portal_office_person_part", args=[document.person, "documents"])
    return Todo(document.name, document.reason, url, _("See"), _("virus found"), Tone.BAD, document.person)


def _supplier(found: Any) -> Todo:
    if found.firm_id is None:
        return Todo(found.name, found.what, reverse("privacy_firms"), _("Look"), _("in no register"), Tone.CARE)
    return Todo(found.name, found.what, reverse("privacy_firm", args=[found.firm_id]), _("Write down"))


def _review(bank: Any) -> Todo:
    words = ngettext("%(n)d question", "%(n)d questions", bank.waiting) % {"n": bank.waiting}
    return Todo(bank.title, words, f"{reverse('practice_bank', args=[bank.id])}?state=review", _("Review"))


def _reported(bank: Any) -> Todo:
    words = ngettext("%(n)d question", "%(n)d questions", bank.reported) % {"n": bank.reported}
    return Todo(bank.title, words, f"{reverse('insights_bank', args=[bank.id])}#reported", _("Look"), tone=Tone.CARE)


KINDS = (
    Kind(
        "requests",
        gettext_lazy("Requests about data"),
        "shield-lock",
        "privacy_request",
        open_requests,
        _request,
        "privacy_requests_list",
        "privacy.requests",
    ),
    Kind(
        "complaints",
        gettext_lazy("Complaints that stand open"),
        "speakerphone",
        "privacy_complaint",
        open_complaints,
        _complaint,
        "privacy_complaints_list",
        "privacy.complaints",
    ),
    Kind(
        "nights",
        gettext_lazy("Data past its term waits for your agreement"),
        "clock",
        "privacy_decide_night",
        nights_to_agree,
        _night,
        "privacy_terms",
        "audit.flows",
    ),
    Kind(
        "refused_documents",
        gettext_lazy("A document was destroyed: it held a virus"),
        "alert-triangle",
        "portal_office_person",
        lambda viewer: refused_documents(viewer) if viewer.is_office else (),
        _refused,
        "people_office_list",
        "people.account",
    ),
    Kind(
        "mails",
        gettext_lazy("Mails that did not arrive"),
        "mail",
        "mail_office_message",
        lambda viewer: stuck_messages().defer("body").order_by("created_at") if viewer.is_office else (),
        _mail,
        "mail_office_list",
        "mail.service_mail",
    ),
    Kind(
        "trainers",
        gettext_lazy("Nobody teaches this run yet"),
        "chalkboard",
        "catalogue_office_run",
        lambda viewer: runs_without_trainer(viewer, _until(DECIDE_BEFORE)),
        lambda run: _run_todo(run, "catalogue_office_run", _("Choose a trainer"), _("no trainer")),
        "results_office_runs",
    ),
    Kind(
        "places",
        gettext_lazy("A lesson has no room and no link"),
        "door",
        "catalogue_office_run",
        lambda viewer: runs_without_place(viewer, _until(DECIDE_BEFORE)),
        lambda run: _run_todo(run, "catalogue_office_run", _("Choose a place"), _("no place")),
        "results_office_runs",
    ),
    Kind(
        "decide",
        gettext_lazy("Does it go ahead?"),
        "scale",
        "catalogue_office_run_confirm",
        lambda viewer: runs_to_decide(viewer, _until(DECIDE_BEFORE)),
        _decide,
        "results_office_runs",
    ),
    Kind(
        "attendance",
        gettext_lazy("Attendance is missing"),
        "clipboard-list",
        "results_office_lesson",
        lessons_to_submit,
        _submit,
        "results_office_runs",
    ),
    Kind(
        "waiting",
        gettext_lazy("A seat is free and somebody waits"),
        "armchair",
        "enrolment_office_waiting",
        lambda viewer: runs_with_a_seat_for_who_waits().select_related("course") if viewer.is_office else (),
        _let_in,
        "results_office_runs",
    ),
    Kind(
        "results",
        gettext_lazy("Results to give"),
        "clipboard-check",
        "results_office_results",
        runs_to_judge,
        _judge,
        "results_office_runs",
    ),
    Kind(
        "certificates",
        gettext_lazy("Certificates to hand out"),
        "certificate",
        "results_office_certificates",
        runs_to_certify,
        _certify,
        "results_office_runs",
    ),
    Kind(
        "details",
        gettext_lazy("Registrations to check"),
        "users",
        "enrolment_office_page",
        lambda viewer: enrolments_lacking_details(viewer, _until(SOON)),
        _lacking,
        "enrolment_office_list",
        "enrolment.course",
    ),
    Kind(
        "invitations",
        gettext_lazy("Invited, and not heard of since"),
        "user-plus",
        "people_office_invite",
        lambda viewer: invited_and_silent(viewer, clock.now() - PATIENCE),
        _silent,
        "people_office_list",
        "people.account",
    ),
    Kind(
        "questions",
        gettext_lazy("Practice questions in review"),
        "bulb",
        "practice_bank",
        banks_waiting_for,
        _review,
        "practice_banks",
        "practice.authoring",
    ),
    Kind(
        "reported",
        gettext_lazy("Practice questions that learners reported"),
        "messages",
        "insights_bank",
        banks_with_reports,
        _reported,
        "practice_banks",
        "practice.authoring",
    ),
    Kind(
        "suppliers",
        gettext_lazy("Suppliers of whom something is missing"),
        "building",
        "privacy_firm",
        suppliers_to_look_at,
        _supplier,
        "privacy_firms",
        "audit.flows",
    ),
)


def piles_for(viewer: Viewer) -> list[Pile]:
    """Return what needs a person, for this viewer, the most urgent kind first; empty when all is done."""
    return list(_piles(viewer))


def _piles(viewer: Viewer) -> Iterator[Pile]:
    for kind in KINDS:
        match = resolve(reverse(kind.route, args=[_SOME_ID]))
        audience = audience_of(match.func, match.url_name)
        if audience is None or not viewer.may_enter(audience):
            continue
        found = kind.rows(viewer)
        rows = list(found[:COUNTED])  # type: ignore[index]  # a queryset, or nothing
        if rows:
            todos = [kind.tell(row) for row in rows[:SHOWN]]
            yield Pile(kind.key, kind.heading, kind.sign, todos, len(rows), reverse(kind.whole), kind.purpose)


def coming_runs(viewer: Viewer) -> list[Any]:
    """Return the next runs with the numbers of their seats; for staff outside the office those that all can see."""
    runs = _runs_to_come(viewer) if viewer.is_office else upcoming_runs()
    return list(with_seats_left(runs).order_by("first_day", "code")[:8])


def _runs_to_come(viewer: Viewer) -> Any:
    return runs_for(viewer).filter(state__in=LIVE, first_day__gte=clock.today())
