"""The general conditions as they were on a day; no later change touches what somebody agreed to."""

from typing import ClassVar

from django.db import models

from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, WebMay, index_of_person, word
from leerhuis.charter.words import NOTHING, TRACE

_PUBLIC = NOTHING("a public text")


class ConditionsVersion(Record):
    """One version: its text in both languages (one may be empty), the day from which it holds, its digest.

    `mark` is the SHA-256 of day and texts. A version is added and never changed. Keeps: L38, K20.
    """

    about = TRACE
    web_may = WebMay.ADD
    others: ClassVar = (Other("published_by", NULLIFY),)

    since = models.DateField()
    nl = word(models.TextField(blank=True), _PUBLIC)
    en = word(models.TextField(blank=True), _PUBLIC)
    is_model = models.BooleanField(default=False)
    mark = word(models.CharField(max_length=64, unique=True), NOTHING("a digest of a public text"))
    published_by = PersonRef(null=True)

    class Meta:
        db_table = "conditions_version"
        indexes: ClassVar = [
            models.Index(fields=["-since", "-created_at"], name="conditions_newest"),
            index_of_person("published_by", "conditions_published_by"),
        ]

    def __str__(self) -> str:
        return f"conditions {self.mark[:12]}"

    def text_in(self, language: str) -> tuple[str, str]:
        """Return the text and its language: another one where it exists in one language only."""
        texts = {"nl": self.nl, "en": self.en}
        found = language if texts.get(language) else next((key for key, text in texts.items() if text), language)
        return texts[found], found
