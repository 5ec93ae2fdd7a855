"""Question banks, and how one person practises them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.records import Record, word
from leerhuis.charter.words import NOTHING, PRACTICE
from leerhuis.people.models import Person
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Content, Kind, from_json
from leerhuis.practice.pacing import LEAST, LONGEST, MINUTES, MOST, SHORTEST, Plan, Why
from leerhuis.practice.scheduling import RETENTION, Memory
from leerhuis.practice.verdicts import Outcome

_CONTENT = NOTHING("content that the academy wrote; it is about no person")


class TextFormat(models.TextChoices):
    """How a text is written down."""

    MARKDOWN = "markdown", _("text with simple marks (Markdown)")
    HTML = "html", _("HTML")
    MOODLE = "moodle", _("text as Moodle shows it")
    PLAIN = "plain", _("plain text")


class Trouble(models.TextChoices):
    """What a learner says is the matter with a question."""

    WRONG = "wrong", _("what counts as right is not right")
    UNCLEAR = "unclear", _("it is not clear what is asked")
    TYPO = "typo", _("there is a mistake in the text")
    OLD = "old", _("it is out of date")
    BROKEN = "broken", _("something does not work, such as a picture")


class Bank(Record):
    """A question bank: what belongs to one subject, in one language."""

    about = _CONTENT

    title = word(models.CharField(_("title"), max_length=150), _CONTENT)
    summary = word(models.TextField(_("summary"), blank=True), _CONTENT)
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl"
    )

    class Meta:
        db_table = "question_bank"
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("title"), name="bank_title_once")]

    def __str__(self) -> str:
        return self.title


class Topic(Record):
    """A part of a bank; a round mixes topics, and mastery is told per topic."""

    about = _CONTENT

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="topics")
    title = word(models.CharField(_("title"), max_length=150), _CONTENT)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "question_topic"
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [models.UniqueConstraint("bank", Lower("title"), name="topic_title_once_in_bank")]

    def __str__(self) -> str:
        return self.title


class Objective(Record):
    """A learning goal of a bank, in words; questions serve it."""

    about = _CONTENT

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="objectives")
    title = word(models.CharField(_("learning goal"), max_length=300), _CONTENT)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "question_objective"
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [models.UniqueConstraint("bank", Lower("title"), name="objective_once_in_bank")]

    def __str__(self) -> str:
        return self.title


class Source(Record):
    """What makes answers right for as long as it holds: an article of law, a norm, a protocol. All banks share it."""

    about = _CONTENT

    name = word(models.CharField(_("name"), max_length=200), _CONTENT)
    address = word(models.URLField(_("address on the web"), blank=True, max_length=500), _CONTENT)
    valid_until = models.DateField(_("holds until"), null=True)
    changed_on = models.DateField(_("changed on"), null=True)

    class Meta:
        db_table = "question_source"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="source_name_once")]

    def __str__(self) -> str:
        return self.name


class Media(Record):
    """A picture, sound or film of a bank, called by its name in questions; its bytes lie on the disk by digest."""

    class Kind(models.TextChoices):
        """What it is to whoever meets it."""

        PICTURE = "picture", _("picture")
        SOUND = "sound", _("sound")
        FILM = "film", _("film")

    about = _CONTENT

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="media")
    name = word(models.CharField(_("name"), max_length=100), _CONTENT)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    media_type = word(models.CharField(max_length=40), _CONTENT)
    alt = word(models.TextField(_("what it shows or says")), _CONTENT)
    size = models.PositiveIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    digest = word(models.CharField(max_length=64), _CONTENT)

    class Meta:
        db_table = "question_media"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["bank", "name"], name="media_name_once_in_bank")]
        indexes: ClassVar = [models.Index(fields=["digest"], name="media_by_digest")]

    def __str__(self) -> str:
        return self.name


class Question(Record):
    """One question. It is withdrawn, never removed: answers given to it keep their meaning.

    It is retired when the source it rests on was declared changed, until somebody has looked at it and released it.
    """

    class State(models.TextChoices):
        """Whether learners meet it."""

        RELEASED = "released", _("in use")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RETIRED = "retired", _("source changed")

    about = _CONTENT

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = word(models.TextField(_("title"), blank=True), _CONTENT)
    stem = word(models.TextField(_("question")), _CONTENT)
    stem_format = models.CharField(
        _("written as"), max_length=10, choices=TextFormat.choices, default=TextFormat.MARKDOWN
    )
    options = word(models.JSONField(), _CONTENT)
    explanation = word(models.TextField(_("explanation"), blank=True), _CONTENT)
    explanation_format = models.CharField(max_length=10, choices=TextFormat.choices, default=TextFormat.MARKDOWN)
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RELEASED)
    version = models.PositiveIntegerField(default=1)
    source = word(models.TextField(blank=True), _CONTENT)
    source_id = word(models.TextField(blank=True), _CONTENT)
    fingerprint = word(models.CharField(max_length=64), _CONTENT)
    rests_on = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="questions", db_index=False)
    retired_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)  # up to when what learners said of it was looked at
    search = models.GeneratedField(
        expression=SearchVector("title", "stem", "explanation", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        db_table = "question"
        ordering: ClassVar = ["topic__position", "position", "id"]
        indexes: ClassVar = [
            models.Index(fields=["topic", "state", "position"], name="question_in_topic"),
            models.Index(fields=["fingerprint"], name="question_by_fingerprint"),
            models.Index(fields=["rests_on"], name="question_by_source"),
            GinIndex(fields=["search"], name="question_search"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def content(self) -> Content:
        """Return what the question asks to choose, type or match, typed."""
        return from_json(self.kind, self.options)

    @property
    def stem_text(self) -> Rich:
        """Return the question with its format."""
        return Rich(self.stem, self.stem_format)

    @property
    def explanation_text(self) -> Rich | None:
        """Return the explanation with its format, or None."""
        return Rich(self.explanation, self.explanation_format) if self.explanation else None

    @property
    def is_released(self) -> bool:
        """True when learners meet it."""
        return self.state == self.State.RELEASED

    @property
    def is_retired(self) -> bool:
        """True while it waits to be looked at because its source changed."""
        return self.state == self.State.RETIRED


class Aim(Record):
    """That one question serves one learning goal."""

    about = _CONTENT

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="aims")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="aims")

    class Meta:
        db_table = "question_aim"
        ordering: ClassVar = ["objective__position", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["question", "objective"], name="aim_once")]

    def __str__(self) -> str:
        return str(self.id)


class Incoming(Record):
    """A file that an author is bringing in: kept until its questions have come in, and for a day at most."""

    about = _CONTENT

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="+")
    name = word(models.CharField(max_length=200), _CONTENT)
    topic = word(models.CharField(max_length=150, blank=True), _CONTENT)
    content = word(models.BinaryField(), _CONTENT)

    class Meta:
        db_table = "question_incoming"

    def __str__(self) -> str:
        return str(self.id)


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
    """Why an access exists: something above (an enrolment, by its id) pushed it down. Several may carry one access."""

    about = PRACTICE
    subject = "access__person"

    access = models.ForeignKey(Access, on_delete=models.CASCADE, related_name="permits")
    because = models.UUIDField()
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "practice_permit"
        constraints: ClassVar = [models.UniqueConstraint(fields=["access", "because"], name="permit_once_per_cause")]
        indexes: ClassVar = [models.Index(fields=["because"], name="permit_by_cause")]

    def __str__(self) -> str:
        return str(self.id)


class Round(Record):
    """One sitting of practice: a few minutes of questions, in an order that was made when it began.

    `reasons`: why each of them is asked, one for one with `order`.
    """

    about = PRACTICE
    subject = "access__person"

    access = models.ForeignKey(Access, on_delete=models.CASCADE, related_name="rounds")
    order = ArrayField(models.UUIDField())
    reasons = word(ArrayField(models.CharField(max_length=5, choices=Why.choices), default=list), PRACTICE)
    mastery_before = models.FloatField(default=0)
    ended_at = models.DateTimeField(null=True)

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
            models.Index(fields=["question"], condition=~models.Q(trouble=""), name="answers_with_trouble"),
        ]

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
