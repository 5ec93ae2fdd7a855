"""How people practise: who may, towards what, their rounds, memories and answers, and what schedules them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.records import Record, word
from leerhuis.charter.words import NOTHING, PRACTICE
from leerhuis.people.models import Person
from leerhuis.practice.models.content import Bank, Question, Trouble
from leerhuis.practice.pacing import LEAST, LONGEST, MINUTES, MOST, SHORTEST, Plan, Why
from leerhuis.practice.scheduling import RETENTION, Memory
from leerhuis.practice.verdicts import Outcome


class Access(Record):
    """That one person may practise one bank, until a moment; all that practice keeps of a person hangs on it.

    `told_at`: when the person last read that questions were retired because their source changed.
    """

    about = PRACTICE
    subject = "person"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="accesses")
    until = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "practice_access"
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "bank"], name="access_once_per_bank")]
        indexes: ClassVar = [models.Index(fields=["until"], name="access_by_end")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def plan(self) -> Plan:
        """Return what the person wants with the bank; the usual plan for whoever chose nothing."""
        goal = getattr(self, "goal", None)
        return goal.plan if goal else Plan()


class Goal(Record):
    """What one person wants with one bank: an exam, how much to keep knowing, how long a round takes.

    `planned_on`: the day on which the day of the exam was chosen; the pace is counted from it.
    """

    about = PRACTICE
    subject = "access__person"

    access = models.OneToOneField(Access, on_delete=models.CASCADE, related_name="goal")
    exam_on = models.DateField(_("exam on"), null=True)
    planned_on = models.DateField(null=True)
    retention = models.FloatField(default=RETENTION)
    minutes = models.PositiveSmallIntegerField(default=MINUTES)

    class Meta:
        db_table = "practice_goal"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(retention__range=(LEAST, MOST)), name="goal_retention_in_range"),
            models.CheckConstraint(
                condition=models.Q(minutes__range=(SHORTEST, LONGEST)), name="goal_minutes_in_range"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def plan(self) -> Plan:
        """Return the goal as pacing takes it."""
        return Plan(self.retention, self.minutes, self.exam_on, self.planned_on)


class Permit(Record):
    """Why an access exists: something above (an enrolment, by its id) pushed it down. Several may carry one access.

    `finished_at`: since when that is over (the course was completed); practising goes on, reminders do not.
    """

    about = PRACTICE
    subject = "access__person"

    access = models.ForeignKey(Access, on_delete=models.CASCADE, related_name="permits")
    because = models.UUIDField()
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "practice_permit"
        constraints: ClassVar = [models.UniqueConstraint(fields=["access", "because"], name="permit_once_per_cause")]
        indexes: ClassVar = [models.Index(fields=["because"], name="permit_by_cause")]

    def __str__(self) -> str:
        return str(self.id)


class Round(Record):
    """One sitting of practice: a few minutes of questions, in an order that was made when it began.

    `reasons`: why each of them is asked, one for one with `order`; empty for a round in an app, which chose itself.
    """

    about = PRACTICE
    subject = "access__person"

    access = models.ForeignKey(Access, on_delete=models.CASCADE, related_name="rounds")
    order = ArrayField(models.UUIDField())
    reasons = word(ArrayField(models.CharField(max_length=5, choices=Why.choices), default=list), PRACTICE)
    mastery_before = models.FloatField(default=0)
    ended_at = models.DateTimeField(null=True)
    in_app = models.BooleanField(default=False)

    class Meta:
        db_table = "practice_round"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["access"], condition=models.Q(ended_at=None), name="one_open_round")
        ]
        indexes: ClassVar = [models.Index(fields=["access", "-created_at"], name="rounds_of_access")]

    def __str__(self) -> str:
        return str(self.id)


class Card(Record):
    """What is predicted of one person's memory of one question (FSRS-6; see scheduling.py)."""

    about = PRACTICE
    subject = "access__person"

    access = models.ForeignKey(Access, on_delete=models.CASCADE, related_name="cards")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="cards")
    stability = models.FloatField()
    difficulty = models.FloatField()
    state = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField(null=True)
    last_review = models.DateTimeField()
    due_at = models.DateTimeField()
    reps = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "practice_card"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["access", "question"], name="card_once"),
            models.CheckConstraint(condition=models.Q(stability__gt=0), name="card_stability_is_positive"),
        ]
        indexes: ClassVar = [models.Index(fields=["access", "due_at"], name="cards_by_due")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def memory(self) -> Memory:
        """Return the memory, as the scheduler takes it."""
        return Memory(self.stability, self.difficulty, self.state, self.step, self.last_review, self.due_at)


class Answer(Record):
    """One answer in a round; `key` is given by the device, so that the same answer sent twice counts once.

    `trouble`, told at `told_at`: what the learner found the matter with the question. Its makers read what, not whose.
    """

    about = PRACTICE
    subject = "round__access__person"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    question_version = models.PositiveIntegerField()
    key = models.UUIDField()
    given = word(models.TextField(), PRACTICE)
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    was_known = models.BooleanField(default=False)
    took_ms = models.PositiveIntegerField(null=True)
    answered_at = models.DateTimeField()
    trouble = models.CharField(max_length=7, choices=Trouble.choices, blank=True, default="", db_default="")
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "practice_answer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "question"], name="answer_once_in_round"),
            models.UniqueConstraint(fields=["round", "key"], name="answer_key_once_in_round"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["question", "answered_at"], name="answers_to_question"),
            models.Index(fields=["key"], name="answers_by_key"),
            models.Index(fields=["question"], condition=~models.Q(trouble=""), name="answers_with_trouble"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Bookmark(Record):
    """A question that one person keeps to look at again."""

    about = PRACTICE
    subject = "access__person"

    access = models.ForeignKey(Access, on_delete=models.CASCADE, related_name="bookmarks")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "practice_bookmark"
        constraints: ClassVar = [models.UniqueConstraint(fields=["access", "question"], name="bookmark_once")]

    def __str__(self) -> str:
        return str(self.id)


class Fit(Record):
    """One fit of FSRS to all answers together, with what it was tried on; about no person. None in use: the default.

    `figures` are log loss, AUC and RMSE(bins) of each model (`fitting.Model`) on the answers that were held out.
    """

    class State(models.TextChoices):
        """What became of it."""

        IN_USE = "in_use", _("in use")
        SET_ASIDE = "set_aside", _("set aside")
        NOT_BETTER = "not_better", _("not better, so not used")

    about = NOTHING("numbers about how fast questions are forgotten, computed from the answers of many people together")

    state = models.CharField(max_length=10, choices=State.choices)
    parameters = ArrayField(models.FloatField())
    people = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    held_out_people = models.PositiveIntegerField()
    held_out_answers = models.PositiveIntegerField()
    gain = models.FloatField()
    error = models.FloatField()
    figures = word(models.JSONField(), NOTHING("how well answers of many people together are predicted"))

    class Meta:
        db_table = "practice_fit"
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="in_use"), name="one_fit_in_use")
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_in_use(self) -> bool:
        """True while practice is scheduled by it."""
        return self.state == self.State.IN_USE

    @property
    def may_be_used(self) -> bool:
        """True for one that was better than the default when it was tried."""
        return self.state != self.State.NOT_BETTER
