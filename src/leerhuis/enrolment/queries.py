"""Reading registrations and enrolments, within rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from leerhuis.audit.models import Given
from leerhuis.base import clock
from leerhuis.base.search import Hit, Holds, question
from leerhuis.base.text import fold
from leerhuis.catalogue.models import AskedField, Lesson, Run
from leerhuis.catalogue.queries import runs_for
from leerhuis.catalogue.rules import LIVE
from leerhuis.documents.models import Document
from leerhuis.enrolment.models import (
    DETAIL_FOUND_BY,
    REGISTRATION_FOUND_BY,
    Detail,
    Enrolment,
    Grant,
    Registration,
)
from leerhuis.enrolment.pasting import Pasted
from leerhuis.enrolment.seats import SEATED, free_for_newcomers
from leerhuis.organisations.models import Organisation
from leerhuis.organisations.queries import contacts_of, employees_of, organisations_as_contact
from leerhuis.people.models import Person
from leerhuis.people.queries import unrestricted, whose_documents


# --- seats ---------------------------------------------------------------------------------------------------------
def seats_left(run: Run) -> int:
    """Return how many seats of a run a newcomer can have: those that nobody has or waits for."""
    return free_for_newcomers(run)


def with_seats_left(runs: QuerySet[Run]) -> QuerySet[Any]:
    """Give each run the numbers `enrolled`, `waiting` and `seats_left` (as `seats_left()`), in the same query."""
    return with_room(runs.annotate(enrolled=_count_in(*SEATED), waiting=_count_in(Enrolment.State.WAITING)))


def with_room(runs: QuerySet[Run]) -> QuerySet[Any]:
    """Give each run the number `seats_left` (as `seats_left()`) in the same query, for who chooses a date."""
    taken = _count_in(*SEATED, Enrolment.State.WAITING)
    return runs.annotate(seats_left=Greatest(Value(0), F("seats") - taken, output_field=IntegerField()))


def _count_in(*states: str) -> Coalesce:
    rows = Enrolment.objects.filter(run=OuterRef("pk"), state__in=states).order_by().values("run")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), Value(0), output_field=IntegerField())


def runs_with_a_seat_for_who_waits() -> QuerySet[Run]:
    """Return the runs to come with people waiting and a seat that nobody has."""
    coming = with_seats_left(Run.objects.filter(state__in=LIVE, first_day__gt=clock.today()))
    return coming.filter(waiting__gt=0, seats__gt=F("enrolled")).order_by("id")


def runs_that_began_with_waiting() -> QuerySet[Run]:
    """Return the runs that begin today or have begun and still have people waiting."""
    began = with_seats_left(Run.objects.filter(first_day__lte=clock.today()))
    return began.filter(waiting__gt=0).order_by("id")


def waiting_in(run: Run) -> QuerySet[Enrolment]:
    """Return who waits for a seat in a run, who waits longest first."""
    waiting = Enrolment.objects.filter(run=run, state=Enrolment.State.WAITING)
    return unrestricted(waiting, "learner").select_related("learner", "ordered_by").order_by("waiting_since", "id")


# --- enrolments ----------------------------------------------------------------------------------------------------
def _with_run(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    return enrolments.select_related("run__course", "learner", "ordered_by", "registration")


def _with_lessons(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    lessons = Lesson.objects.select_related("venue").order_by("starts_at")
    return enrolments.prefetch_related(Prefetch("run__lessons", lessons))


def enrolments_for(viewer: Any) -> QuerySet[Enrolment]:
    """Return the enrolments whose whole record a viewer may see, newest first: office staff all, a learner their own.

    Each comes with run, course, learner, organisation and registration. What a contact may see: `visible_to_contact`.
    """
    found = _with_run(Enrolment.objects.order_by("-created_at", "-id"))
    if viewer is None:
        return found.none()
    return unrestricted(found, "learner") if viewer.is_office else found.filter(learner=viewer.person_id)


def own_enrolment(viewer: Any, enrolment_id: UUID) -> Enrolment | None:
    """Return one of a viewer's own enrolments with run, course, lessons, venues and grant, or None."""
    if viewer is None:
        return None
    own = _with_lessons(_with_run(Enrolment.objects.filter(learner=viewer.person_id)))
    return own.select_related("grant__agreement").filter(pk=enrolment_id).first()


def enrolments_of(person: Person) -> QuerySet[Enrolment]:
    """Return a person's enrolments, by first day, with run, course, organisation, lessons and venues."""
    own = _with_run(Enrolment.objects.filter(learner=person))
    return _with_lessons(own).order_by("run__first_day", "created_at")


def coming_enrolments(viewer: Any) -> QuerySet[Enrolment]:
    """Return a viewer's own enrolments with a seat in a run that is not over, with run, course, lessons and venues."""
    own = _with_lessons(_with_run(Enrolment.objects.filter(learner=viewer.person_id, state__in=SEATED)))
    return own.filter(run__last_day__gte=clock.today()).order_by("run__first_day", "created_at")


def enrolments_in(run: Run) -> QuerySet[Enrolment]:
    """Return everyone with a seat in a run, by name, with learner and organisation."""
    seated = unrestricted(Enrolment.objects.filter(run=run, state__in=SEATED), "learner")
    return _with_run(seated).order_by("learner__sort_name", "id")


def find_enrolments(
    enrolments: QuerySet[Enrolment],
    *,
    words: str = "",
    run: UUID | None = None,
    state: str = "",
    organisation: UUID | None = None,
    by_address: bool = True,
) -> QuerySet[Enrolment]:
    """Keep the enrolments whose learner, course, run or organisation holds every word, and those of a run and so on.

    `by_address` is for readers who may see the learner's address: what is searched tells what is kept.
    """
    for part in words.split()[:6]:
        holds = (
            Q(learner__sort_name__contains=fold(part))
            | Q(run__code__icontains=part)
            | Q(run__course__found_by__contains=fold(part))
            | Q(ordered_by__name__icontains=part)
        )
        enrolments = enrolments.filter(holds | Q(learner__email__icontains=part) if by_address else holds)
    exact = {"run": run, "state": state, "ordered_by": organisation}
    return enrolments.filter(**{name: value for name, value in exact.items() if value})


def search_enrolments(viewer: Any, text: str, limit: int) -> list[Hit]:
    """Return the enrolments a viewer may see by the references for the invoice, telephone and register number."""
    asked = question(text)
    if not asked:
        return []
    handed_in = Registration.objects.filter(Holds(REGISTRATION_FOUND_BY, asked)).exclude(reference="")
    filled_in = Detail.objects.filter(Holds(DETAIL_FOUND_BY, asked))
    found = enrolments_for(viewer).filter(
        Q(registration__in=handed_in.values("pk")) | Q(pk__in=filled_in.values("enrolment"))
    )
    return [
        Hit(
            each.id,
            each.learner.name,
            " · ".join(filter(None, (each.run.course.title, each.run.code, each.registration.reference))),
            each.learner_id,
        )
        for each in found[:limit]
    ]


def runs_to_decide(viewer: Any, until: date) -> QuerySet[Any]:
    """Return the runs that begin before a day without it being certain that they go ahead; with seats counted."""
    undecided = runs_for(viewer).filter(state__in=[Run.State.PLANNED, Run.State.OPEN])
    return with_seats_left(undecided.filter(first_day__gte=clock.today(), first_day__lte=until))


def enrolments_lacking_details(viewer: Any, until: date) -> QuerySet[Enrolment]:
    """Return the enrolments in runs that begin before a day with nothing filled in of what the course must know."""
    must = AskedField.objects.filter(course=OuterRef("run__course"), required=True)
    soon = enrolments_for(viewer).filter(
        state=Enrolment.State.ENROLLED, run__first_day__gte=clock.today(), run__first_day__lte=until
    )
    return soon.filter(Exists(must), detail=None).order_by("run__first_day", "learner__sort_name")


def live_enrolment(run: Run, person: Person) -> Enrolment | None:
    """Return a person's enrolment in a run unless it was cancelled, or None."""
    return Enrolment.objects.filter(run=run, learner=person).exclude(state=Enrolment.State.CANCELLED).first()


def registration_of_form(form_key: UUID | None) -> Registration | None:
    """Return what was made of a form that was sent before, or None."""
    return Registration.objects.filter(form_key=form_key).first() if form_key else None


def held_enrolments(ids: Sequence[UUID]) -> list[Enrolment]:
    """Return these enrolments after locking their learners and then their runs, each by id: the order of all locks."""
    rows = unrestricted(Enrolment.objects.filter(pk__in=ids), "learner")
    list(Person.objects.select_for_update(of=("self",)).filter(pk__in=rows.values("learner")).order_by("id"))
    list(Run.objects.select_for_update(of=("self",)).filter(pk__in=rows.values("run")).order_by("id"))
    return list(_with_run(rows).order_by("id"))


# --- what an employer sees -----------------------------------------------------------------------------------------
def grant_in_force(enrolment: Enrolment) -> Grant | None:
    """Return what an employer may see of an enrolment now: agreed, the learner told, no objection. None: nothing."""
    found = Grant.objects.filter(enrolment=enrolment, told_at__isnull=False, objected_at=None, ended_at=None)
    return found.select_related("agreement").first()


def employers_who_know(person_id: UUID) -> dict[Organisation, UUID]:
    """Return the organisations that have somebody's name from us, each with the enrolment or the gift that says so.

    Those that ordered an enrolment see the name without any agreement; to others data went earlier (`audit.Given`).
    """
    given = Given.objects.filter(person=person_id).order_by("id").values_list("receiver", "pk")
    ordered = Enrolment.objects.filter(learner=person_id).order_by("id").values_list("ordered_by", "pk")
    by_which = {receiver: which for receiver, which in (*given, *ordered) if receiver}
    return {each: by_which[each.pk] for each in Organisation.objects.filter(pk__in=by_which).order_by("pk")}


def contacts_who_see(enrolment: Enrolment, what: str) -> QuerySet[Person]:
    """Return the contacts who see ``attendance``, ``progress`` or ``result`` of an enrolment now. Keeps: K6."""
    if enrolment.ordered_by is None or not Enrolment.objects.filter(_shown(what), pk=enrolment.pk).exists():
        return Person.objects.none()
    return contacts_of(enrolment.ordered_by)


def shared_enrolments(person_id: UUID) -> QuerySet[Enrolment]:
    """Return somebody's enrolments of which an employer sees, or will see, more than that it enrolled them."""
    shared = Grant.objects.filter(enrolment__learner=person_id, objected_at=None, ended_at=None)
    found = _with_run(Enrolment.objects.filter(grant__in=shared)).select_related("grant__agreement")
    return found.order_by("-created_at", "-id")


def visible_to_contact(viewer: Any) -> QuerySet[Any]:
    """Return the enrolments that a contact's own organisations ordered, newest first. Keeps: K6.

    Of each a contact sees the learner's name, the run and whether there is a seat, and beyond that only what
    `shows_attendance`, `shows_progress` and `shows_result` say: agreed, told to the learner, not objected to.
    """
    found = _with_run(Enrolment.objects.order_by("-created_at", "-id"))
    if viewer is None:
        return found.none()
    own = found.filter(ordered_by__in=organisations_as_contact(viewer.person_id))
    ordered = unrestricted(own, "learner")
    return ordered.annotate(
        shows_attendance=_shown("attendance"), shows_progress=_shown("progress"), shows_result=_shown("result")
    )


def _shown(what: str) -> Exists:
    in_force = Grant.objects.filter(enrolment=OuterRef("pk"), told_at__isnull=False, objected_at=None, ended_at=None)
    return Exists(in_force.filter(**{what: True}))


def enrolments_ordered_by(viewer: Any, organisation: Organisation) -> QuerySet[Any]:
    """Return what one organisation ordered, as its contact may see it (see `visible_to_contact`)."""
    return visible_to_contact(viewer).filter(ordered_by=organisation)


@dataclass(frozen=True)
class OrderLine:
    """One enrolment as the employer that ordered it sees it, and as the learner is shown that it does.

    `standing` is ``seat``, ``waiting`` or ``cancelled``: whether a course was completed is no longer about the order.
    """

    enrolment_id: UUID
    name: str
    course: str
    code: str
    first_day: date | None
    standing: str
    attendance: bool
    progress: bool
    result: bool

    @property
    def standing_words(self) -> str:
        """Return whether there is a seat, in words."""
        words = {"seat": _("enrolled"), "waiting": _("on the waiting list"), "cancelled": _("cancelled")}
        return words[self.standing]


def order_line(enrolment: Enrolment, language: str) -> OrderLine:
    """Return an enrolment, with its grant read, as the employer that ordered it sees it. Keeps: K6."""
    grant = getattr(enrolment, "grant", None)
    shown = grant if grant is not None and grant.in_force else Grant()
    return OrderLine(
        enrolment_id=enrolment.id,
        name=enrolment.learner.name,
        course=enrolment.run.course.title_in(language),
        code=enrolment.run.code,
        first_day=enrolment.run.first_day,
        standing="seat" if enrolment.holds_seat else enrolment.state,
        attendance=shown.attendance,
        progress=shown.progress,
        result=shown.result,
    )


@dataclass(frozen=True)
class ListedPerson:
    """One line of an employer's list before it is handed in: known as an employee, or enrolled by this employer."""

    line: Pasted
    known: bool
    enrolled: bool


@dataclass(frozen=True)
class ListedOrder:
    """An employer's list before it is handed in: `wanted` is how many seats it asks for."""

    people: tuple[ListedPerson, ...]
    known_ids: tuple[UUID, ...]

    @property
    def wanted(self) -> int:
        """Return how many people of the list are not enrolled by this employer yet."""
        return sum(not each.enrolled for each in self.people)


def preview_order(run: Run, organisation: Organisation, lines: Sequence[Pasted]) -> ListedOrder:
    """Return what an employer may know of the people on its list: who works there as far as known, whom it enrolled.

    Whether somebody is known to the academy by another way is never told.
    """
    addresses = [line.email for line in lines]
    known = dict(employees_of(organisation).filter(email__in=addresses).values_list("email", "id"))
    seen = unrestricted(Enrolment.objects.filter(run=run, ordered_by=organisation), "learner")
    ordered = seen.filter(learner__email__in=addresses)
    enrolled = set(ordered.exclude(state=Enrolment.State.CANCELLED).values_list("learner__email", flat=True))
    people = tuple(ListedPerson(line, line.email in known, line.email in enrolled) for line in lines)
    return ListedOrder(people, tuple(known.values()))


def details_of(enrolment: Enrolment) -> list[tuple[str, Any]]:
    """Return what a learner filled in because the course asked it, as (what, value), only what was filled in."""
    detail = Detail.objects.filter(enrolment=enrolment).first()
    if detail is None:
        return []
    found = [(AskedField.Field(name).label, getattr(detail, name)) for name in AskedField.Field.values]
    return [(str(label), value) for label, value in found if value]


_sharing = Signer(salt="sharing")


def sharing_token(enrolment: Enrolment) -> str:
    """Return the signed key of the page on which a learner objects without signing in."""
    return _sharing.sign(enrolment.id.hex)


def enrolment_of_token(token: str) -> Enrolment | None:
    """Return the enrolment, with run, course, organisation and grant, that a signed key is for; None when forged."""
    try:
        enrolment_id = UUID(_sharing.unsign(token))
    except (BadSignature, ValueError):
        return None
    return _with_run(Enrolment.objects.filter(pk=enrolment_id)).select_related("grant__agreement").first()


# --- documents -----------------------------------------------------------------------------------------------------
def papers_for(viewer: Any) -> QuerySet[Document]:
    """Return the documents to courses that a viewer may open: the office those of everyone, anyone else their own."""
    return Document.objects.filter(person__in=whose_documents(viewer).values("pk"))


def running_on(organisation_id: UUID, day: date) -> tuple[int, date | None]:
    """Return how many enrolments that an organisation ordered still run on a day, and the last day of them all.

    A run without a date yet is still to come, and has no last day: then the second is None.
    """
    live = Enrolment.objects.filter(ordered_by=organisation_id).filter(
        Q(state=Enrolment.State.ENROLLED) | Q(state=Enrolment.State.WAITING)
    )
    days = list(live.filter(Q(run__last_day__gte=day) | Q(run__last_day=None)).values_list("run__last_day", flat=True))
    known = [each for each in days if each is not None]
    return len(days), max(known) if known and len(known) == len(days) else None
