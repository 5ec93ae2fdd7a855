"""What became of data: erasures, texts of others in which somebody erased may be named, and the runs of retention."""

from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.base import clock
from leerhuis.base.clock import now
from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, index_of_person, word
from leerhuis.charter.words import NOTHING, TRACE

_COUNTS = NOTHING("numbers of rows by table")
_PROGRAM = NOTHING("a name from the program")


class Erasure(Record):
    """That somebody's data are to be erased, and how far that came; afterwards it leads to nobody.

    While law or a hold keeps something, `person` stays, so that the rest goes once it may. Since `waits_since` the rows
    are gone, and something outside the database, such as a file, has not followed yet. Keeps: K19a, K19b, L19.
    """

    about = TRACE
    subject = "person"
    nameless_after = True
    others: ClassVar = (Other("asked_by", NULLIFY),)

    person = PersonRef(null=True)
    asked_by = PersonRef(null=True)
    request_id = models.UUIDField(null=True)  # the request that it answers
    due_on = models.DateField()
    begun_at = models.DateTimeField(null=True)
    waits_since = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    went = word(models.JSONField(default=dict), _COUNTS)
    stayed = word(models.JSONField(default=dict), _COUNTS)

    class Meta:
        db_table = "erasure"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(done_at=None), name="erased_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=models.Q(done_at=None), name="erasure_open"),
            index_of_person("person", "erasure_person"),
            index_of_person("asked_by", "erasure_asked_by"),
        ]

    def __str__(self) -> str:
        return f"erasure {self.id}"

    @property
    def waits(self) -> bool:
        """Whether the rows are gone and files, or whoever must be told, still wait."""
        return self.waits_since is not None


class Redaction(Record):
    """A text about somebody else in which a person who was erased seems to be named, until somebody looked at it.

    Nobody's erasure waits for ever for that: after `due_on` the whole text goes.
    """

    class State(models.TextChoices):
        """What somebody decided."""

        OPEN = "open", _("to be looked at")
        CHANGED = "changed", _("name taken out")
        FINE = "fine", _("does not name anybody who was erased")
        EMPTIED = "emptied", _("taken out whole: nobody looked in time")

    about = NOTHING("where a text stands that somebody has to look at")
    others: ClassVar = (Other("decided_by", NULLIFY),)

    table = word(models.CharField(max_length=60), _PROGRAM)
    row_id = models.UUIDField()
    column = word(models.CharField(max_length=60), _PROGRAM)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    due_on = models.DateField()
    reminded_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = PersonRef(null=True)

    class Meta:
        db_table = "redaction"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["table", "row_id", "column"], condition=models.Q(state="open"), name="redacted_once"
            )
        ]
        indexes: ClassVar = [
            index_of_person("decided_by", "redaction_decided_by"),
        ]

    def __str__(self) -> str:
        return f"redaction {self.id}"

    @property
    def is_open(self) -> bool:
        """True while nobody looked at it."""
        return self.state == Redaction.State.OPEN

    @property
    def days_left(self) -> int:
        """Return how many days somebody has yet to look at it; below zero once it goes whole."""
        return (self.due_on - clock.today()).days


TEXTS: Final = " texts"  # behind a table's name: rows that stay, of which texts are emptied


class RetentionRun(Record):
    """A night's work of letting go what is past its term: what was due, whether somebody agreed, and what went.

    `boot` and `uptime` tell how long the machine ran meanwhile, so that a clock that jumped is noticed.
    """

    class State(models.TextChoices):
        """How far it came."""

        RUNNING = "running", _("at work")
        DONE = "done", _("done")
        ASKS = "asks", _("waits for your agreement")
        DROPPED = "dropped", _("not agreed to")

    class Why(models.TextChoices):
        """Why it asks first."""

        MANY = "many", _("much more is due than in other nights")
        CLOCK = "clock", _("the clock of the machine jumped")

    about = NOTHING("numbers of rows by table, and when")
    others: ClassVar = (Other("decided_by", NULLIFY),)

    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    due = word(models.JSONField(default=dict), _COUNTS)
    soon = word(models.JSONField(default=dict), _COUNTS)
    went = word(models.JSONField(default=dict), _COUNTS)
    left = word(models.JSONField(default=dict), _COUNTS)
    boot = word(models.CharField(max_length=64, blank=True), NOTHING("a digest of when the machine was started"))
    uptime = models.FloatField(default=0)
    clocked_at = models.DateTimeField(default=now)
    decided_at = models.DateTimeField(null=True)
    decided_by = PersonRef(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "retention_run"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state__in=("running", "asks")), name="one_retention_at_a_time"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-created_at"], name="retention_newest"),
            index_of_person("decided_by", "retention_run_decided_by"),
        ]

    def __str__(self) -> str:
        return f"retention {self.id}"

    @property
    def due_rows(self) -> int:
        """How many rows were due when it began."""
        return sum(self.due.values())

    @property
    def went_rows(self) -> int:
        """How many rows went."""
        return sum(self.went.values())

    @property
    def left_rows(self) -> int:
        """How many rows were due and did not go."""
        return sum(self.left.values())
