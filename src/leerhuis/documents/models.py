"""A document about a person, and what is still to be removed from the disk."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, WebMay, index_of_person, word
from leerhuis.charter.words import DOCUMENT, FREE_TEXT, NOTHING


class Document(Record):
    """A file about a person: what it is called, why it is kept, and what it was found to be. Its bytes are on the disk.

    `key` names the key that opens it, one per person and purpose; `digest` is made under that key, so that it says
    nothing without it. Nobody opens a document that waits for the scanner. One that was dropped can be had back for a
    day.
    """

    class Kind(models.TextChoices):
        """What a file was found to be, by its content."""

        PDF = "pdf", _("PDF")
        PNG = "png", _("picture (PNG)")
        JPEG = "jpg", _("picture (JPEG)")
        WORD = "docx", _("Word document")
        EXCEL = "xlsx", _("Excel workbook")
        SLIDES = "pptx", _("PowerPoint presentation")
        OPEN_TEXT = "odt", _("OpenDocument text")
        TEXT = "txt", _("plain text")

    class Scan(models.TextChoices):
        """What the virus scanner said."""

        NONE = "none", _("not examined for viruses")
        WAITING = "waiting", _("being examined for viruses")
        CLEAN = "clean", _("no virus found")
        INFECTED = "infected", _("destroyed: a virus was found")

    about = DOCUMENT
    subject = "person"
    others: ClassVar = (Other("made_by", NULLIFY),)

    person = PersonRef()
    purpose = word(models.CharField(max_length=60), NOTHING("the key of a declared purpose"))
    name = word(models.CharField(_("name of the file"), max_length=120), DOCUMENT)
    reason = word(models.CharField(_("what it is and why it is kept"), max_length=200), FREE_TEXT)
    kind = models.CharField(_("kind of file"), max_length=8, choices=Kind)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    digest = word(models.CharField(max_length=64), NOTHING("a keyed digest, from which nothing can be read"))
    key = models.UUIDField()
    scan = models.CharField(_("virus scanner"), max_length=10, choices=Scan, default=Scan.NONE)
    made_by = PersonRef(null=True)
    dropped_at = models.DateTimeField(_("removed"), null=True)

    class Meta:
        db_table = "document"
        indexes: ClassVar = [
            models.Index(fields=["person", "-created_at"], name="document_of_person"),
            models.Index(fields=["key"], name="document_by_key"),
            models.Index(fields=["dropped_at"], condition=~models.Q(dropped_at=None), name="document_dropped"),
            models.Index(fields=["id"], condition=models.Q(scan="waiting"), name="document_to_scan"),
            index_of_person("made_by", "document_made_by"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_dropped(self) -> bool:
        """True from the moment it was removed; it can still be had back for a day."""
        return self.dropped_at is not None

    @property
    def can_be_opened(self) -> bool:
        """True for what neither waits for the scanner nor was destroyed or dropped."""
        return self.scan in (self.Scan.NONE, self.Scan.CLEAN) and not self.is_dropped


class Removal(Record):
    """A file or a key that a worker takes from the disk after the commit: the outbox of what lies outside the database.

    `place` is a path below the folder of files or of keys; it leads to nobody. While there are rows here an erasure is
    not done.
    """

    about = NOTHING("which file or key is still to be taken from the disk")
    web_may = WebMay.ADD

    place = word(models.CharField(max_length=200), NOTHING("a path made of random numbers and keyed digests"))

    class Meta:
        db_table = "removal"

    def __str__(self) -> str:
        return str(self.id)
