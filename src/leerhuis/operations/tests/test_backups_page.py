"""The page about backups, the mail when something is the matter with them, and what the statement says of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look, Note
from leerhuis.base import clock
from leerhuis.mail.models import Message
from leerhuis.operations.actions import tell_of_backups
from leerhuis.operations.history import Deed, History, Kind, Standing
from leerhuis.people import actions as people
from leerhuis.people.models import Role
from leerhuis.privacy.statement import compose
from tests.cast import add_person

PAGE = "/office/backups/"
BY = Actor.job("operations.tell_of_backups")
SENTENCES = {
    "operations.backups", "operations.backups_end", "operations.backups_bring_nobody_back", "operations.backups_tried",
}  # fmt: skip


@pytest.fixture
def history(settings, tmp_path, academy):
    """Backups that are switched on and as they should be."""
    settings.BACKUPS_ON, settings.OWN_DATABASE, settings.BACKUP_NOTES = True, False, tmp_path / "notes"
    found, now = History(tmp_path / "notes"), clock.now()
    found.note(Deed(Kind.BACKUP, now, facts={"kind": "full", "size": 22_100_000, "rows": 126_046}))
    found.note(Deed(Kind.VERIFY, now, facts={"files": 13}))
    found.note(Deed(Kind.DRILL, now, facts={"rows": 126_046, "restore_seconds": 12.9}))
    found.know(well(now))
    return found


def well(now):
    begun = now - timedelta(days=40)
    return Standing(now, begun, newest=now, oldest=now - timedelta(days=20), sets=3, handed_over_at=now)


def late(history):
    now = clock.now()
    history.know(replace(well(now), newest=now - timedelta(hours=30)))


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("who", ["officer", "admin"])
def test_officer_and_administrator_see_that_all_is_well(history, cast, as_, who):
    text = text_of(as_(cast.everyone[who]).get(PAGE))

    assert "De reservekopieën zijn in orde" in text
    assert "22,1 MB, 126.046 rijen geteld" in text
    assert "na 13 seconden waren er weer 126.046 rijen" in text
    assert "30 dagen" in text
    assert "in de Europese Unie" in text
    assert Look.objects.count() == 0


@pytest.mark.parametrize("who", ["learner", "stranger", "contact", "trainer", "clerk", "bookkeeper"])
def test_nobody_else_sees_them(history, cast, as_, who):
    assert as_(cast.everyone[who]).get(PAGE).status_code == 403


def test_what_is_the_matter_stands_on_top_with_what_to_do(history, cast, as_):
    late(history)
    history.note(Deed(Kind.BACKUP, clock.now(), went_well=False, words="/srv/backups/20261123T013000Z is missing"))
    text = text_of(as_(cast.admin).get(PAGE))

    assert text.index("De nieuwste reservekopie is meer dan een dag oud.") < text.index("De laatste reservekopie is")
    assert "Vraag de systeembeheerder om `leerhuis backup` te draaien" in text
    assert "zijn in orde" not in text
    assert "/srv/backups" not in text


def test_it_can_be_read_in_english(history, cast, as_, settings):
    client = as_(cast.admin)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = text_of(client.get(PAGE))

    assert "The backups are as they should be" in text
    assert "in the European Union" in text


@pytest.mark.parametrize(
    ("own", "words"), [(True, "Wie de database beheert, maakt de reservekopieën"), (False, "Hier worden geen")]
)
def test_where_none_are_made_it_says_so_and_what_to_do(settings, cast, as_, own, words):
    settings.BACKUPS_ON, settings.OWN_DATABASE = False, own
    assert words in text_of(as_(cast.admin).get(PAGE))


def test_the_page_asks_the_database_as_often_after_many_deeds(history, cast, as_, django_assert_num_queries):
    client = as_(cast.admin)
    client.get(PAGE)
    with django_assert_num_queries(19) as asked:
        client.get(PAGE)
    for _ in range(30):
        history.note(Deed(Kind.BACKUP, clock.now(), facts={"kind": "increment"}))
    with django_assert_num_queries(len(asked)):
        client.get(PAGE)


def test_the_settings_page_says_in_a_word_how_they_stand(history, cast, as_):
    client = as_(cast.admin)
    assert "in orde" in text_of(client.get("/office/settings/"))
    late(history)
    assert "vragen aandacht" in text_of(client.get("/office/settings/"))


def test_the_administrators_get_one_mail_a_day(history, cast):
    other = add_person("Ada", "Beheer")
    people.grant_role(other, Role.Name.ACADEMY_ADMIN, by=Actor.operator())
    Message.objects.all().delete()
    assert tell_of_backups(by=BY) == 0
    late(history)

    assert (tell_of_backups(by=BY), tell_of_backups(by=BY)) == (2, 0)
    assert set(Message.objects.values_list("person", "kind", "state")) == {
        (cast.admin.id, "operations.backups_in_trouble", "waiting"),
        (other.id, "operations.backups_in_trouble", "waiting"),
    }
    body = Message.objects.filter(person=cast.admin.id).get().body
    assert "De nieuwste reservekopie is meer dan een dag oud." in body
    Message.objects.update(created_at=clock.now() - timedelta(hours=24))
    assert tell_of_backups(by=BY) == 2


def test_what_passes_by_itself_and_what_is_not_made_here_is_no_mail(history, cast, settings):
    Message.objects.all().delete()
    notes = Note.objects.count()
    history.note(Deed(Kind.BACKUP, clock.now(), went_well=False))
    assert tell_of_backups(by=BY) == 0
    late(history)
    settings.BACKUPS_ON = False
    assert tell_of_backups(by=BY) == 0
    assert (Message.objects.count(), Note.objects.count()) == (0, notes)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_statement_speaks_of_backups_only_where_they_are_made(settings, academy, language):
    settings.BACKUPS_ON = False
    assert not SENTENCES & set(compose(academy.settings, language).ids)
    settings.BACKUPS_ON = True
    told = compose(academy.settings, language)
    assert set(told.ids) >= SENTENCES
    place = "in de Europese Unie" if language == "nl" else "in the European Union"
    assert place in told.as_text()
