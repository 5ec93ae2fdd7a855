"""What was written to somebody about their request or complaint: the letter itself, as it went."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, index_of_person, word
from leerhuis.charter.words import MESSAGE
from leerhuis.privacy.models.complaints import Complaint
from leerhuis.privacy.models.requests import Request


class Reply(Record):
    """One letter about a request or a complaint: what it says, to whom, by which way.

    About a request it is read after signing in or goes by post; the mail that tells of it holds nothing of what it
    says. Keeps: L12, L36, K19b.
    """

    class Kind(models.TextChoices):
        """What the letter is for."""

        EXTENSION = "extension", _("more time")
        ANSWER = "answer", _("answer")

    class Way(models.TextChoices):
        """How it reaches its reader."""

        ACCOUNT = "account", _("to be read after signing in; a mail says so")
        POST = "post", _("on paper, by post")
        MAIL = "mail", _("by mail, since it says nothing about anybody’s data")

    about = MESSAGE
    subject = "person"
    others: ClassVar = (Other("written_by", NULLIFY),)

    person = PersonRef(null=True)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, null=True, related_name="replies")
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, null=True, related_name="replies")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    language = word(models.CharField(max_length=2), MESSAGE)
    to_name = word(models.CharField(max_length=300), MESSAGE)
    to_address = word(models.CharField(max_length=300, blank=True), MESSAGE)
    title = word(models.CharField(max_length=200), MESSAGE)
    body = word(models.TextField(), MESSAGE)
    written_by = PersonRef(null=True)

    class Meta:
        db_table = "reply"
        indexes: ClassVar = [
            models.Index(fields=["person", "-created_at"], name="reply_to_person"),
            index_of_person("written_by", "reply_written_by"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def reference(self) -> str:
        """Return the reference of what it is about."""
        thing = self.request or self.complaint
        return thing.reference if thing else ""
