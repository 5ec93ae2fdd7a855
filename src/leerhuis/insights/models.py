"""What was counted, month by month: numbers of courses and question banks, and of organisations where they order.

No table here has a column that leads to a person, nor to a row about one. A row says neither when it was made nor in
which order: of somebody whose data were erased, that would tell when. Two tables hold no figures: which run
and which month were counted.
"""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models

from leerhuis.catalogue.models import Course, Run
from leerhuis.charter.records import STAYS, Customer, Record, word
from leerhuis.charter.words import NOTHING
from leerhuis.organisations.models import Organisation
from leerhuis.practice.models import Bank, Question, Topic

_COUNT = NOTHING("a number of a month, without any person")
_OF_CUSTOMER = (Customer("organisation", STAYS, nl="aantallen zonder personen", en="numbers without people"),)
_DONE = NOTHING("that a run or a month was counted, without any figure")


class Fact(Record):
    """A row of counters: `keys` tell of what, all other numbers add up."""

    about = _COUNT
    keys: ClassVar[tuple[str, ...]]

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # tells nothing of when, unlike others
    created_at: Any = None
    month = models.DateField()  # its first day

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)

    @classmethod
    def rows(cls) -> "models.QuerySet[Any]":
        """Return all rows, whichever table this is."""
        return cls._default_manager.all()

    @classmethod
    def counters(cls) -> tuple[str, ...]:
        """Return the names of the numbers that add up."""
        return tuple(column.name for column in cls._meta.concrete_fields if isinstance(column, models.IntegerField))


def _number() -> "models.PositiveIntegerField[Any, Any]":
    return models.PositiveIntegerField(default=0)


def _once(name: str, *keys: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["month", *keys], nulls_distinct=False, name=name)


def _organisation() -> "models.ForeignKey[Any, Any]":
    """Return a key to the organisation that ordered, or for which people practise; none for all others together."""
    return models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")


class CourseMonth(Fact):
    """What came of a course in the runs that were closed in a month, for those one organisation enrolled."""

    keys = ("month", "course_id", "organisation_id")
    customers: ClassVar = _OF_CUSTOMER

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    organisation = _organisation()
    enrolled = _number()
    marks = _number()  # how often somebody was marked, at any lesson
    present = _number()  # and of these, how often they were there
    passed = _number()
    failed = _number()
    certificates = _number()

    class Meta:
        db_table = "course_month"
        constraints: ClassVar = [_once("course_month_once", "course", "organisation")]


class RunMonth(Fact):
    """How many runs of a course were closed in a month, and their lessons."""

    keys = ("month", "course_id")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    runs = _number()
    lessons = _number()

    class Meta:
        db_table = "run_month"
        constraints: ClassVar = [_once("run_month_once", "course")]


class IntakeMonth(Fact):
    """How many were registered in a month, and how many cancelled, by the organisation that ordered."""

    keys = ("month", "organisation_id")
    customers: ClassVar = _OF_CUSTOMER

    organisation = _organisation()
    learners = _number()
    registrations = _number()
    cancellations = _number()

    class Meta:
        db_table = "intake_month"
        constraints: ClassVar = [_once("intake_month_once", "organisation")]


class PracticeMonth(Fact):
    """How many people practised a bank in a month, and in how many rounds; without a bank: any of them."""

    keys = ("month", "bank_id", "organisation_id")
    customers: ClassVar = _OF_CUSTOMER

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = _organisation()
    people = _number()
    rounds = _number()

    class Meta:
        db_table = "practice_month"
        constraints: ClassVar = [_once("practice_month_once", "bank", "organisation")]


class TopicMonth(Fact):
    """How many people answered questions of a topic in a month, how many answers, and how many of them right."""

    keys = ("month", "topic_id", "organisation_id")
    customers: ClassVar = _OF_CUSTOMER

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    organisation = _organisation()
    people = _number()
    answers = _number()
    right = _number()

    class Meta:
        db_table = "topic_month"
        constraints: ClassVar = [_once("topic_month_once", "topic", "organisation")]


class QuestionMonth(Fact):
    """How many people answered a question in a month, and how many of the answers were right."""

    keys = ("month", "question_id")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    people = _number()
    answers = _number()
    right = _number()

    class Meta:
        db_table = "question_month"
        constraints: ClassVar = [_once("question_month_once", "question")]


class QuestionBatch(Fact):
    """How a version of a question was answered from one month up to another, by as many people as may be shown.

    Months are put together until they are that many, so that no two batches give away what fewer people did. `first` is
    how many met it for the first time, `first_right` how many of these had it right. `paired` counts those of them who
    answered enough else of the bank; of these `rest` is the sum of their share right of the rest in thousandths,
    `rest_right` that of those who had this one right, and `rest_squares` the sum of squares.
    """

    keys = ("month", "question_id", "version")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    people = _number()
    answers = _number()
    right = _number()
    first = _number()
    first_right = _number()
    timed = _number()
    seconds = models.PositiveBigIntegerField(default=0)
    paired = _number()
    paired_right = _number()
    rest = models.PositiveBigIntegerField(default=0)
    rest_right = models.PositiveBigIntegerField(default=0)
    rest_squares = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "question_batch"
        constraints: ClassVar = [_once("question_batch_once", "question", "version")]


class OptionBatch(Fact):
    """How often an option of a question was chosen in such a batch."""

    keys = ("month", "question_id", "version", "option")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    option = word(models.CharField(max_length=40), NOTHING("the key of an option of a question"))
    chosen = _number()

    class Meta:
        db_table = "option_batch"
        constraints: ClassVar = [_once("option_batch_once", "question", "version", "option")]


class GroupBatch(Fact):
    """How a group answered a topic from one month up to another: those of one run, or of all runs of a course.

    Months are put together until as many of the group answered as may be shown, and until then nothing is kept of it.
    Nothing is counted of a group that is no larger than that: a figure would tell that each of them practised.
    """

    keys = ("month", "course_id", "run_id", "topic_id")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, null=True, related_name="+")  # none: all runs together
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    people = _number()
    answers = _number()
    right = _number()

    class Meta:
        db_table = "group_batch"
        constraints: ClassVar = [_once("group_batch_once", "course", "run", "topic")]


class CohortMonth(Fact):
    """How those who are alike in when they began, or in how near their exam is, answered in a month.

    Kept of groups alone that are large enough. Without a topic: of the whole bank. `people` are those without the ones
    of the largest organisation among them, which could take them away.
    """

    keys = ("month", "bank_id", "topic_id", "cohort")

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="+")
    cohort = word(models.CharField(max_length=20), NOTHING("the name of a group, such as a quarter of a year"))
    people = _number()
    answers = _number()
    right = _number()

    class Meta:
        db_table = "cohort_month"
        constraints: ClassVar = [_once("cohort_month_once", "bank", "topic", "cohort")]


FACTS: tuple[type[Fact], ...] = (CourseMonth, RunMonth, IntakeMonth, PracticeMonth, TopicMonth, QuestionMonth)
OF_ORGANISATIONS: tuple[type[Fact], ...] = (CourseMonth, IntakeMonth, PracticeMonth, TopicMonth)


class CountedRun(Record):
    """That a run was counted, and in which month."""

    about = _DONE

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()

    class Meta:
        db_table = "counted_run"

    def __str__(self) -> str:
        return str(self.id)


class CountedMonth(Record):
    """That a month is over and was counted: from then on its figures may be shown, and do not change.

    `compared_at`: when whoever asked for it was mailed how groups did in it; once for all, so never twice to anybody.
    """

    about = _DONE

    month = models.DateField(unique=True)
    compared_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "counted_month"

    def __str__(self) -> str:
        return str(self.month)
