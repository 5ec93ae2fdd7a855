"""Restricting the use of data, and holding what may not go yet: what each does, refuses, and when it ends."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import JournalEntry, Note
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.base.jobs import declared_sweeps
from leerhuis.charter.checks import concrete_models
from leerhuis.charter.datamap import ACADEMY, schemas_of
from leerhuis.charter.foreign import subject_of
from leerhuis.charter.register import purposes_of
from leerhuis.mail import actions as mail
from leerhuis.mail.models import Mention, Message, SetAside
from leerhuis.mail.queries import messages_for
from leerhuis.organisations.models import Membership
from leerhuis.people.gate import Viewer
from leerhuis.people.models import Person, Role
from leerhuis.people.queries import people_for
from leerhuis.privacy import actions, standing
from leerhuis.privacy.holds import held, held_by, is_person_held, live_holds, tables_with_rows_to_hold
from leerhuis.privacy.models import Hold, Restriction
from leerhuis.privacy.rows import every_row
from leerhuis.privacy.rules import (
    WRITE_ANEW,
    EndedAlready,
    HoldNeedsEnd,
    NotRestricted,
    NotYourOwn,
    OneThing,
    ReasonMissing,
    RestrictedAlready,
    TooLateToHoldOn,
    UnknownThing,
)
from leerhuis.privacy.tests.factories import Canary

BY = Actor.operator()
SOON = timedelta(days=30)
TABLES = [each for each in concrete_models() if ACADEMY in schemas_of(each)]


def mail_to(person, kind="results.result_given", **values):
    return Message.objects.create(
        kind=kind, cause="ResultGiven", person=person.id, to_name=person.name, to_address=person.email, language="nl",
        title="Uw resultaat", body="Beste lezer", try_after=clock.now(), **values,
    )  # fmt: skip


def state_of(message):
    message.refresh_from_db()
    return message.state, message.fault


def written():
    """Return how much there is of what an action leaves behind."""
    return [model.objects.count() for model in (Restriction, Hold, SetAside, Note, Message, JournalEntry)]


def hold_person(person, **values):
    return actions.hold(
        **{"person_id": person.id, "reason": "Een geschil.", "until": clock.today() + SOON, "by": BY} | values
    )


# --- restriction ---------------------------------------------------------------------------------------------------
def test_whoever_is_restricted_is_told_and_gone_from_what_others_read(cast):
    actions.restrict_person(cast.learner, ground="objection", reason=" Maakte bezwaar. ", by=BY)

    person = Person.objects.get(pk=cast.learner.pk)
    (restriction,) = Restriction.objects.all()
    assert (restriction.ground, restriction.reason, restriction.ended_at) == ("objection", "Maakte bezwaar.", None)
    assert person.restricted_at == restriction.created_at
    assert list(Message.objects.values_list("kind", "person", "state")) == [
        ("privacy.use_restricted", person.id, "waiting")
    ]
    assert list(JournalEntry.objects.values_list("operation", "subject_id")) == [("restricted", person.id)]
    verbs = set(Note.objects.filter(subject_person=person.id).values_list("verb", flat=True))
    assert {"restrict", "restrict use", "set mails aside"} <= verbs


def test_mails_that_wait_are_set_aside_and_those_of_safety_go(cast):
    waiting, safety, sent = mail_to(cast.learner), mail_to(cast.learner, "people.new_password"), mail_to(cast.learner)
    others = mail_to(cast.stranger)
    Message.objects.filter(pk=sent.pk).update(state="sent")

    actions.restrict_person(cast.learner, reason="Klopt het?", by=BY)

    assert state_of(waiting) == ("held", "set aside")
    assert [state_of(each)[0] for each in (safety, sent, others)] == ["waiting", "sent", "waiting"]


def test_a_mail_that_a_standstill_kept_in_is_set_aside_too_and_does_not_go_when_mails_leave_again(cast):
    waiting = mail_to(cast.learner)
    mail.stop_mail(by=BY)
    actions.restrict_person(cast.learner, reason="Klopt het?", by=BY)
    mail.resume_mail(send=True, by=BY)

    assert state_of(waiting) == ("held", "set aside")


def test_a_mail_that_was_let_go_to_somebody_restricted_meanwhile_is_not_sent(cast, mailoutbox):
    actions.restrict_person(cast.learner, reason="Klopt het?", by=BY)
    slipped = mail_to(cast.learner)

    mail.send_message(slipped.id, by=BY)

    assert (state_of(slipped), mailoutbox) == (("held", "set aside"), [])


def test_a_mail_to_another_that_names_them_is_set_aside_and_read_by_nobody_in_the_office(cast, mailoutbox):
    clerk = Viewer(cast.clerk, frozenset({"clerk"}), second_factor=True)
    told, slipped = mail_to(cast.contact), mail_to(cast.contact)
    for message in (told, slipped):
        Mention.objects.create(message=message, person=cast.learner.id)
    others = mail_to(cast.contact)
    Message.objects.filter(pk=slipped.pk).update(state="held", fault="")
    actions.restrict_person(cast.learner, reason="Klopt het?", by=BY)
    Message.objects.filter(pk=slipped.pk).update(state="waiting")

    mail.send_message(slipped.id, by=BY)

    assert (state_of(told), state_of(slipped), state_of(others)[0]) == (("held", "set aside"),) * 2 + ("waiting",)
    assert list(messages_for(clerk).filter(person=cast.contact.id)) == [others]
    assert mailoutbox == []
    actions.release_person(cast.learner, send=True, by=BY)
    assert {state_of(each) for each in (told, slipped)} == {("waiting", "")}


@pytest.mark.parametrize(("send", "becomes"), [(True, "waiting"), (False, "dropped")])
def test_who_is_released_is_told_and_their_mails_go_or_are_dropped(cast, send, becomes):
    waiting = mail_to(cast.learner)
    actions.restrict_person(cast.learner, reason="Klopt het?", by=BY)

    actions.release_person(cast.learner, send=send, by=Actor.person(cast.officer.id, "privacy_officer"))

    assert Person.objects.get(pk=cast.learner.pk).restricted_at is None
    restriction = Restriction.objects.get()
    assert (restriction.ended_at, restriction.ended_by) == (clock.now(), cast.officer.id)
    assert state_of(waiting) == (becomes, "")
    assert Message.objects.filter(kind="privacy.use_resumed", state="waiting").count() == 1
    assert list(JournalEntry.objects.order_by("created_at", "id").values_list("operation", flat=True)) == [
        "restricted",
        "released",
    ]
    with pytest.raises(NotRestricted):
        actions.release_person(cast.learner, by=BY)


def test_ground_and_reason_can_be_written_down_anew(cast):
    actions.restrict_person(cast.learner, reason="Klopt het?", by=BY)
    actions.describe_restriction(cast.learner, ground="claim", reason="Een vordering.", by=BY)

    assert Restriction.objects.values_list("ground", "reason").get() == ("claim", "Een vordering.")
    with pytest.raises(ReasonMissing):
        actions.describe_restriction(cast.learner, ground="claim", reason=" ", by=BY)
    with pytest.raises(NotRestricted):
        actions.describe_restriction(cast.stranger, ground="claim", reason="R", by=BY)


def test_a_restriction_that_is_refused_leaves_nothing(cast):
    actions.restrict_person(cast.learner, reason="Klopt het?", by=BY)
    before = written()

    with pytest.raises(RestrictedAlready):
        actions.restrict_person(cast.learner, reason="Klopt het?", by=BY)
    with pytest.raises(ReasonMissing):
        actions.restrict_person(cast.stranger, reason="  ", by=BY)
    with pytest.raises(NotYourOwn):
        actions.restrict_person(cast.officer, reason="R", by=Actor.person(cast.officer.id, "privacy_officer"))

    assert written() == before
    assert Person.objects.get(pk=cast.stranger.pk).restricted_at is None


# --- after a restore -----------------------------------------------------------------------------------------------
def test_after_a_restore_whoever_was_restricted_is_so_again_without_a_mail_that_goes(cast):
    with journal_of("restricted", cast.learner.id):
        actions.restrict_again(cast.learner.id, purpose="", by=BY)
        actions.restrict_again(cast.learner.id, purpose="", by=BY)

    restriction = Restriction.objects.get()
    assert (restriction.ground, restriction.reason) == ("", str(WRITE_ANEW))
    assert set(Message.objects.values_list("state", flat=True)) == {"held"}


def test_after_a_restore_old_mails_of_somebody_who_was_released_do_not_go_by_themselves(cast):
    waiting = mail_to(cast.learner)
    actions.restrict_person(cast.learner, reason="Klopt het?", by=BY)
    with journal_of("released", cast.learner.id):
        actions.release_again(cast.learner.id, purpose="", by=BY)

    assert Person.objects.get(pk=cast.learner.pk).restricted_at is None
    assert state_of(waiting) == ("held", "waited in a backup")


def test_after_a_restore_what_was_held_is_held_for_a_month_until_somebody_writes_down_why(cast):
    row = Membership.objects.get(person=cast.learner)
    with journal_of("held", cast.learner.id):
        actions.hold_again(cast.learner.id, purpose="", by=BY)
        actions.hold_again(cast.learner.id, purpose="", by=BY)
        actions.hold_again(row.id, purpose="", by=BY)
        actions.hold_again(uuid7(), purpose="people.account", by=BY)
        actions.hold_again(uuid7(), purpose="", by=BY)  # of something that is not there any more

    assert sorted(Hold.objects.values_list("purpose", "thing_kind")) == [
        ("", ""), ("", "organisations.membership"), ("people.account", ""),
    ]  # fmt: skip
    assert set(Hold.objects.values_list("until", "reason")) == {(clock.today() + SOON, str(WRITE_ANEW))}
    assert all(line.to_write_anew for line in standing.hold_lines())
    with journal_of("hold_ended", cast.learner.id):
        actions.let_go_again(cast.learner.id, purpose="", by=BY)
    assert not is_person_held(cast.learner.id)


def test_the_journal_hears_of_an_end_only_when_nothing_else_holds_the_same(cast):
    first, second = hold_person(cast.learner), hold_person(cast.learner, reason="Een onderzoek.")
    ended = JournalEntry.objects.filter(operation="hold_ended")

    actions.let_go(first, by=BY)
    assert not ended.exists()
    actions.let_go(second, by=BY)
    assert ended.count() == 1


def journal_of(operation, subject_id):
    """Have what is done inside count as carried out again from the journal."""
    from leerhuis.audit import journal

    entry = JournalEntry.objects.create(operation=operation, subject_id=subject_id, actor_kind=BY.kind)
    return journal.replaying(entry)


# --- holds ---------------------------------------------------------------------------------------------------------
def test_a_hold_is_on_one_thing_that_is_there_with_a_reason_and_an_end(cast):
    row, before = Membership.objects.get(person=cast.learner), written()
    said = {"reason": "Een geschil.", "until": clock.today() + SOON, "by": BY}
    thing = {"thing_kind": "organisations.membership", "thing_id": row.id}
    today = clock.today()

    for target in (
        {},
        {"person_id": cast.learner.id, "purpose": "people.account"},
        {"thing_kind": "organisations.membership"},
    ):
        with pytest.raises(OneThing):
            actions.hold(**target, **said)
    for target in (
        {"purpose": "no.such"},
        {"person_id": uuid7()},
        thing | {"thing_id": uuid7()},
        thing | {"thing_kind": "account.emailaddress"},  # a table of a library: its rows have no random key
    ):
        with pytest.raises(UnknownThing):
            actions.hold(**target, **said)
    with pytest.raises(ReasonMissing):
        actions.hold(**thing, **said | {"reason": " "})
    for day in (today - timedelta(days=1), today + timedelta(days=732)):
        with pytest.raises(HoldNeedsEnd):
            actions.hold(**thing, **said | {"until": day})
    assert written() == before


def test_a_hold_counts_on_its_last_day_and_no_more_the_day_after_by_itself(cast):
    placed = hold_person(cast.learner, until=clock.today())
    mine = Membership.objects.filter(held(Membership))

    assert list(mine.values_list("person", flat=True)) == [cast.learner.id]
    with clock.at(clock.now() + timedelta(days=1)):
        assert not Membership.objects.filter(held(Membership)).exists()
        assert not is_person_held(cast.learner.id)
        assert not live_holds().exists()
        with pytest.raises(EndedAlready):
            actions.let_go(placed, by=BY)


def test_that_a_hold_lapsed_is_noted_in_the_night_once(cast):
    placed = hold_person(cast.learner, until=clock.today())
    other = hold_person(cast.stranger)
    night = declared_sweeps()["privacy.lapse_holds"]

    with clock.at(clock.now() + timedelta(days=1)):
        night.work()
        night.work()
        placed.refresh_from_db()
        assert (placed.ended_at, placed.ended_by) == (clock.now(), None)
        assert [line.hold for line in standing.lines_of(standing.holds_that_ended())] == [placed]
    assert list(Note.objects.filter(verb="lapse hold").values_list("subject_person", flat=True)) == [cast.learner.id]
    other.refresh_from_db()
    assert other.ended_at is None


def test_a_hold_can_be_ended_and_that_taken_back_on_the_same_day(cast):
    placed = hold_person(cast.learner)
    actions.let_go(placed, by=BY)
    assert not is_person_held(cast.learner.id)
    with pytest.raises(EndedAlready):
        actions.let_go(placed, by=BY)

    actions.hold_on(placed, by=BY)
    assert is_person_held(cast.learner.id)
    with pytest.raises(TooLateToHoldOn):
        actions.hold_on(placed, by=BY)
    actions.let_go(placed, by=BY)
    with clock.at(clock.now() + timedelta(days=1)), pytest.raises(TooLateToHoldOn):
        actions.hold_on(placed, by=BY)


@pytest.fixture
def two_people(cast):
    """Rows about two people in every table of the house."""
    for person, mark in ((cast.learner, "aa"), (cast.stranger, "bb")):
        Canary(person, mark).fill_everything()
    Hold.objects.all().delete()
    return cast


def test_everything_about_a_held_person_is_held_in_every_table_and_nothing_of_another(two_people):
    placed = hold_person(two_people.learner)
    wrong = {}
    for model in TABLES:
        path = subject_of(model)
        if path is None:
            continue
        owner = "pk" if path == "self" else path
        found = set(every_row(model).filter(held(model)).values_list("pk", flat=True))
        mine = set(every_row(model).filter(**{owner: two_people.learner.pk}).values_list("pk", flat=True))
        one = set(every_row(model).filter(held_by(placed, model)).values_list("pk", flat=True))
        if not (found == mine == one and mine):
            wrong[model._meta.label] = (len(found), len(mine), len(one))
    assert wrong == {}


def test_a_held_row_is_held_and_none_beside_it(two_people):
    for model in TABLES:
        path, label = subject_of(model), model._meta.label_lower
        known = {each._meta.label_lower for each in tables_with_rows_to_hold()}
        if label not in known or path == "self":
            continue
        row = every_row(model).first()
        if row is None:  # the table of holds itself
            continue
        placed = actions.hold(thing_kind=label, thing_id=row.pk, reason="R", until=clock.today(), by=BY)
        assert list(every_row(model).filter(held(model)).values_list("pk", flat=True)) == [row.pk], label
        Hold.objects.filter(pk=placed.pk).delete()


def test_all_rows_of_a_held_purpose_are_held_with_those_that_go_along(two_people):
    placed = actions.hold(purpose="enrolment.course", reason="R", until=clock.today(), by=BY)
    wrong = []
    for model in TABLES:
        claimed = any(each.id == "enrolment.course" for each, _ in purposes_of(model._meta.label))
        count = every_row(model).filter(held(model)).count()
        if count != (every_row(model).count() if claimed else 0):
            wrong.append(model._meta.label)
        assert every_row(model).filter(held_by(placed, model)).count() == count
    assert wrong == []


@pytest.mark.parametrize("number", [1, 3])
def test_asking_what_is_held_takes_one_query_however_many_holds_there_are(cast, number):
    for person in (cast.learner, cast.colleague, cast.stranger)[:number]:
        hold_person(person)
    with CaptureQueriesContext(connection) as asked:
        list(Membership.objects.exclude(held(Membership)))
    assert len(asked) == 1
    assert asked.captured_queries[0]["sql"].count('FROM "hold"') == 3


# --- pages ---------------------------------------------------------------------------------------------------------
def test_an_officer_finds_somebody_sees_what_it_does_restricts_and_takes_it_back(as_, cast):
    browser = as_(cast.officer)
    mail_to(cast.learner)

    found = browser.post("/office/privacy/restricted/add/", {"words": "leerling lena"}).content.decode()
    assert f"?person={cast.learner.id}" in found
    assert f"?person={cast.stranger.id}" not in found
    shown = browser.get(f"/office/privacy/restricted/add/?person={cast.learner.id}").content.decode()
    assert "Lena de Leerling" in shown
    assert "Uw resultaat" in shown
    form = {"person": str(cast.learner.id), "ground": "accuracy", "reason": "Klopt het adres?"}
    done = browser.post("/office/privacy/restricted/add/", form, follow=True).content.decode()
    assert "Lena de Leerling" in done
    assert f'action="/office/privacy/restricted/{cast.learner.id}/release/"' in done
    browser.post(f"/office/privacy/restricted/{cast.learner.id}/release/", {"send": "yes"})
    assert Person.objects.get(pk=cast.learner.pk).restricted_at is None


def test_a_form_without_a_reason_restricts_nobody_and_keeps_what_was_typed(as_, cast):
    form = {"person": str(cast.learner.id), "ground": "claim", "reason": ""}
    page = as_(cast.officer).post("/office/privacy/restricted/add/", form)

    assert page.status_code == 200
    assert not Restriction.objects.exists()
    assert 'value="claim"' in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_bookkeeper_reads_who_is_restricted_and_can_change_nothing(as_, cast, number):
    for person in (cast.learner, cast.colleague, cast.stranger)[:number]:
        actions.restrict_person(person, reason=f"Reden {person.first_name}", by=BY)
    browser = as_(cast.bookkeeper)
    with CaptureQueriesContext(connection) as asked:
        page = browser.get("/office/privacy/restricted/").content.decode()
    assert len(asked) == 26

    assert [f"Reden {each.first_name}" in page for each in (cast.learner, cast.colleague, cast.stranger)] == [
        at < number for at in range(3)
    ]
    assert "/restricted/add/" not in page
    assert browser.post(f"/office/privacy/restricted/{cast.learner.id}/release/").status_code == 403
    assert as_(cast.clerk).get("/office/privacy/restricted/").status_code == 403
    assert as_(cast.stranger).get("/office/privacy/restricted/").status_code == 403


def test_one_row_of_somebody_can_be_chosen_and_held(as_, cast):
    browser, row = as_(cast.officer), Membership.objects.get(person=cast.learner)
    tables = browser.get(f"/office/privacy/holds/add/?person={cast.learner.id}").content.decode()
    assert "table=organisations.membership" in tables
    rows = browser.get(f"/office/privacy/holds/add/?person={cast.learner.id}&table=organisations.membership")
    assert f"thing_kind=organisations.membership&amp;thing_id={row.id}" in rows.content.decode()

    form = {"thing_kind": "organisations.membership", "thing_id": str(row.id), "reason": "Een vordering.",
            "until": str(clock.today() + SOON)}  # fmt: skip
    browser.post("/office/privacy/holds/add/", form)

    assert list(Membership.objects.filter(held(Membership))) == [row]
    (line,) = standing.hold_lines()
    assert (line.person, line.count) == (cast.learner, 1)


def test_a_person_reads_in_their_own_data_that_they_are_restricted_and_held_and_why(as_, cast):
    row = Membership.objects.get(person=cast.learner)
    actions.restrict_person(cast.learner, reason="Klopt het adres?", by=BY)
    hold_person(cast.learner, reason="Een geschil over de factuur.")
    actions.hold(thing_kind="organisations.membership", thing_id=row.id, reason="Een vordering.",
                 until=clock.today(), by=BY)  # fmt: skip
    actions.hold(purpose="people.account", reason="Iets over anderen.", until=clock.today(), by=BY)

    mine = as_(cast.learner).get("/me/data/").content.decode()
    theirs = as_(cast.stranger).get("/me/data/").content.decode()

    told = ("Klopt het adres?", "Een geschil over de factuur.", "Een vordering.")
    assert [each in mine for each in told] == [True] * 3
    assert [each in theirs for each in told] == [False] * 3
    assert "Iets over anderen." not in mine + theirs


@pytest.mark.parametrize(("number", "queries"), [(1, 27), (3, 29)])
def test_the_list_of_holds_takes_one_query_more_for_each_hold(as_, cast, number, queries):
    for person in (cast.learner, cast.colleague, cast.stranger)[:number]:
        hold_person(person)
    browser = as_(cast.officer)
    with CaptureQueriesContext(connection) as asked:
        browser.get("/office/privacy/holds/")
    assert len(asked) == queries


def test_holds_that_ended_are_told_apart_by_whether_somebody_ended_them(as_, cast):
    hold_person(cast.learner, until=clock.today())
    actions.let_go(hold_person(cast.stranger), by=Actor.person(cast.officer.id, "privacy_officer"))
    with clock.at(clock.now() + timedelta(days=1)):
        actions.lapse_holds(by=BY)
        page = as_(cast.officer).get("/office/privacy/holds/").content.decode()
    assert "vervallen na" in page
    assert "beëindigd op" in page


def test_a_restricted_person_still_signs_in_and_stands_in_no_list_of_the_office(as_, cast):
    actions.restrict_person(cast.learner, reason="Klopt het?", by=BY)

    assert as_(cast.learner).get("/me/data/").status_code == 200
    assert as_(cast.clerk).get(f"/office/people/{cast.learner.id}/").status_code == 404
    assert Role.objects.count() > 0
    assert cast.learner not in people_for(None)
