"""What can be done with courses, runs, lessons, venues and who teaches.

Who registered for a run is not known here: that is decided above. A change that learners feel is told as an event, and
the package that knows the learners may refuse it (a handler that raises takes the whole act back).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import fold, tidy
from leerhuis.catalogue import events, mails, rules
from leerhuis.catalogue.models import AskedField, Course, Lesson, Module, Run, Teaching, Venue
from leerhuis.catalogue.queries import days_of, lessons_of_trainer, trainers_of
from leerhuis.people.actions import lock_alive
from leerhuis.people.models import Person, Role
from leerhuis.people.queries import roles_of
from leerhuis.practice.models import Bank

COURSE_FACTS = (
    "title", "title_en", "slug", "summary", "summary_en", "description", "outcomes", "audience", "level", "hours",
    "language", "price", "vat", "points", "register", "practice_months_after",
)  # fmt: skip
RUN_FACTS = ("code", "seats", "minimum", "price")
LESSON_FACTS = ("title", "starts_at", "ends_at", "venue", "room", "online_link")
VENUE_FACTS = ("name", "address", "postcode", "city", "route", "email")
_WHEN_AND_WHERE = {"starts_at", "ends_at", "venue", "room"}
_LONG_TEXTS = {"description", "route"}  # these keep their lines
_SEARCHED = ("title", "title_en", "summary", "summary_en", "audience", "level", "description", "register")


@dataclass(frozen=True)
class Asked:
    """A question at registration: which field (`AskedField.Field`), why in both languages, and whether it is needed."""

    field: str
    reason_nl: str
    reason_en: str
    required: bool = True


# --- courses -------------------------------------------------------------------------------------------------------
def add_course(*, by: Actor, **facts: Any) -> Course:
    """Write down a new course as a draft; `facts` are those of COURSE_FACTS. Refuses SlugTaken."""
    inside_edge()
    course = Course()
    _set(course, facts, COURSE_FACTS)
    _refuse_taken(course, "slug", rules.SlugTaken)
    course.found_by = _words_of(course)
    course.save(force_insert=True)
    note("add course", course, by=by)
    return course


def change_course(course: Course, *, by: Actor, **facts: Any) -> None:
    """Change the facts of a course. Runs keep the price that they have.

    Refuses SlugTaken, SlugFixed once it was public, NotPublishable when a public course would lose what readers must
    know, and NumberWithoutPoints when points go while a register number is asked. Keeps: K5d.
    """
    inside_edge()
    course.refresh_from_db(from_queryset=Course.objects.select_for_update())
    touched = _set(course, facts, COURSE_FACTS)
    if "slug" in touched:
        if course.state != Course.State.DRAFT:
            raise rules.SlugFixed
        _refuse_taken(course, "slug", rules.SlugTaken)
    if course.state == Course.State.PUBLISHED:
        rules.refuse_unpublishable(course)
    asks_number = AskedField.objects.filter(course=course, field=AskedField.Field.REGISTER_NUMBER)
    if "points" in touched and not course.points and asks_number.exists():
        raise rules.NumberWithoutPoints(field="points")
    if touched:
        course.found_by = _words_of(course)
        course.save(update_fields=[*touched, "found_by"])
        note("change course", course, by=by, fields=touched)


def publish_course(course: Course, *, by: Actor) -> None:
    """Put a course in the public catalogue. Refuses NotPublishable with what is missing. Keeps: K5d."""
    inside_edge()
    course.refresh_from_db(from_queryset=Course.objects.select_for_update())
    rules.refuse_unpublishable(course)
    if _move(course, Course.State.PUBLISHED, "publish course", by):
        emit(events.CoursePublished(course.id))


def withdraw_course(course: Course, *, by: Actor) -> None:
    """Take a course out of the public catalogue: nobody registers any more; who has a seat keeps it."""
    inside_edge()
    course.refresh_from_db(from_queryset=Course.objects.select_for_update())
    if _move(course, Course.State.WITHDRAWN, "withdraw course", by):
        emit(events.CourseWithdrawn(course.id))


def take_back_publishing(course: Course, *, before: str, by: Actor) -> None:
    """Let a course that was just published be again what it was: a draft, or withdrawn."""
    inside_edge()
    if before != Course.State.DRAFT:
        withdraw_course(course, by=by)
        return
    course.refresh_from_db(from_queryset=Course.objects.select_for_update())
    if _move(course, Course.State.DRAFT, "return course to draft", by):
        emit(events.CourseWithdrawn(course.id))


def set_questions(course: Course, questions: Sequence[Asked], *, by: Actor) -> None:
    """Make these the questions that a course asks at registration besides name and address.

    Refuses ReasonMissing and NumberWithoutPoints, both naming the field. Keeps: K4, L11.
    """
    inside_edge()
    course.refresh_from_db(from_queryset=Course.objects.select_for_update())
    for asked in questions:
        rules.refuse_needless_question(course, asked.field, asked.reason_nl.strip(), asked.reason_en.strip())
    known = {each.field: each for each in course.questions.all()}
    touched = set(known) - {asked.field for asked in questions}
    course.questions.filter(field__in=touched).delete()
    for asked in questions:
        values = {"reason_nl": tidy(asked.reason_nl), "reason_en": tidy(asked.reason_en), "required": asked.required}
        old = known.get(asked.field)
        if old is None or any(getattr(old, name) != value for name, value in values.items()):
            AskedField.objects.update_or_create(course=course, field=asked.field, defaults=values)
            touched.add(asked.field)
    if touched:
        note("set questions", course, by=by, fields=touched)


def set_modules(course: Course, banks: Iterable[Bank], *, by: Actor) -> None:
    """Make these the question banks that learners of a course may practise; told, so that access follows."""
    inside_edge()
    wanted = {bank.id for bank in banks}
    known = set(course.modules.values_list("bank", flat=True))
    course.modules.exclude(bank__in=wanted).delete()
    Module.objects.bulk_create(Module(course=course, bank_id=bank) for bank in sorted(wanted - known))
    if wanted != known:
        note("set modules", course, by=by, fields=["modules"])
        emit(events.ModulesChanged(course.id))


def _words_of(course: Course) -> str:
    """Return the words by which a course is found, without accents and capitals."""
    return fold(" ".join([*(str(getattr(course, name)) for name in _SEARCHED), *course.outcomes]))


# --- runs ----------------------------------------------------------------------------------------------------------
def add_run(course: Course, *, code: str, seats: int, minimum: int = 1, price: Decimal | None = None, by: Actor) -> Run:
    """Plan a run of a course; without a price of its own it takes that of the course.

    Refuses CodeTaken, MinimumAboveSeats and PriceMissing.
    """
    inside_edge()
    amount = course.price if price is None else price
    if amount is None:
        raise rules.PriceMissing
    run = Run(course=course, code=tidy(code), seats=seats, minimum=minimum, price=amount)
    _refuse_unfit_run(run)
    run.save(force_insert=True)
    note("add run", run, by=by)
    return run


def change_run(run: Run, *, by: Actor, **facts: Any) -> None:
    """Change code, seats, minimum or price of a run (RUN_FACTS). Enrolments keep the price they were made at.

    Refuses RunOver, CodeTaken and MinimumAboveSeats. How many learners there are is known above: a changed number of
    seats is told as RunResized, and the handler there refuses fewer seats than learners or lets in who waits. The run
    is locked meanwhile, so no seat is sold between the question and the answer.
    """
    inside_edge()
    _lock(run)
    rules.refuse_when_over(run)
    touched = _set(run, facts, RUN_FACTS)
    _refuse_unfit_run(run)
    if touched:
        run.save(update_fields=touched)
        note("change run", run, by=by, fields=touched)
    if "seats" in touched:
        emit(events.RunResized(run.id, run.seats))


def open_run(run: Run, *, by: Actor) -> None:
    """Open a run for registration. Refuses WrongMoment, CourseNotPublished, NoLessons and Past."""
    inside_edge()
    _lock(run)
    rules.refuse_wrong_moment(run, Run.State.OPEN)
    if run.course.state != Course.State.PUBLISHED:
        raise rules.CourseNotPublished
    if run.first_day is None:
        raise rules.NoLessons
    if run.first_day <= clock.today():
        raise rules.Past
    _move(run, Run.State.OPEN, "open run", by)
    emit(events.RunOpened(run.id))


def confirm_run(run: Run, *, by: Actor) -> None:
    """Decide that a run goes ahead; its trainers get a mail. Refuses WrongMoment."""
    inside_edge()
    _lock(run)
    rules.refuse_wrong_moment(run, Run.State.CONFIRMED)
    _move(run, Run.State.CONFIRMED, "confirm run", by)
    for trainer in trainers_of(run):
        mails.run_goes_ahead.send(run, trainer, by=by)
    emit(events.RunConfirmed(run.id))


def cancel_run(run: Run, *, by: Actor) -> None:
    """Decide that a run does not take place; its trainers get a mail, and learners hear of it from above.

    Refuses WrongMoment. It is not opened again: a new run is planned with `copy_run`.
    """
    inside_edge()
    _lock(run)
    rules.refuse_wrong_moment(run, Run.State.CANCELLED)
    _move(run, Run.State.CANCELLED, "cancel run", by)
    for trainer in trainers_of(run):
        mails.run_cancelled.send(run, trainer, by=by)
    emit(events.RunCancelled(run.id))


def close_run(run: Run, *, by: Actor) -> None:
    """Declare a run finished, its administration done. Refuses WrongMoment, and NotOver while lessons are to come."""
    inside_edge()
    _lock(run)
    rules.refuse_wrong_moment(run, Run.State.CLOSED)
    if not run.lessons.exists() or run.lessons.filter(ends_at__gt=clock.now()).exists():
        raise rules.NotOver
    _move(run, Run.State.CLOSED, "close run", by)
    emit(events.RunClosed(run.id))


def copy_run(run: Run, first_day: date, *, code: str, with_trainers: bool = False, by: Actor) -> Run:
    """Plan the same run again from another first day: lessons keep their distance, hour and place.

    The price is that of the course now. Links to online rooms are not copied: a link belongs to one meeting. With
    `with_trainers` the same trainers are assigned and get their mail. Refuses CodeTaken, NoLessons and PriceMissing.
    """
    inside_edge()
    _lock(run)
    if run.first_day is None:
        raise rules.NoLessons
    copy = add_run(run.course, code=code, seats=run.seats, minimum=run.minimum, by=by)
    shift = first_day - run.first_day
    Lesson.objects.bulk_create(
        Lesson(
            run=copy,
            title=each.title,
            starts_at=_moved(each.starts_at, shift),
            ends_at=_moved(each.ends_at, shift),
            venue_id=each.venue_id,
            room=each.room,
        )
        for each in run.lessons.all()
    )
    _keep_days(copy)
    if with_trainers:
        for trainer in trainers_of(run):
            if Role.Name.TRAINER in roles_of(trainer.id):
                assign_trainer(copy, trainer, by=by)
    return copy


def _moved(moment: datetime, shift: timedelta) -> datetime:
    """Move a moment by whole days at the same hour of the clock, also over the change to summer time."""
    local = moment.astimezone(clock.zone())
    return datetime.combine(local.date() + shift, local.time(), clock.zone())


def _refuse_unfit_run(run: Run) -> None:
    _refuse_taken(run, "code", rules.CodeTaken)
    if run.minimum > run.seats:
        raise rules.MinimumAboveSeats


def _lock(run: Run) -> None:
    """Lock a run's row and read it anew, so that it is judged as it is now."""
    run.refresh_from_db(from_queryset=Run.objects.select_for_update(of=("self",)).select_related("course"))


def _keep_days(run: Run) -> None:
    """Keep the first and last day of a run in step with its lessons."""
    days = days_of(run)
    if days != (run.first_day, run.last_day):
        run.first_day, run.last_day = days
        run.save(update_fields=["first_day", "last_day"])


# --- lessons -------------------------------------------------------------------------------------------------------
def add_lesson(run: Run, *, by: Actor, **facts: Any) -> Lesson:
    """Add a lesson to a run (LESSON_FACTS; without a venue it is online); its trainers get a mail.

    Refuses RunOver, EndsBeforeStart and LessonTwice.
    """
    inside_edge()
    _lock(run)
    rules.refuse_when_over(run)
    lesson = Lesson(run=run)
    _set(lesson, facts, LESSON_FACTS)
    _refuse_unfit_lesson(lesson)
    lesson.save(force_insert=True)
    _keep_days(run)
    note("add lesson", lesson, by=by)
    if lesson.ends_at > clock.now():
        for trainer in trainers_of(run):
            mails.lesson_added.send(lesson, trainer, by=by)
    emit(events.LessonAdded(lesson.id))
    return lesson


def change_lesson(lesson: Lesson, *, by: Actor, **facts: Any) -> None:
    """Change a lesson; when time or place changes, trainers get a mail and learners hear of it from above.

    Nobody is written to about a lesson that was over and stays over. Refuses RunOver, EndsBeforeStart, LessonTwice.
    """
    inside_edge()
    _lock(lesson.run)
    lesson.refresh_from_db(fields=["title", "starts_at", "ends_at", "venue", "room", "online_link"])
    rules.refuse_when_over(lesson.run)
    starts_before, ends_before = lesson.starts_at, lesson.ends_at
    touched = _set(lesson, facts, LESSON_FACTS)
    _refuse_unfit_lesson(lesson)
    if not touched:
        return
    lesson.save(update_fields=touched)
    _keep_days(lesson.run)
    note("change lesson", lesson, by=by, fields=touched)
    if _WHEN_AND_WHERE & set(touched) and max(ends_before, lesson.ends_at) > clock.now():
        for trainer in trainers_of(lesson.run):
            mails.lesson_moved.send(lesson, starts_before, ends_before, trainer, by=by)
        emit(events.LessonMoved(lesson.id, starts_before, ends_before))


def remove_lesson(lesson: Lesson, *, by: Actor) -> None:
    """Take a lesson out of a run; its trainers get a mail. Refuses RunOver, and LastLesson of a run that is open.

    It is told before it goes (LessonRemoved), so that the package that holds its attendance can refuse.
    """
    inside_edge()
    run = lesson.run
    _lock(run)
    rules.refuse_when_over(run)
    if run.state in rules.LIVE and run.lessons.count() == 1:
        raise rules.LastLesson
    if lesson.ends_at > clock.now():
        for trainer in trainers_of(run):
            mails.lesson_removed.send(lesson, trainer, by=by)
    emit(events.LessonRemoved(lesson.id))
    note("remove lesson", lesson, by=by)
    Lesson.objects.filter(pk=lesson.pk).delete()
    _keep_days(run)


def _refuse_unfit_lesson(lesson: Lesson) -> None:
    if lesson.ends_at <= lesson.starts_at:
        raise rules.EndsBeforeStart
    if Lesson.objects.filter(run=lesson.run, starts_at=lesson.starts_at).exclude(pk=lesson.pk).exists():
        raise rules.LessonTwice


# --- venues --------------------------------------------------------------------------------------------------------
def add_venue(*, by: Actor, **facts: str) -> Venue:
    """Write down a place where lessons are given (VENUE_FACTS). Refuses VenueTaken."""
    inside_edge()
    venue = Venue()
    _set(venue, facts, VENUE_FACTS)
    _refuse_taken(venue, "name", rules.VenueTaken)
    venue.save(force_insert=True)
    note("add venue", venue, by=by)
    return venue


def change_venue(venue: Venue, *, by: Actor, **facts: str) -> None:
    """Correct the details of a venue. Refuses VenueTaken."""
    inside_edge()
    venue.refresh_from_db(from_queryset=Venue.objects.select_for_update())
    touched = _set(venue, facts, VENUE_FACTS)
    _refuse_taken(venue, "name", rules.VenueTaken)
    if touched:
        venue.save(update_fields=touched)
        note("change venue", venue, by=by, fields=touched)


# --- trainers ------------------------------------------------------------------------------------------------------
def assign_trainer(run: Run, trainer: Person, *, by: Actor) -> Teaching:
    """Have a trainer teach a run; they get a mail with its dates, and see the run and its group from now on.

    Refuses RunOver, NoTrainer and TrainerTwice. Keeps: K7.
    """
    inside_edge()
    person = lock_alive(trainer.id)
    _lock(run)
    rules.refuse_when_over(run)
    if Role.Name.TRAINER not in roles_of(person.id):
        raise rules.NoTrainer
    if Teaching.objects.filter(run=run, trainer=person).exists():
        raise rules.TrainerTwice
    teaching = Teaching.objects.create(run=run, trainer=person)
    note("assign trainer", teaching, by=by, subject=person.id)
    mails.trainer_assigned.send(run, person, by=by)
    emit(events.TrainerAssigned(run.id, person.id))
    return teaching


def unassign_trainer(teaching: Teaching, *, by: Actor) -> None:
    """End that a trainer teaches a run; they get a mail, and see its group no longer. Refuses RunOver. Keeps: K7."""
    inside_edge()
    person, run = lock_alive(teaching.trainer_id), teaching.run
    _lock(run)
    rules.refuse_when_over(run)
    note("unassign trainer", teaching, by=by, subject=person.id)
    Teaching.objects.filter(pk=teaching.pk).delete()
    mails.trainer_released.send(run, person, by=by)
    emit(events.TrainerReleased(run.id, person.id))


# --- for all -------------------------------------------------------------------------------------------------------
def _set(thing: Course | Run | Lesson | Venue, facts: dict[str, Any], allowed: Sequence[str]) -> list[str]:
    """Put facts on a thing, texts tidied; return the names of those that differ. TypeError for an unknown fact."""
    if unknown := set(facts) - set(allowed):
        raise TypeError(f"{type(thing).__name__} has no {', '.join(sorted(unknown))}.")
    touched = []
    for name, value in facts.items():
        neat = _neat(name, value)
        if getattr(thing, name) != neat:
            setattr(thing, name, neat)
            touched.append(name)
    return touched


def _neat(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return "\n".join(line.rstrip() for line in value.splitlines()).strip() if name in _LONG_TEXTS else tidy(value)
    if isinstance(value, list | tuple):
        return [line for line in (tidy(str(each)) for each in value) if line]
    return value


def _refuse_taken(thing: Course | Run | Venue, field: str, refusal: type[Exception]) -> None:
    """Refuse a name, code or address that another thing of the same kind has."""
    same = {f"{field}__iexact": getattr(thing, field)}
    if type(thing).objects.exclude(pk=thing.pk).filter(**same).exists():
        raise refusal


def _move(thing: Course | Run, state: str, verb: str, by: Actor) -> bool:
    """Bring a course or run to a state and note it; False when it was there already."""
    if thing.state == state:
        return False
    thing.state = state
    thing.save(update_fields=["state"])
    note(verb, thing, by=by, fields=["state"])
    return True


def refuse_to_lose_trainer(person_id: UUID, *, by: Actor) -> None:
    """Raise StillTeaching while somebody has lessons to give: whoever plans finds another trainer first."""
    inside_edge()
    if lessons_of_trainer(person_id).filter(ends_at__gt=clock.now()).exists():
        raise rules.StillTeaching
