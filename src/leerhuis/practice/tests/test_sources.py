"""Sources and learning goals: named in questions; when a source changes its questions rest, and it is told once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.practice.actions.content import change_question, import_bank
from leerhuis.practice.actions.releasing import release_question, send_back
from leerhuis.practice.actions.rounds import start_round
from leerhuis.practice.actions.sources import (
    add_source,
    change_objective,
    change_source,
    declare_changed,
    declare_ended,
    remove_source,
)
from leerhuis.practice.composing import compose, load_of
from leerhuis.practice.models import Access, Aim, Card, Objective, Question, Source
from leerhuis.practice.queries import draft_of, retired_for, round_stand
from leerhuis.practice.rules import ObjectiveTaken, SourceEnded, SourceTaken, StillUsed
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, answer, question
from leerhuis.practice.tests.test_learner_pages import words

TODAY = date(2027, 1, 14)


@pytest.fixture
def bank(academy):
    return a_bank()


@pytest.fixture
def source(bank):
    """A source on which two questions rest."""
    for title in ("Single", "Statement"):
        rest(bank, title, "GDPR, article 4")
    return Source.objects.get()


def rest(bank, title, name, objectives=()):
    asked = question(bank, title)
    draft = replace(draft_of(asked), rests_on=name, objectives=objectives)
    change_question(asked, draft, version=asked.version, by=AUTHOR)


def test_a_source_is_made_by_naming_it_and_found_again_whatever_its_capitals(bank):
    rest(bank, "Single", "GDPR,  article 4")
    rest(bank, "Statement", "gdpr, article 4")
    assert list(Source.objects.values_list("name", flat=True)) == ["GDPR, article 4"]
    rest(bank, "Single", "")
    assert question(bank, "Single").rests_on is None


def test_goals_are_made_by_writing_them_and_let_go_by_taking_them_out(bank):
    rest(bank, "Single", "", ("Knows the law", "knows the LAW", "Finds it"))
    rest(bank, "Statement", "", ("Finds it",))
    assert draft_of(question(bank, "Single")).objectives == ("Knows the law", "Finds it")
    rest(bank, "Single", "", ("Finds it",))
    assert (Objective.objects.count(), Aim.objects.count()) == (2, 2)
    first, other = Objective.objects.order_by("position")
    with pytest.raises(ObjectiveTaken):
        change_objective(first, title="finds IT", by=AUTHOR)
    change_objective(other, title="Finds it at once", by=AUTHOR)
    assert draft_of(question(bank, "Single")).objectives == ("Finds it at once",)


def test_when_a_source_changes_its_questions_leave_every_round_at_once(cast, bank, source):
    access = access_for(cast.learner, bank)
    in_round = start_round(cast.learner, bank, by=Actor.person(cast.learner.id))
    assert round_stand(in_round).total == 6
    assert declare_changed(source, on=TODAY, by=AUTHOR) == 2
    assert round_stand(in_round).total == 4
    assert len(compose(access, load_of(access))) == 4
    assert declare_changed(source, on=TODAY, by=AUTHOR) == 0
    assert set(Question.objects.filter(state="retired").values_list("title", flat=True)) == {"Single", "Statement"}


def test_a_question_that_was_revised_waits_until_it_is_released(cast, bank, source):
    declare_changed(source, on=TODAY, by=AUTHOR)
    rest(bank, "Single", "GDPR, article 4")
    asked = question(bank, "Single")
    assert asked.is_retired
    release_question(asked, by=AUTHOR)
    asked.refresh_from_db()
    assert (asked.is_released, asked.retired_at) == (True, None)


def test_who_has_met_one_reads_so_once(cast, as_, bank, source):
    access_for(cast.learner, bank)
    access_for(cast.colleague, bank)
    in_round = start_round(cast.learner, bank, by=Actor.person(cast.learner.id))
    answer(in_round, "Single", "a")
    declare_changed(source, on=TODAY, by=AUTHOR)
    assert [(r.bank, r.source, r.count) for r in retired_for(cast.learner)] == [("Privacy", "GDPR, article 4", 1)]
    assert retired_for(cast.colleague) == []
    client = as_(cast.learner)
    client.cookies["leerhuis_language"] = "en"
    told = "Privacy: 1 question that you have met is out of the rounds, because GDPR, article 4 has changed."
    assert told in words(client.get("/practice/"))
    assert told in words(client.get("/today/"))
    retired = [{"bank": "Privacy", "source": "GDPR, article 4", "count": 1}]
    assert client.get("/practice/app/about/").json()["retired"] == retired
    assert client.post("/practice/read/").url == "/practice/"
    assert told not in words(client.get("/practice/"))
    assert told not in words(client.get("/today/"))
    assert client.get("/practice/app/about/").json()["retired"] == []
    assert Access.objects.get(person=cast.colleague).told_at is None
    with clock.at(clock.now() + timedelta(days=1)):
        release_question(question(bank, "Single"), by=AUTHOR)
        declare_changed(source, on=TODAY, by=AUTHOR)
        assert [r.count for r in retired_for(cast.learner)] == [1]


@pytest.mark.parametrize(
    "dated",
    [(None, "Source: GDPR, article 4 (as of 14 January 2027)"), (date(2030, 5, 31), "(holds until 31 May 2030)")],
)
def test_an_explanation_names_its_source_with_a_date(cast, as_, bank, source, dated):
    valid_until, told = dated
    access_for(cast.learner, bank)
    with clock.at(datetime(2027, 1, 14, 12, tzinfo=UTC)):
        rest(bank, "Number", "GDPR, article 4")
        Question.objects.update(created_at=clock.now())
    change_source(source, name=source.name, address="https://law.example/4", valid_until=valid_until, by=AUTHOR)
    in_round = start_round(cast.learner, bank, by=Actor.person(cast.learner.id))
    answer(in_round, "Number", "4")
    client = as_(cast.learner)
    client.cookies["leerhuis_language"] = "en"
    page = client.get(f"/practice/round/{in_round.id}/?after={question(bank, 'Number').id}")
    assert told in words(page)
    assert 'href="https://law.example/4"' in page.content.decode()


def test_what_was_revised_and_released_is_told_no_more(cast, bank, source):
    access_for(cast.learner, bank)
    answer(start_round(cast.learner, bank, by=Actor.person(cast.learner.id)), "Single", "a")
    declare_changed(source, on=TODAY, by=AUTHOR)
    release_question(question(bank, "Single"), by=AUTHOR)
    assert (retired_for(cast.learner), Card.objects.count()) == ([], 1)


def test_a_source_has_a_name_of_its_own_and_stays_while_something_rests_on_it(source):
    with pytest.raises(SourceTaken):
        add_source(name="gdpr, article 4", by=AUTHOR)
    with pytest.raises(StillUsed):
        remove_source(source, by=AUTHOR)
    remove_source(add_source(name="Other", by=AUTHOR), by=AUTHOR)
    assert Source.objects.count() == 1


def test_an_author_names_changes_and_declares_on_pages(cast, as_, bank, source):
    client = as_(cast.trainer)
    client.cookies["leerhuis_language"] = "en"
    made = client.post(
        "/office/practice/sources/add/",
        {"name": "AVG 5", "address": "https://example.org", "valid_until": "2026-01-01"},
    )
    assert "past" in words(client.get("/office/practice/sources/"))
    assert "There is already a source" in words(client.post(made.url, {"name": "GDPR, article 4"}))
    address = f"/office/practice/sources/{source.id}/"
    said = words(client.post(f"{address}changed/", {"on": "2027-01-14"}, follow=True))
    assert "2 questions left the rounds." in said
    assert said.count("source changed") == 2
    single = question(bank, "Single")
    assert "has changed, so learners do not meet" in words(client.get(f"/office/practice/questions/{single.id}/"))
    client.post(f"/office/practice/questions/{single.id}/state/", {"state": "released"})
    assert question(bank, "Single").is_released
    assert client.post(f"{address}changed/", {"on": "soon"}).status_code == 422
    client.post(f"{made.url}remove/")
    assert Source.objects.get() == source


def test_a_file_that_names_no_source_leaves_it_as_it_is(bank):
    import_bank(bank, "// [id:q9]\n::Nine::Old {T}", source="x", by=AUTHOR)
    rest(bank, "Nine", "GDPR, article 9", ("Knows nine",))
    import_bank(bank, "// [id:q9]\n::Nine::New {T}", source="x", by=AUTHOR)
    after = draft_of(question(bank, "Nine"))
    assert (after.stem.text, after.rests_on, after.objectives) == ("New", "GDPR, article 9", ("Knows nine",))


def test_goals_are_listed_and_worded_anew(cast, as_, bank):
    client = as_(cast.trainer)
    client.cookies["leerhuis_language"] = "en"
    address = f"/office/practice/{bank.id}/objectives/"
    assert "No learning goals yet" in words(client.get(address))
    rest(bank, "Single", "", ("Knows the law",))
    assert "Knows the law 1 question" in words(client.get(address))
    goal = Objective.objects.get()
    one = f"/office/practice/objectives/{goal.id}/"
    assert "Which law?" in words(client.get(one)) or "Single" in words(client.get(one))
    client.post(one, {"title": "Knows it"})
    goal.refresh_from_db()
    assert goal.title == "Knows it"


def test_what_rests_on_a_source_that_has_ended_is_not_taken_into_use_as_if_it_held(bank, source):
    rest(bank, "Typed", "Old law")
    old = Source.objects.get(name="Old law")
    change_source(old, name=old.name, address="", valid_until=clock.today() - timedelta(days=1), by=AUTHOR)
    send_back(question(bank, "Typed"), by=AUTHOR)
    with pytest.raises(SourceEnded):
        release_question(question(bank, "Typed"), by=AUTHOR)
    assert question(bank, "Typed").state == "draft"
    sheet = "title,question,right,rests on\nNew,Does it hold?,true,old LAW\n"
    import_bank(bank, sheet, source="x", by=AUTHOR)
    rest(bank, "Several", "Old law")
    assert {question(bank, title).state for title in ("New", "Several")} == {"retired"}
    change_source(old, name=old.name, address="", valid_until=clock.today(), by=AUTHOR)
    release_question(question(bank, "Typed"), by=AUTHOR)
    assert question(bank, "Typed").is_released


def test_when_the_last_day_of_a_source_is_past_its_questions_leave_by_themselves_once(bank, source):
    last = clock.today()
    change_source(source, name=source.name, address="", valid_until=last, by=AUTHOR)
    assert declare_ended(by=AUTHOR) == 0

    change_source(source, name=source.name, address="", valid_until=last - timedelta(days=1), by=AUTHOR)
    assert declare_ended(by=AUTHOR) == 1
    source.refresh_from_db()
    assert source.changed_on == last
    assert set(Question.objects.filter(state="retired").values_list("title", flat=True)) == {"Single", "Statement"}

    release_question(question(bank, "Single"), by=AUTHOR)
    assert declare_ended(by=AUTHOR) == 0
    assert not question(bank, "Single").is_retired
