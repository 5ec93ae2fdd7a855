"""The words of a question and its answers, as the question has them now and as each of its versions had them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.records import Record, word
from leerhuis.charter.words import NOTHING
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Content, Kind, from_json

CONTENT = NOTHING("content that the academy wrote; it is about no person")


class TextFormat(models.TextChoices):
    """How a text is written down."""

    MARKDOWN = "markdown", _("text with simple marks (Markdown)")
    HTML = "html", _("HTML")
    MOODLE = "moodle", _("text as Moodle shows it")
    PLAIN = "plain", _("plain text")


class Written(Record):
    """What is written in a question."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = word(models.TextField(_("title"), blank=True), CONTENT)
    stem = word(models.TextField(_("question")), CONTENT)
    stem_format = models.CharField(
        _("written as"), max_length=10, choices=TextFormat.choices, default=TextFormat.MARKDOWN
    )
    options = word(models.JSONField(), CONTENT)
    explanation = word(models.TextField(_("explanation"), blank=True), CONTENT)
    explanation_format = models.CharField(max_length=10, choices=TextFormat.choices, default=TextFormat.MARKDOWN)

    class Meta:
        abstract = True

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
