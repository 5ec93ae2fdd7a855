"""The privacy statement as it was published: its text on a day, which no later change of the program touches."""

from typing import ClassVar

from django.db import models

from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, index_of_person, word
from leerhuis.charter.words import NOTHING, TRACE


class StatementVersion(Record):
    """One published version: the text in both languages, the mark of all it was computed from, and who published it.

    It is in force from `created_at` until the next one. `nl` and `en` are `Statement.as_dict()`. Everybody with an
    address hears of it: `announced_up_to` is the id of the last person who was written to, in the order of ids, and
    `announced_at` the moment when all were (at once for the first version, which changes nothing).
    """

    about = TRACE
    others: ClassVar = (Other("published_by", NULLIFY),)

    mark = word(models.CharField(max_length=64), NOTHING("a digest of a public text"))
    nl = word(models.JSONField(), NOTHING("a public text"))
    en = word(models.JSONField(), NOTHING("a public text"))
    published_by = PersonRef(null=True)
    announced_up_to = models.UUIDField(null=True)  # how far: a place in the order of ids, nobody in particular
    announced_at = models.DateTimeField(null=True)
    told = models.PositiveIntegerField(default=0)
    compared_at = models.DateTimeField(null=True)
    differs_since = models.DateTimeField(null=True)  # since when what holds now is something else than this text

    class Meta:
        db_table = "statement_version"
        indexes: ClassVar = [
            models.Index(fields=["-created_at"], name="statement_newest_first"),
            index_of_person("published_by", "statement_version_published_by"),
        ]

    def __str__(self) -> str:
        return f"statement {self.mark[:12]}"
