"""What practice declares about people, held against what it does."""

from django.apps import apps

from leerhuis.base.ids import uuid7
from leerhuis.charter.checks import check_charter
from leerhuis.charter.declarations import Theme
from leerhuis.charter.foreign import subject_of
from leerhuis.charter.register import everything, purposes_of
from leerhuis.practice.actions.rounds import end_round, start_round
from leerhuis.practice.events import AccessGranted, AccessWithdrawn, QuestionChanged, QuestionsImported, RoundEnded
from leerhuis.practice.models import Answer, Card, Round
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, answer, question

ABOUT_PEOPLE = [
    "practice.Access",
    "practice.Answer",
    "practice.Bookmark",
    "practice.Card",
    "practice.Goal",
    "practice.Permit",
    "practice.Round",
]


def test_the_charter_finds_nothing_missing_here():
    assert [fault.msg for fault in check_charter() if "practice" in fault.msg] == []


ABOUT_AUTHORS = {"practice.BankAuthor": "practice.authoring", "practice.Comment": "practice.comments"}


ON_CONSENT = {
    "practice.ReminderPlan": "practice.reminding",
    "practice.PushDevice": "practice.reminding",
    "practice.Push": "practice.reminding",
    "practice.Reminder": "practice.reminded",
    "practice.DeviceReport": "practice.fault_reports",
    "practice.Player": "practice.challenge",
}


def test_what_the_app_does_on_consent_has_purposes_of_its_own_that_nobody_else_sees():
    for label, named in ON_CONSENT.items():
        ((declared, purpose),) = purposes_of(label)
        assert (declared.id, purpose.basis.letter) == (named, "a")
        assert {sight.audience.key for sight in purpose.seen_by} == {"signed_in"}


def test_exactly_the_tables_of_practising_are_about_learners_and_have_one_purpose():
    models = apps.get_app_config("practice").get_models()
    assert sorted(m._meta.label for m in models if subject_of(m)) == sorted(
        [*ABOUT_PEOPLE, *ABOUT_AUTHORS, *ON_CONSENT]
    )
    for label in ABOUT_PEOPLE:
        ((declared, purpose),) = purposes_of(label)
        assert declared.id == "practice.practising"
        assert [(s.audience.key, s.path) for s in purpose.seen_by] == [("signed_in", "person")]


def test_what_authors_do_together_has_purposes_of_its_own_which_other_authors_see():
    for label, named in ABOUT_AUTHORS.items():
        ((declared, purpose),) = purposes_of(label)
        assert declared.id == named
        assert [sight.audience.key for sight in purpose.seen_by] == ["signed_in", "authors"]


def test_the_statement_says_that_nobody_sees_practice_and_that_it_decides_nothing():
    measures = {each.id: each.declaration for each in everything() if each.package == "practice"}
    assert measures["practice.unseen"].promises == ("K6",)
    assert measures["practice.only_orders"].promises == ("L23",)
    assert getattr(measures["practice.only_orders"], "theme", None) is Theme.DECISIONS


def test_no_event_says_how_somebody_answered():
    fields = {event.__name__: set(event.__annotations__) for event in (AccessGranted, AccessWithdrawn, RoundEnded)}
    assert fields == {
        "AccessGranted": {"person_id", "bank_id"},
        "AccessWithdrawn": {"person_id", "bank_id"},
        "RoundEnded": {"person_id", "bank_id", "round_id"},
    }
    for event in (QuestionChanged, QuestionsImported):
        assert "person_id" not in event.__annotations__


def test_pages_show_nobody_how_the_learner_practises(cast, as_):
    bank = a_bank()
    access_for(cast.learner, bank)
    begun = start_round(cast.learner, bank, by=AUTHOR)
    answer(begun, "Typed", "canary-4711")
    end_round(begun, by=AUTHOR)
    others = [person for person in cast.everyone.values() if person != cast.learner]
    assert len(others) == 9
    for person in others:
        browser = as_(person)
        for address in (
            "/practice/",
            f"/practice/round/{begun.id}/",
            f"/practice/{bank.id}/",
            f"/practice/{bank.id}/goal/",
            "/office/practice/",
            f"/office/practice/{bank.id}/",
        ):
            page = browser.get(address).content.decode()
            assert "canary-4711" not in page
            assert cast.learner.last_name not in page
    assert (
        "canary-4711"
        in as_(cast.learner).get(f"/practice/round/{begun.id}/?after={question(bank, 'Typed').id}").content.decode()
    )


def test_everything_hangs_on_the_access_and_goes_with_it(cast):
    bank = a_bank()
    access = access_for(cast.learner, bank, because=uuid7())
    other = access_for(cast.colleague, bank)
    for each in (access, other):
        begun = start_round(each.person, bank, by=AUTHOR)
        answer(begun, "Single", "a")
    access.delete()
    for model in (Round, Card):
        assert [row.access_id for row in model.objects.all()] == [other.id]
    assert Answer.objects.get().round.access_id == other.id
