"""Consent: asked, confirmed by the owner of the address, given per topic, withdrawn at once, changed by nobody."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import JournalEntry
from leerhuis.base import clock, events
from leerhuis.base.edge import attempt, edge
from leerhuis.consent import actions, rules
from leerhuis.consent.events import ObjectionRaised
from leerhuis.consent.links import OWN, PARENT, Asked, asked_of, leaving_key, left_of, reader_of_choosing
from leerhuis.consent.models import ALL, Choice, Reader, Wording
from leerhuis.consent.queries import choices_now, choices_of, proof, proofs, readers_who_want
from leerhuis.mail.models import Message, Suppression
from leerhuis.mail.queries import is_suppressed

NEWS, COMPARISON = "consent.product_news", "consent.comparison"
VISITOR, CLERK = Actor.visitor(), Actor.operator()


def ask(address="nina@lezer.example", topics=(NEWS,), **said):
    said = {"language": "nl", "of_age": True, **said}
    actions.ask_visitor(address, topics, **said, by=VISITOR)
    return Reader.objects.get(email=address.lower())


def confirm(reader, by=OWN):
    together = reader.choices.order_by("-created_at", "-id").values_list("together", flat=True)[0]
    return actions.confirm_choices(Asked(reader.id, together, by), by=VISITOR)


def steps(reader):
    return list(reader.choices.order_by("created_at", "id").values_list("topic", "step", "channel"))


def who(topic=NEWS):
    return [each.to.address for each in proofs(topic)]


@pytest.fixture
def told():
    """What is announced about objections."""
    heard, before = [], events.table()
    events.connect({**before, ObjectionRaised: (*before.get(ObjectionRaised, ()), heard.append)})
    yield heard
    events.connect(before)


def give(person, *topics, **said):
    return actions.choose_topics(
        person, topics, **{"language": "nl", "of_age": True, **said}, by=Actor.person(person.id)
    )


# --- asking and confirming -----------------------------------------------------------------------------------------
def test_nothing_is_sent_before_the_owner_of_the_address_said_yes(academy):
    reader = ask()

    (mail,) = Message.objects.all()
    assert (mail.kind, mail.to_address, mail.topic) == ("consent.choices_asked", "nina@lezer.example", "")
    assert (steps(reader), who()) == ([(NEWS, "asked", "website")], [])
    assert confirm(reader)
    assert (steps(reader)[1:], who()) == ([(NEWS, "given", "mail")], ["nina@lezer.example"])


def test_the_words_that_were_shown_are_kept_as_they_were(academy):
    reader = ask(language="en")
    confirm(reader)

    assert Wording.objects.get().text == "Yes, send me news about new features and about LEFFECTIEF by e-mail."
    assert {line.wording_id for line in reader.choices.all()} == {Wording.objects.get().id}


def test_a_second_yes_changes_nothing(academy):
    reader = ask()
    assert [confirm(reader), confirm(reader)] == [True, True]
    assert len(steps(reader)) == 2


def test_a_link_is_too_old_after_a_week_and_after_a_withdrawal(academy):
    reader = ask()
    with clock.at(clock.now() + timedelta(days=8)), pytest.raises(rules.LinkTooOld), attempt():
        confirm(reader)
    actions.leave_topic(reader, NEWS, by=VISITOR)
    asked = Asked(reader.id, reader.choices.get(step="asked").together, OWN)
    with pytest.raises(rules.LinkTooOld), attempt():
        actions.confirm_choices(asked, by=VISITOR)
    assert who() == []


def test_an_address_that_wants_it_already_gets_a_mail_that_says_so_and_no_line(academy):
    reader = ask()
    confirm(reader)

    ask("NINA@lezer.example")

    assert [mail.kind for mail in Message.objects.order_by("id")] == [
        "consent.choices_asked",
        "consent.subscribed_already",
    ]
    assert len(steps(reader)) == 2


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"topics": ()}, rules.NothingChosen),
        ({"topics": ("consent.newsletter",)}, rules.NothingChosen),  # another academy's
        ({"of_age": False}, rules.AgeNotSaid),
        ({"of_age": False, "parent_email": "NINA@lezer.example "}, rules.ParentIsOneself),
    ],
)
def test_what_cannot_stand_is_refused_and_leaves_no_row_and_no_mail(academy, said, refusal):
    with pytest.raises(refusal), attempt():
        ask(**said)

    assert (Reader.objects.count(), Choice.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_a_forged_link_leads_nowhere(academy):
    reader = ask()
    token = Asked(reader.id, reader.choices.get().together, OWN).token
    key = leaving_key(reader.id, NEWS)

    assert asked_of(token) is not None
    assert left_of(key) == (reader, NEWS)
    assert [asked_of(token[:-1]), asked_of(key), left_of(token), left_of(key[:-1]), reader_of_choosing(key)] == [
        None
    ] * 5


def test_who_asks_with_the_address_of_somebody_else_changes_nothing_of_them(academy):
    reader = ask()
    confirm(reader)
    before = Reader.objects.values().get()

    ask(topics=(COMPARISON,), language="en")
    assert Message.objects.latest("id").language == "en"  # in it are the words that were shown
    ask(topics=(COMPARISON,), language="en", of_age=False, parent_email="vreemde@lezer.example")
    ask(topics=(COMPARISON,), language="en")

    assert Reader.objects.values().get() == before
    assert [(made.to.address, made.to.language) for made in proofs(NEWS)] == [("nina@lezer.example", "nl")]
    assert confirm(reader)
    assert [made.to.language for made in proofs(NEWS)] == ["en"]


def test_an_address_that_never_answers_is_forgotten_after_a_week(academy):
    silent, known = ask(), ask("klaas@lezer.example")
    confirm(known)
    with clock.at(clock.now() + timedelta(days=8)):
        assert actions.drop_unanswered(by=VISITOR) == 1
    assert list(Reader.objects.all()) == [known]
    assert not Choice.objects.filter(reader=silent.pk).exists()


# --- under sixteen -------------------------------------------------------------------------------------------------
def test_a_child_is_asked_first_and_then_a_parent(academy):
    reader = ask(of_age=False, parent_email="ouder@lezer.example")

    assert not confirm(reader)
    assert who() == []
    assert Message.objects.latest("id").to_address == "ouder@lezer.example"
    assert confirm(reader, PARENT)
    assert (steps(reader)[-1], who()) == ((NEWS, "given", "parent"), ["nina@lezer.example"])


def test_a_parent_is_asked_who_was_named_with_the_link_and_known_only_after_it(academy):
    reader = ask(of_age=False, parent_email="ouder@lezer.example")
    first = Asked(reader.id, reader.choices.get().together, OWN)
    ask(of_age=False, parent_email="vreemde@lezer.example")

    assert Reader.objects.get().parent_email == ""
    with pytest.raises(rules.LinkTooOld), attempt():
        actions.confirm_choices(first, by=VISITOR)
    assert "parent" not in " ".join(Message.objects.values_list("kind", flat=True))

    ask(of_age=False, parent_email=" Ouder@lezer.example")
    assert [confirm(reader), confirm(reader)] == [False, False]
    assert (Reader.objects.get().parent_email, Message.objects.latest("id").to_address) == ("ouder@lezer.example",) * 2


def test_who_is_known_to_be_a_child_needs_a_parent_whatever_they_tick(cast):
    actions.note_age(cast.learner, clock.today() - timedelta(days=365 * 14), by=CLERK)

    with pytest.raises(rules.ParentNeeded), attempt():
        give(cast.learner, NEWS)
    assert give(cast.learner, NEWS, parent_email="ouder@lezer.example")
    reader = Reader.objects.get(person=cast.learner)
    assert (who(), Message.objects.get().to_address) == ([], "ouder@lezer.example")
    confirm(reader, PARENT)
    assert who() == [cast.learner.email]


def test_what_a_child_gave_alone_stops_once_the_age_is_known(cast):
    give(cast.learner, NEWS)
    actions.note_age(cast.learner, clock.today() - timedelta(days=365 * 14), by=CLERK)

    assert (who(), choices_of(cast.learner)) == ([], {NEWS: "withdrawn"})


def test_of_a_grown_up_no_date_is_kept(cast):
    actions.note_age(cast.learner, date(1990, 1, 1), by=CLERK)

    assert Reader.objects.count() == 0
    assert rules.sixteenth_birthday(date(2084, 2, 29)) == date(2100, 3, 1)


# --- by signing in -------------------------------------------------------------------------------------------------
def test_a_person_who_signed_in_gives_and_withdraws_per_topic(cast):
    give(cast.learner, NEWS, COMPARISON)
    give(cast.learner, COMPARISON)

    assert choices_of(cast.learner) == {NEWS: "withdrawn", COMPARISON: "given"}
    assert (who(NEWS), who(COMPARISON)) == ([], [cast.learner.email])
    assert Message.objects.count() == 0


def test_to_say_the_same_again_adds_no_line(cast):
    for _ in range(3):
        give(cast.learner, NEWS)

    assert Choice.objects.count() == 1


def test_a_proof_is_made_for_who_consents_at_that_moment_and_for_nobody_else(cast):
    give(cast.learner, NEWS)
    reader = Reader.objects.get(person=cast.learner)
    made = proof(reader, NEWS)

    assert (made.to.address, made.topic, made.choice_id) == (cast.learner.email, NEWS, reader.choices.get().id)
    assert left_of(made.leave.rstrip("/").split("/")[-1]) == (reader, NEWS)
    assert proof(reader, COMPARISON) is None
    give(cast.learner)
    assert proof(reader, NEWS) is None


@pytest.mark.parametrize("state", ["left", "suspended", "erased"])
def test_who_left_or_is_restricted_gets_no_news(cast, state):
    give(cast.learner, NEWS)
    give(cast.colleague, NEWS)
    type(cast.learner).objects.filter(pk=cast.learner.pk).update(state=state)
    type(cast.learner).objects.filter(pk=cast.colleague.pk).update(restricted_at=clock.now())

    assert who() == []


# --- the mailbox ---------------------------------------------------------------------------------------------------
def test_a_mailbox_that_is_known_twice_gets_one_mail_and_is_stopped_as_one(cast):
    give(cast.learner, NEWS)
    reader = ask(cast.learner.email.upper())
    confirm(reader)
    assert len(who()) == 1

    actions.leave_topic(reader, NEWS, by=VISITOR)

    assert who() == []
    assert choices_of(cast.learner) == {NEWS: "withdrawn"}
    assert choices_now(reader) == {NEWS: "withdrawn"}


def test_what_was_subscribed_without_signing_in_is_stopped_after_signing_in(cast):
    confirm(ask(cast.learner.email))
    assert choices_of(cast.learner) == {NEWS: "given"}

    give(cast.learner)

    assert (who(), choices_of(cast.learner)) == ([], {NEWS: "withdrawn"})


# --- withdrawing ---------------------------------------------------------------------------------------------------
def test_withdrawing_is_in_force_at_once_and_again_changes_nothing(academy):
    reader = ask()
    confirm(reader)
    for _ in range(3):
        actions.leave_topic(reader, NEWS, by=VISITOR)

    assert (who(), steps(reader)[2:]) == ([], [(NEWS, "withdrawn", "mail")])
    assert is_suppressed(" Nina@LEZER.example", NEWS)
    assert [(e.operation, e.subject_id, e.purpose) for e in JournalEntry.objects.all()] == [
        ("consent_withdrawn", reader.id, NEWS)
    ]


def test_the_do_not_mail_list_holds_a_digest_and_no_address(academy):
    reader = ask()
    confirm(reader)
    actions.leave_topic(reader, NEWS, by=VISITOR)

    (row,) = Suppression.objects.values()
    assert "nina" not in str(row)
    assert len(row["key"]) == 64


def test_whoever_asks_again_later_is_let_through_again(academy):
    reader = ask()
    confirm(reader)
    actions.leave_topic(reader, ALL, by=VISITOR)
    assert is_suppressed(reader.address, "any")

    ask()
    assert who() == []
    confirm(reader)

    assert who() == [reader.address]
    assert not is_suppressed(reader.address, NEWS)


def test_an_objection_stops_all_news_without_weighing(cast):
    give(cast.learner, NEWS, COMPARISON)
    actions.object_to_marketing(cast.learner, language="nl", by=Actor.person(cast.learner.id))

    assert (who(NEWS), who(COMPARISON)) == ([], [])
    assert choices_of(cast.learner) == {NEWS: "withdrawn", COMPARISON: "withdrawn", ALL: "objected"}
    assert JournalEntry.objects.get().operation == "unsubscribed"


def test_an_objection_to_our_own_interest_is_announced_once_and_others_are_refused(cast, told):
    by = Actor.person(cast.learner.id)
    for _ in range(2):
        actions.object_to_purpose(cast.learner, "enrolment.employer_view", by=by)
    with pytest.raises(rules.NothingToObjectTo), attempt():
        actions.object_to_purpose(cast.learner, "enrolment.course", by=by)

    assert [(each.person_id, each.purpose) for each in told] == [(cast.learner.id, "enrolment.employer_view")]
    assert Choice.objects.count() == 1


# --- the office ----------------------------------------------------------------------------------------------------
def test_the_office_records_what_was_said_with_where_it_is_found_again(cast):
    by = Actor.person(cast.clerk.id, "office")
    said = {"channel": "phone", "language": "nl", "by": by}
    actions.record_choice(cast.learner, NEWS, given=True, reference="  gebeld  3 maart ", **said)
    line = Choice.objects.get()

    assert (line.step, line.reference, line.recorded_by) == ("given", "gebeld 3 maart", cast.clerk.id)
    assert who() == [cast.learner.email]
    actions.record_choice("klaas@lezer.example", NEWS, given=True, reference="formulier 2", **said)
    actions.record_choice(cast.learner, NEWS, given=False, reference="gebeld 4 maart", **said)
    assert who() == ["klaas@lezer.example"]


@pytest.mark.parametrize(
    ("topic", "reference", "refusal"),
    [(NEWS, " ", rules.NotOnPaper), ("consent.offer", "x", rules.UnknownTopic)],
)
def test_what_the_office_cannot_find_again_is_not_recorded(cast, topic, reference, refusal):
    with pytest.raises(refusal), attempt():
        actions.record_choice(
            cast.learner, topic, given=True, channel="phone", reference=reference, language="nl", by=CLERK
        )
    assert (Reader.objects.count(), Choice.objects.count()) == (0, 0)


# --- the ledger ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "statement",
    ["UPDATE choice SET step = 'given'", "DELETE FROM choice", "UPDATE wording SET text = 'x'", "DELETE FROM wording"],
)
def test_a_page_can_add_to_the_ledger_and_cannot_change_it(academy, statement):
    with edge(academy, as_web=True):
        reader = ask()
        confirm(reader)
        actions.leave_topic(reader, NEWS, by=VISITOR)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as c:
            c.execute(statement)
        assert len(steps(reader)) == 3


@pytest.mark.parametrize("people", [1, 3])
def test_who_wants_a_topic_is_read_in_one_query_whatever_their_number(academy, people, django_assert_num_queries):
    for number in range(people):
        confirm(ask(f"lezer{number}@lezer.example"))

    with django_assert_num_queries(1):
        assert len(list(readers_who_want(NEWS))) == people
