"""Taking part in the challenge of one's organisation under a nickname, and leaving it, which erases the nickname."""

from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base.edge import inside_edge
from leerhuis.consent.actions import choose_some
from leerhuis.consent.models import Choice, Reader
from leerhuis.consent.queries import choices_now
from leerhuis.organisations.models import Organisation
from leerhuis.people.models import Person
from leerhuis.practice import rules
from leerhuis.practice.challenge import TOGETHER, organisation_to_play_in
from leerhuis.practice.models import Player
from leerhuis.practice.nicknames import is_nickname, tells_name, tidied


def join_together(
    person: Person, nickname: str, *, language: str, of_age: bool = False, parent_email: str = "", by: Actor
) -> bool:
    """Let somebody take part under a nickname, or change it. True when a parent is asked before it counts.

    Refuses NotTogether, OddNickname, OwnName, NicknameTaken, AgeNotSaid, ParentNeeded, ParentIsOneself. Keeps: K6, L2a.
    """
    inside_edge()
    organisation = organisation_to_play_in(person)
    if organisation is None:
        raise rules.NotTogether
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    name = tidied(nickname)
    if not is_nickname(name):
        raise rules.OddNickname
    if tells_name(name, (person.first_name, person.last_name, person.name, (person.email or "").partition("@")[0])):
        raise rules.OwnName
    others = Player.objects.filter(organisation=organisation).exclude(person=person)
    if others.filter(nickname__iexact=name).exists():
        raise rules.NicknameTaken
    parent = choose_some(
        person, [TOGETHER], [TOGETHER], language=language, of_age=of_age, parent_email=parent_email, by=by
    )
    player, _new = Player.objects.update_or_create(
        person=person, defaults={"organisation": organisation, "nickname": name}
    )
    note("join together", player, by=by, subject=person.id, fields=["nickname"])
    return parent


def leave_together(person: Person, *, language: str, by: Actor) -> None:
    """Let somebody leave the challenge: their nickname is erased in the same moment. Keeps: L35."""
    inside_edge()
    _erase(person, by)
    choose_some(person, [], [TOGETHER], language=language, by=by)


def follow_consent(reader_id: UUID, *, by: Actor) -> None:
    """Erase the nickname of whoever no longer consents to taking part. Keeps: L35."""
    inside_edge()
    reader = Reader.objects.filter(pk=reader_id, person__isnull=False).select_related("person").first()
    steps = {Choice.Step.GIVEN, Choice.Step.ASKED}
    if reader and reader.person and choices_now(reader).get(TOGETHER) not in steps:
        _erase(reader.person, by)


def follow_membership(organisation_id: UUID, person_id: UUID, *, by: Actor) -> None:
    """Erase the nickname of whoever no longer works for the organisation."""
    inside_edge()
    for player in Player.objects.filter(organisation=organisation_id, person=person_id).select_related("person"):
        _erase(player.person, by)


def _erase(person: Person, by: Actor) -> None:
    for player in Player.objects.filter(person=person):
        note("leave together", player, by=by, subject=person.id)
        player.delete()
