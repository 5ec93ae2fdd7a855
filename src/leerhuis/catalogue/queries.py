"""Reading the catalogue: what the public may choose from, and what staff and trainers may see of runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.text import slugify
from django.utils.translation import gettext as _

from leerhuis.base import clock
from leerhuis.base.search import Hit, Holds, question, words_in
from leerhuis.base.text import fold
from leerhuis.catalogue.models import (
    COURSE_FOUND_BY,
    RUN_FOUND_BY,
    Course,
    Lesson,
    Module,
    Run,
    Teaching,
    Venue,
)
from leerhuis.catalogue.rules import LIVE
from leerhuis.people.models import Person
from leerhuis.people.queries import unrestricted
from leerhuis.ui.wording import day_short

ONLINE = "online"  # where a city may stand, for what is not at a venue
_CODE_WORD = 6  # letters of the course's web address in a proposed code


# --- the public catalogue ------------------------------------------------------------------------------------------
def published_courses(
    words: str = "", *, place: str = "", month: date | None = None, practice: bool | None = None
) -> QuerySet[Course]:
    """Return the courses of the public catalogue, by title, each with `has_practice`.

    `words` must all occur somewhere in its texts, blind to accents and case. `place` is a city or ``"online"`` and
    `month` any day of a month: both of one and the same run that takes registrations.
    """
    modules = Exists(Module.objects.filter(course=OuterRef("pk")))
    courses = with_words(Course.objects.filter(state=Course.State.PUBLISHED), words).annotate(has_practice=modules)
    if place or month:
        courses = courses.filter(Exists(upcoming_runs(place=place, month=month).filter(course=OuterRef("pk"))))
    if practice is not None:
        courses = courses.filter(has_practice=practice)
    return courses.order_by("title", "id")


def course_page(slug: str) -> Course | None:
    """Return the published course at a web address with `has_practice` and its questions read, or None."""
    return published_courses().filter(slug=slug).prefetch_related("questions").first()


def upcoming_runs(
    course: Course | None = None, *, place: str = "", month: date | None = None, today: date | None = None
) -> QuerySet[Run]:
    """Return the runs for which people can register, soonest first, with course, lessons and venues read.

    The same rule as `rules.takes_registrations`. `place` is a city or ``"online"``, `month` any day of a month.
    """
    runs = Run.objects.filter(
        course__state=Course.State.PUBLISHED, state__in=LIVE, first_day__gt=today or clock.today()
    )
    if course is not None:
        runs = runs.filter(course=course)
    return with_lessons(narrow_runs(runs, place=place, month=month)).order_by("first_day", "code")


def run_to_register_for(run_id: UUID) -> Run | None:
    """Return a run for which people can register now, with course, lessons and venues read, or None."""
    return upcoming_runs().filter(pk=run_id).first()


def choices_of_upcoming_runs() -> tuple[list[str], list[date]]:
    """Return where and when the runs begin that take registrations; one query.

    That is the cities of their lessons, by name, with ``"online"`` last when some are online, and the first day of each
    month in which one begins, soonest first.
    """
    lessons = Lesson.objects.filter(run__in=upcoming_runs()).order_by()
    found = set(lessons.values_list("venue__city", "run__first_day").distinct())
    cities = {city for city, _day in found}
    places = [*sorted(filter(None, cities), key=fold), *([ONLINE] if None in cities else [])]
    return places, sorted({day.replace(day=1) for _city, day in found if day})


def with_cities(runs: QuerySet[Run]) -> QuerySet[Any]:
    """Give each run the `cities` of its lessons in their order, None for one that is online, in the same query."""
    lessons = Lesson.objects.filter(run=OuterRef("pk")).order_by("starts_at")
    return runs.annotate(cities=ArraySubquery(lessons.values("venue__city")))


# --- courses in the office -----------------------------------------------------------------------------------------
def courses_for(viewer: Any) -> QuerySet[Course]:
    """Return the courses a viewer may see behind the counter: office staff all, anyone else none; by title."""
    return Course.objects.order_by("title", "id") if viewer is not None and viewer.is_office else Course.objects.none()


def courses_with_counts(viewer: Any) -> QuerySet[Course]:
    """Return the courses a viewer may see, each with the number of live runs to come and its next first day."""
    coming = Q(runs__state__in=LIVE, runs__first_day__gte=clock.today())
    return courses_for(viewer).annotate(
        live_runs=Count("runs", filter=coming), next_day=Min("runs__first_day", filter=coming)
    )


def with_words(courses: QuerySet[Course], words: str) -> QuerySet[Course]:
    """Keep the courses whose texts hold every word, blind to accents and case."""
    for part in fold(words).split()[:8]:
        courses = courses.filter(found_by__contains=part)
    return courses


# --- runs ----------------------------------------------------------------------------------------------------------
def runs_for(viewer: Any) -> QuerySet[Run]:
    """Return the runs a viewer may see: office staff all, a trainer the runs they teach, others none; soonest first."""
    runs = Run.objects.select_related("course").order_by("first_day", "code")
    if viewer is None:
        return runs.none()
    return runs if viewer.is_office else runs.filter(_taught_by(viewer.person_id))


def narrow_runs(
    runs: QuerySet[Run],
    *,
    words: str = "",
    course: UUID | None = None,
    state: str = "",
    venue: UUID | None = None,
    place: str = "",
    month: date | None = None,
) -> QuerySet[Run]:
    """Keep the runs of a course, in a state, at a venue or place, with a lesson in a month, found by words or code."""
    here = Lesson.objects.filter(run=OuterRef("pk"))
    for part in fold(words).split()[:8]:
        runs = runs.filter(Q(course__found_by__contains=part) | Q(code__icontains=part))
    if course:
        runs = runs.filter(course=course)
    if state:
        runs = runs.filter(state=state)
    if venue:
        runs = runs.filter(Exists(here.filter(venue=venue)))
    if place:
        runs = runs.filter(Exists(here.filter(venue=None) if place == ONLINE else here.filter(venue__city=place)))
    if month:
        first, after = bounds_of_month(month)
        runs = runs.filter(Exists(here.filter(starts_at__gte=first, starts_at__lt=after)))
    return runs


def with_lessons(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Read course, lessons and venues along, in two more queries however many runs there are."""
    lessons = Lesson.objects.select_related("venue").order_by("starts_at")
    return runs.select_related("course").prefetch_related(Prefetch("lessons", lessons))


def bounds_of_month(day: date) -> tuple[datetime, datetime]:
    """Return the moments at which the month of a day begins and ends in the academy's zone."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return tuple(datetime.combine(each, time.min, clock.zone()) for each in (first, after))  # type: ignore[return-value]


def days_of(run: Run) -> tuple[date | None, date | None]:
    """Return the first and last day of a run from its lessons, in the academy's zone; None without lessons."""
    found = Lesson.objects.filter(run=run).aggregate(first=Min("starts_at"), last=Max("ends_at"))
    first, last = found["first"], found["last"]
    return (first.astimezone(clock.zone()).date(), last.astimezone(clock.zone()).date()) if first else (None, None)


def free_code(course: Course, first_day: date) -> str:
    """Propose a code for a run of a course: word of its address, year and month, and a number when that is taken."""
    word = slugify(course.slug).split("-")[0][:_CODE_WORD].upper() or "RUN"
    stem = f"{word}-{first_day:%y%m}"
    taken = set(Run.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if code not in taken)


@dataclass(frozen=True)
class Clash:
    """A lesson of a run that falls together with one of another run, over one room or one trainer."""

    lesson: Lesson
    other: Lesson
    trainer: str  # the name of the trainer who is asked twice; empty when it is about the room


def clashes_of(run: Run) -> list[Clash]:
    """Return where the lessons of a run meet those of other live runs: same room at the same time, or same trainer."""
    mine = list(run.lessons.all())
    if not mine:
        return []
    others = (
        Lesson.objects.exclude(run=run)
        .exclude(run__state=Run.State.CANCELLED)
        .filter(starts_at__lt=max(each.ends_at for each in mine), ends_at__gt=min(each.starts_at for each in mine))
        .select_related("run__course", "venue")
    )
    shared = Teaching.objects.filter(run__in=others.values("run")).filter(
        Exists(Teaching.objects.filter(run=run, trainer=OuterRef("trainer")))
    )
    known = unrestricted(shared.select_related("trainer"), "trainer")
    asked: dict[UUID, str] = {each.run_id: each.trainer.name for each in known}
    return [
        Clash(lesson, other, asked.get(other.run_id, ""))
        for lesson in mine
        for other in others
        if lesson.starts_at < other.ends_at
        and other.starts_at < lesson.ends_at
        and (_same_room(lesson, other) or other.run_id in asked)
    ]


def _same_room(lesson: Lesson, other: Lesson) -> bool:
    at_one_venue = lesson.venue_id is not None and lesson.venue_id == other.venue_id
    return at_one_venue and fold(lesson.room) == fold(other.room)


# --- what needs a person -------------------------------------------------------------------------------------------
def runs_without_trainer(viewer: Any, until: date) -> QuerySet[Run]:
    """Return the live runs that begin before a day and that nobody teaches yet, soonest first."""
    coming = runs_for(viewer).filter(state__in=LIVE, first_day__gte=clock.today(), first_day__lte=until)
    return coming.exclude(Exists(Teaching.objects.filter(run=OuterRef("pk"))))


def runs_without_place(viewer: Any, until: date) -> QuerySet[Run]:
    """Return the live runs that begin before a day with a lesson that has no venue and no address of an online room."""
    coming = runs_for(viewer).filter(state__in=LIVE, first_day__gte=clock.today(), first_day__lte=until)
    return coming.filter(Exists(Lesson.objects.filter(run=OuterRef("pk"), venue=None, online_link="")))


# --- searching -----------------------------------------------------------------------------------------------------
def search_courses(viewer: Any, text: str, limit: int) -> list[Hit]:
    """Return the courses a viewer may see behind the counter, by parts of their title."""
    asked = question(text)
    found = courses_for(viewer).filter(Holds(COURSE_FOUND_BY, asked))[:limit] if asked else ()
    return [Hit(each.id, each.title, str(each.get_state_display())) for each in found]


def search_runs(viewer: Any, text: str, limit: int) -> list[Hit]:
    """Return the runs a viewer may see behind the counter by parts of code and course; those to come first."""
    words = words_in(text)
    runs = runs_for(viewer)
    for word in words:
        courses = Course.objects.filter(Holds(COURSE_FOUND_BY, question(word)))
        runs = runs.filter(Holds(RUN_FOUND_BY, question(word)) | Q(course__in=courses))
    over = Case(When(last_day__lt=clock.today(), then=1), default=0)
    found = runs.order_by(over, "first_day", "code")[:limit] if words else ()
    return [
        Hit(run.id, run.course.title, " · ".join(filter(None, (run.code, day_in_words(run), run.get_state_display()))))
        for run in found
    ]


def day_in_words(run: Run) -> str:
    """Return the first day of a run in the language of the page, or nothing when it has no day yet."""
    return day_short(run.first_day) if run.first_day else ""


def places_of(run: Run) -> str:
    """Return the cities of a run's lessons (read along) in words, "online" among them: "Utrecht, online"."""
    return in_words(each.venue.city if each.venue else None for each in run.lessons.all())


def in_words(cities: Iterable[str | None]) -> str:
    """Return cities in words, each once; None is online."""
    return ", ".join(dict.fromkeys(_("online") if city is None else city for city in cities))


def way_to(venue: Venue) -> str:
    """Return where a map shows a venue; followed by a tap, nothing is loaded from there.

    OpenStreetMap, since `geo:` addresses open nothing on an iPhone or a desk.
    """
    place = ", ".join(part for part in (venue.address, f"{venue.postcode} {venue.city}".strip()) if part)
    return f"https://www.openstreetmap.org/search?{urlencode({'query': place})}"


# --- trainers and venues -------------------------------------------------------------------------------------------
def _taught_by(person_id: UUID) -> Exists:
    return Exists(Teaching.objects.filter(run=OuterRef("pk"), trainer=person_id))


def teaches(person_id: UUID, run_id: UUID) -> bool:
    """True when this person teaches this run."""
    return Teaching.objects.filter(trainer=person_id, run=run_id).exists()


def trainers_of(run: Run) -> QuerySet[Person]:
    """Return who teaches a run, by name."""
    teaches_it = Exists(Teaching.objects.filter(run=run, trainer=OuterRef("pk")))
    return unrestricted(Person.objects.filter(teaches_it)).order_by("sort_name")


def teachings_in(runs: Iterable[Run]) -> QuerySet[Teaching]:
    """Return who teaches these runs, by name."""
    taught = Teaching.objects.filter(run__in=list(runs)).select_related("trainer")
    return unrestricted(taught, "trainer").order_by("trainer__sort_name")


def lessons_of_trainer(person_id: UUID, day: date | None = None) -> QuerySet[Lesson]:
    """Return the lessons that a trainer gives on a day (None: on all days), soonest first, cancelled runs left out."""
    taught = Teaching.objects.filter(trainer=person_id, run=OuterRef("run"))
    lessons = Lesson.objects.filter(Exists(taught)).exclude(run__state=Run.State.CANCELLED)
    if day is not None:
        begin = datetime.combine(day, time.min, clock.zone())
        end = datetime.combine(day + timedelta(days=1), time.min, clock.zone())
        lessons = lessons.filter(starts_at__lt=end, ends_at__gt=begin)
    return lessons.select_related("run__course", "venue").order_by("starts_at")


def venues_for(viewer: Any) -> QuerySet[Venue]:
    """Return the venues a viewer may see behind the counter: office staff all, each with `coming_lessons`; by name."""
    if viewer is None or not viewer.is_office:
        return Venue.objects.none()
    lessons = Lesson.objects.filter(starts_at__gte=clock.now()).exclude(run__state=Run.State.CANCELLED)
    counts = lessons.filter(venue=OuterRef("pk")).order_by().values("venue").annotate(n=Count("id")).values("n")
    return Venue.objects.annotate(coming_lessons=Coalesce(Subquery(counts), 0)).order_by("name")
