"""What people ask about their data (articles 15 to 22 AVG), and why something of it was not granted."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.base import clock
from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, index_of_person, word
from leerhuis.charter.words import FREE_TEXT, MESSAGE, NOTHING


class Request(Record):
    """One request about somebody's data, from its receipt to the reply that closed it. Keeps: L12, L35, K19c.

    The clock runs from `received_at`, whatever the channel; `due_on` moves once at most, with a reason. Whoever asked
    by mail or telephone may not be known yet: then `person` is empty, and name and address stand as they were given.
    """

    class Kind(models.TextChoices):
        """The rights that are asked for, in the order of the statement."""

        ACCESS = "access", _("explanation and access")
        CORRECTION = "correction", _("correction")
        ERASURE = "erasure", _("erasure")
        RESTRICTION = "restriction", _("restriction")
        WITHDRAWAL = "withdrawal", _("withdrawal of consent")
        OBJECTION = "objection", _("objection")
        PORTABILITY = "portability", _("taking data along")
        OTHER = "other", _("another question about data")

    class Channel(models.TextChoices):
        """How it came in."""

        ACCOUNT = "account", _("own account")
        MAIL = "mail", _("e-mail")
        PHONE = "phone", _("telephone")
        LETTER = "letter", _("letter")
        DESK = "desk", _("in person")

    class State(models.TextChoices):
        """How far it has come."""

        OPEN = "open", _("being handled")
        IDENTITY = "identity", _("waiting for identity")
        DECIDED = "decided", _("decided, reply to be sent")
        CLOSED = "closed", _("closed")

    class Decision(models.TextChoices):
        """What was decided."""

        GRANTED = "granted", _("granted")
        PARTLY = "partly", _("granted in part")
        REFUSED = "refused", _("refused")

    class Proof(models.TextChoices):
        """How it is known who asks: what was done, never what was seen. No paper is ever asked for. Keeps: L36."""

        SIGN_IN = "sign_in", _("signed in shortly before")
        CODE = "code", _("gave the code that was mailed to the address on file")
        FACTS = "facts", _("answered what only they know")
        CALL_BACK = "call_back", _("was called back at the number on file")
        IN_PERSON = "in_person", _("came in person; we looked and copied nothing")

    about = MESSAGE
    subject = "person"
    nameless_after = True  # that it was answered in time can still be shown
    others: ClassVar = (
        Other("owner", NULLIFY),
        Other("recorded_by", NULLIFY),
        Other("proven_by", NULLIFY),
        Other("decided_by", NULLIFY),
    )

    kind = models.CharField(max_length=12, choices=Kind.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    person = PersonRef(null=True)
    given_name = word(models.CharField(max_length=300, blank=True), MESSAGE)
    given_address = word(models.CharField(max_length=300, blank=True), MESSAGE)
    asked = word(models.TextField(blank=True), MESSAGE)
    concerns = word(models.CharField(max_length=200, blank=True), MESSAGE)
    purpose = word(models.CharField(max_length=60, blank=True), NOTHING("the id of a declared purpose"))
    not_a_bsn = models.BooleanField(default=False)  # who wrote it said that the nine digits in it are another number
    received_at = models.DateTimeField()
    due_on = models.DateField()
    extended_at = models.DateTimeField(null=True)
    owner = PersonRef(null=True)
    reminded_on = models.DateField(null=True)
    recorded_by = PersonRef(null=True)
    proof = models.CharField(max_length=10, choices=Proof.choices, blank=True)
    proven_at = models.DateTimeField(null=True)
    proven_by = PersonRef(null=True)
    code_sent_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    carried_out_at = models.DateTimeField(null=True)  # since when what was asked is so, where somebody did it by hand
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = PersonRef(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "request"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="closed") | models.Q(closed_at__isnull=False), name="request_closed_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(decided_at__isnull=False),
                name="request_closed_after_decision",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=models.Q(closed_at=None), name="request_due_first"),
            models.Index(fields=["person", "-received_at"], name="request_of_person"),
            index_of_person("owner", "request_owner"),
            index_of_person("recorded_by", "request_recorded_by"),
            index_of_person("proven_by", "request_proven_by"),
            index_of_person("decided_by", "request_decided_by"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Return the short name under which people and the desk talk about it; it tells nothing about anybody."""
        return f"V-{self.id.hex[-8:].upper()}"

    @property
    def is_open(self) -> bool:
        """True while the person has had no reply that closed it."""
        return self.closed_at is None

    @property
    def days_left(self) -> int:
        """Return how many days are left; below zero once it is late."""
        return (self.due_on - clock.today()).days

    @property
    def received_on(self) -> date:
        """Return the day of receipt in the academy's zone."""
        return self.received_at.astimezone(clock.zone()).date()

    @property
    def is_proven(self) -> bool:
        """True once it is known who asks."""
        return bool(self.proof) and self.person is not None


class RequestGround(Record):
    """For one purpose: that a request was not granted, or not in full, on which ground, and until when. Keeps: K19b."""

    class Ground(models.TextChoices):
        """Why a right can be refused, each with its place in the law."""

        DUTY = "duty", _("the law obliges us to keep it (article 17(3)(b) GDPR)")
        CLAIM = "claim", _("it is needed for a legal claim (article 17(3)(e) GDPR)")
        CONTRACT = "contract", _("it is still needed for the agreement with you (article 17(1)(a) GDPR)")
        INTEREST = "interest", _("our compelling interest weighs more in this case (article 21(1) GDPR)")
        OTHERS = "others", _("it would harm the rights of others (article 15(4) GDPR)")
        RIGHT = "right", _("the data turned out to be right (article 16 GDPR)")
        EXCESSIVE = "excessive", _("the request is manifestly unfounded or excessive (article 12(5) GDPR)")
        UNKNOWN = "unknown", _("we could not establish who asks (article 12(2) GDPR)")
        NOTHING = "nothing", _("we hold no such data")

    about = MESSAGE
    subject = "request__person"

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="grounds")
    purpose = word(models.CharField(max_length=60, blank=True), NOTHING("the id of a declared purpose"))
    ground = models.CharField(max_length=10, choices=Ground.choices)
    until = models.DateField(null=True)
    explanation = word(models.TextField(blank=True), FREE_TEXT)

    class Meta:
        db_table = "request_ground"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "purpose"], name="request_ground_once_per_purpose")
        ]

    def __str__(self) -> str:
        return str(self.id)
