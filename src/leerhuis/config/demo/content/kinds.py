"""The kinds of things in the demo's content: banks, courses, people, organisations, venues, runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Literal

Academy = Literal["leffectief", "kjenning"]
FieldName = Literal["phone", "employer_name", "employer_address", "birth_date", "register_number", "invoice_reference"]
Vat = Literal["exempt", "standard"]
Proof = Literal["certificate", "participation"]
Place = Literal["venue", "online"]
RoleName = Literal[
    "contact", "trainer", "clerk", "planner", "bookkeeper", "marketer", "privacy_officer", "academy_admin"
]
Source = Literal["sign_up", "registration", "employer", "staff", "import"]
LegalForm = Literal["bv", "onderlinge", "vof", "stichting", "overheid"]
Share = Literal["attendance", "progress", "result"]
State = Literal["planned", "open", "confirmed", "cancelled"]
Mark = Literal["present", "excused", "absent"]
Outcome = Literal["passed", "failed"]
Standing = Literal["enrolled", "waiting", "cancelled"]
AttendancePattern = Literal["none", "all", "mostly", "gaps"]
ResultPattern = Literal["none", "pending", "decided"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat")


@dataclass(frozen=True, slots=True)
class Bank:
    """A question bank: titles, and the GIFT file that holds the questions."""

    slug: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    academies: tuple[Academy, ...]
    file: Path

    def read(self) -> str:
        """Return the questions as GIFT text."""
        return self.file.read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Register:
    """A professional register that takes points, and how they get there."""

    key: str
    name: str
    number_label_nl: str
    number_label_en: str
    number_example: str
    channel: Literal["certificate", "paste_list", "webservice"]


@dataclass(frozen=True, slots=True)
class Points:
    """Points that a course bears, for one register."""

    points: Decimal
    register: Register


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field that a course asks at registration beyond name and address, with the reason that the form shows."""

    name: FieldName
    required: bool
    reason_nl: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class LessonPlan:
    """One lesson of a course: ``day`` counts days from the first lesson (which is day 0)."""

    title: str
    title_en: str
    day: int
    start: time
    end: time
    place: Place


@dataclass(frozen=True, slots=True)
class Course:
    """A course as the academy offers it. ``price`` is in euro, without VAT."""

    slug: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    description: str
    outcomes: tuple[str, ...]
    audience: str
    level: str
    hours: int
    language: str
    price: Decimal
    vat: Vat
    capacity: int
    min_seats: int
    proof: Proof
    lessons: tuple[LessonPlan, ...]
    fields: tuple[AskedField, ...]
    bank: str | None = None
    practice_months_after: int = 0
    pe: Points | None = None

    @property
    def at_venue(self) -> bool:
        """True when at least one lesson needs a room."""
        return any(lesson.place == "venue" for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; a learner has no role. ``last_name`` holds the infix ("van der Meulen")."""

    key: str
    first_name: str
    last_name: str
    email: str
    source: Source
    roles: tuple[RoleName, ...] = ()
    organisation: str | None = None
    language: Literal["nl", "en"] = "nl"
    phone: str = ""
    birth_date: date | None = None
    register_number: str = ""

    @property
    def name(self) -> str:
        """Return the name as people write it."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an employer may see of enrolments that it ordered, from a day on, and where that is written down."""

    shares: tuple[Share, ...]
    since_days_ago: int
    reference: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A customer organisation and the person who orders for it; without an agreement the employer sees nothing."""

    key: str
    name: str
    legal_form: LegalForm
    kvk: str
    address: str
    postcode: str
    city: str
    domain: str
    email: str
    contact: str
    agreement: Agreement | None = None

    @property
    def address_line(self) -> str:
        """Return the whole address on one line."""
        return f"{self.address}, {self.postcode} {self.city}"


@dataclass(frozen=True, slots=True)
class Room:
    """A room of a venue."""

    name: str
    seats: int


@dataclass(frozen=True, slots=True)
class Venue:
    """A place where lessons are given, and how to get there (Markdown). ``step_free``: every room without stairs."""

    key: str
    name: str
    address: str
    postcode: str
    city: str
    email: str
    phone: str
    step_free: bool
    route_nl: str
    route_en: str
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True)
class PracticeProfile:
    """How diligently somebody practises; shares of right answers lie between 0 and 1."""

    key: str
    rounds_per_week: float
    questions_per_round: int
    right_at_start: float
    right_later: float
    stops_after_weeks: int


@dataclass(frozen=True, slots=True)
class Order:
    """One registration: by an organisation or, when ``by`` is None, by the learner; so many days before today."""

    learners: tuple[str, ...]
    days_ago: int
    by: str | None = None
    reference: str = ""
    cancelled: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def seated(self) -> tuple[str, ...]:
        """Return those who hold a seat: neither withdrawn nor waiting."""
        return tuple(key for key in self.learners if key not in self.cancelled and key not in self.waiting)


@dataclass(frozen=True, slots=True)
class ScheduledLesson:
    """A lesson with its date. ``number`` counts from 1; times are wall-clock times in the academy's zone."""

    number: int
    plan: LessonPlan
    day: date


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a course and everything that happened in it, relative to today.

    ``first_day_in`` counts days from today to lesson ``anchor`` (numbered from 1), moved forward to ``weekday``; a run
    without a weekday has that lesson on exactly that day. ``room`` is a room of ``venue``.
    """

    key: str
    course: Course
    first_day_in: int
    trainers: tuple[str, ...]
    weekday: Weekday | None = None
    anchor: int = 1
    venue: str | None = None
    room: str | None = None
    state: State = "confirmed"
    seats: int = 0
    attendance: AttendancePattern = "none"
    results: ResultPattern = "none"
    failed: frozenset[str] = frozenset()
    made_up: Mapping[str, str] = field(default_factory=dict)
    practice: tuple[PracticeProfile, ...] = ()
    orders: tuple[Order, ...] = ()

    def seats_taken(self) -> int:
        """Return how many learners hold a seat."""
        return sum(len(order.seated) for order in self.orders)

    def seats_left(self) -> int:
        """Return how many seats can still be had."""
        return self.seats - self.seats_taken()


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One learner in one run, with what has happened up to today.

    ``marks``: one per lesson before today, in order, as the trainer first ticked them. ``made_up``: the reason with
    which missed lessons were corrected to present later, or empty. ``outcome``: None when nothing was decided.
    ``shared``: what the employer may see of it. ``answers``: the course's extra fields that were filled in.
    """

    person: Person
    order: Order
    ordered_by: Organisation | None
    standing: Standing
    marks: tuple[Mark, ...]
    made_up: str
    outcome: Outcome | None
    practice: PracticeProfile | None
    shared: tuple[Share, ...]
    answers: dict[FieldName, str]

    @property
    def earns_certificate(self) -> bool:
        """True for whoever passed and was present at every lesson, or made up for it."""
        return self.outcome == "passed" and (set(self.marks) == {"present"} or bool(self.made_up))
