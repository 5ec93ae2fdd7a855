"""The outbox: every mail of the academy, before and after it was sent."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.base.search import FoundBy, Plain
from leerhuis.charter.records import (
    GOES,
    NULLIFY,
    Customer,
    CustomerRef,
    Other,
    PersonRef,
    Record,
    index_of_person,
    word,
)
from leerhuis.charter.words import CONSENT, CONTACT, MESSAGE, NOTHING, TRACE

_PROGRAM = NOTHING("a name from the program")
MESSAGE_FOUND_BY = FoundBy(Plain("to_name", "to_address"))


class Message(Record):
    """One mail to one reader, with what caused it and how far it has come."""

    class State(models.TextChoices):
        """How far a mail has come."""

        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")
        HELD = "held", _("held back")
        DROPPED = "dropped", _("not sent, on purpose")

    about = MESSAGE
    subject = "person"

    kind = word(models.CharField(max_length=80), _PROGRAM)
    cause = word(models.CharField(max_length=80), _PROGRAM)
    cause_id = models.UUIDField(null=True)
    person = PersonRef(null=True)
    to_name = word(models.CharField(max_length=300, blank=True), CONTACT)
    to_address = word(models.EmailField(max_length=254), CONTACT)
    language = word(models.CharField(max_length=2), CONTACT)
    title = word(models.CharField(max_length=300), MESSAGE)
    body = word(models.TextField(), MESSAGE)
    secret = models.BooleanField(default=False)  # holds a link that is as good as a password
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    fault = word(models.CharField(max_length=60, blank=True), _PROGRAM)
    topic = word(models.CharField(max_length=80, blank=True), _PROGRAM)  # of news: what its reader consented to
    leave_link = word(models.CharField(max_length=300, blank=True), MESSAGE)  # and where one request takes that back
    vanishes = models.BooleanField(default=False)  # goes with its delivery: a farewell to somebody who is not kept

    class Meta:
        db_table = "message"
        indexes: ClassVar = [
            models.Index(fields=["try_after"], condition=models.Q(state="waiting"), name="message_waiting"),
            models.Index(fields=["person", "-created_at"], name="message_of_person"),
            models.Index(fields=["-created_at"], name="message_newest"),
            models.Index(fields=["cause_id", "state"], condition=~models.Q(topic=""), name="message_of_news"),
            models.Index(fields=["cause_id"], condition=models.Q(vanishes=True), name="message_farewell"),
            GinIndex(MESSAGE_FOUND_BY, name="message_found_by"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Mention(Record):
    """That a mail to one reader names somebody else, so that it can be emptied when that person is erased."""

    about = MESSAGE
    subject = "person"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    person = PersonRef()

    class Meta:
        db_table = "mail_mention"
        indexes: ClassVar = [models.Index(fields=["person"], name="mention_of_person")]

    def __str__(self) -> str:
        return str(self.id)


class CustomerMention(Record):
    """That a mail names an organisation, so that it can be emptied when that organisation is removed. Keeps: L20."""

    about = MESSAGE
    subject = "message__person"
    customers: ClassVar = (
        Customer("customer", GOES, nl="de tekst van e-mails die haar noemen", en="the text of e-mails that name it"),
    )

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    customer = CustomerRef()

    class Meta:
        db_table = "mail_customer_mention"
        indexes: ClassVar = [models.Index(fields=["customer"], name="mention_of_customer")]

    def __str__(self) -> str:
        return str(self.id)


class Standstill(Record):
    """A time in which no mail leaves the academy: from when until when, and who decided it."""

    about = TRACE
    others: ClassVar = (Other("begun_by", NULLIFY), Other("ended_by", NULLIFY))

    begun_by = PersonRef(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = PersonRef(null=True)

    class Meta:
        db_table = "mail_standstill"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ended_at"], nulls_distinct=False, condition=models.Q(ended_at=None), name="one_standstill"
            )
        ]
        indexes: ClassVar = [
            index_of_person("begun_by", "mail_standstill_begun_by"),
            index_of_person("ended_by", "mail_standstill_ended_by"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SetAside(Record):
    """That the use of a person's data is restricted: until it ends nobody reads their mails and none go to them."""

    about = CONSENT
    subject = "person"

    person = PersonRef()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mail_set_aside"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(ended_at=None), name="set_aside_once")
        ]
        indexes: ClassVar = [
            index_of_person("person", "mail_set_aside_person"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Suppression(Record):
    """That no news about a topic (empty: about anything) goes to an address, of which only a keyed digest is kept.

    It outlives the address itself, so that a list that brings the address back brings no mail. Keeps: K13.
    """

    about = CONSENT

    key = word(models.CharField(max_length=64), CONTACT)
    topic = word(models.CharField(max_length=80, blank=True), _PROGRAM)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mail_suppression"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "topic"], condition=models.Q(ended_at=None), name="suppressed_once")
        ]

    def __str__(self) -> str:
        return str(self.id)
