"""The challenge of this week in an organisation: the scores of everybody who takes part, in one statement."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from leerhuis.base import clock
from leerhuis.consent.queries import people_who_want
from leerhuis.organisations.models import Membership, Organisation
from leerhuis.organisations.queries import memberships_of
from leerhuis.people.models import Person, Role
from leerhuis.people.queries import roles_of
from leerhuis.people.rules import SEES_OTHERS
from leerhuis.practice.due_reminders import embedded
from leerhuis.practice.models import Player
from leerhuis.practice.nicknames import FEWEST, TOP, Place, Score, places

TOGETHER: Final = "practice.together"  # the topic to which one consents
_SCORES: Final = """
    WITH player AS MATERIALIZED ({players})
    SELECT player.id, player.nickname,
           count(DISTINCT answer.question_id) FILTER (WHERE answer.outcome = 'right' AND NOT answer.was_known),
           count(DISTINCT (answer.answered_at AT TIME ZONE %(zone)s)::date)
      FROM player
      LEFT JOIN practice_access access ON access.person_id = player.person_id
      LEFT JOIN practice_round round ON round.access_id = access.id
      LEFT JOIN practice_answer answer ON answer.round_id = round.id AND answer.answered_at >= %(monday)s
     GROUP BY player.id, player.nickname
"""


@dataclass(frozen=True)
class Challenge:
    """How the week stands for one player: the top, their own place, and how many take part.

    Below three players there is no top and no place: then only their own points are told.
    """

    player: Player
    monday: date
    top: list[Place]
    own: Place
    players: int

    @property
    def others(self) -> int:
        """Return how many take part besides this player."""
        return self.players - 1

    @property
    def is_open(self) -> bool:
        """True once enough take part."""
        return self.players >= FEWEST

    @property
    def is_in_top(self) -> bool:
        """True when the own place stands among the top."""
        return any(each.score.player_id == self.player.id for each in self.top)


def organisation_to_play_in(person: Person) -> Organisation | None:
    """Return the organisation with whose employees somebody may take part; None for who may not.

    Whoever sees data of others (a contact, a trainer, staff) takes part nowhere: they would learn who practises.
    """
    if roles_of(person.id) & SEES_OTHERS:
        return None
    works = memberships_of(person)
    if works.filter(kind=Membership.Kind.CONTACT).exists():
        return None
    employed = works.filter(kind=Membership.Kind.EMPLOYEE, organisation__left_at=None).order_by("created_at").first()
    return employed.organisation if employed else None


def player_of(person: Person) -> Player | None:
    """Return somebody's part in a challenge; None while they do not take part, or may not any more."""
    organisation = organisation_to_play_in(person)
    wants = people_who_want(TOGETHER).filter(person=person).exists()
    return Player.objects.filter(person=person, organisation=organisation).first() if organisation and wants else None


def challenge_of(player: Player) -> Challenge:
    """Return how this week stands for a player."""
    ranked = places(_scores(player.organisation_id))
    own = next(each for each in ranked if each.score.player_id == player.id)
    enough = len(ranked) >= FEWEST
    return Challenge(player, _monday().date(), ranked[:TOP] if enough else [], own, len(ranked))


def _scores(organisation_id: UUID) -> list[Score]:
    """Return the scores of those who take part, still work there, see no data of others, and may have theirs used."""
    works = Membership.objects.filter(organisation=organisation_id, kind=Membership.Kind.EMPLOYEE, ended_at=None)
    playing = Player.objects.filter(
        organisation=organisation_id, person__in=people_who_want(TOGETHER), person_id__in=works.values("person")
    )
    contacts = Membership.objects.filter(kind=Membership.Kind.CONTACT, ended_at=None)
    staff = Role.objects.filter(name__in=SEES_OTHERS, ended_at=None)
    for may_not in (contacts, staff):
        playing = playing.exclude(person_id__in=may_not.values("person"))
    sql, values = embedded(playing.order_by().values("id", "nickname", "person_id"), "player")
    values |= {"monday": _monday(), "zone": str(clock.zone())}
    with connection.cursor() as cursor:
        cursor.execute(_SCORES.format(players=sql), values)
        return [Score(*row) for row in cursor.fetchall()]


def _monday() -> datetime:
    """Return the first moment of this week, by the academy's clock."""
    today = clock.today()
    return datetime.combine(today - timedelta(days=today.weekday()), time.min, clock.zone())
