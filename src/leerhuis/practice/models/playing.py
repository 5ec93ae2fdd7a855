"""Who takes part in the challenge of an organisation, under which nickname. Leaving it removes the row."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from leerhuis.charter.records import GOES, Customer, Record, word
from leerhuis.charter.words import PRACTICE
from leerhuis.organisations.models import Organisation
from leerhuis.people.models import Person
from leerhuis.practice.nicknames import LONGEST


class Player(Record):
    """That somebody takes part in the challenge of the organisation for which they work."""

    about = PRACTICE
    subject = "person"
    customers: ClassVar = (
        Customer("organisation", GOES, nl="wie er aan de weekuitdaging meedoet", en="who takes part in its challenge"),
    )

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    nickname = word(models.CharField(max_length=LONGEST), PRACTICE)

    class Meta:
        db_table = "practice_player"
        constraints: ClassVar = [
            models.UniqueConstraint("organisation", Lower("nickname"), name="nickname_once_in_organisation")
        ]

    def __str__(self) -> str:
        return str(self.id)
