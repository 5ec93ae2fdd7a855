"""The API of practice: what an app gets, one's own and nobody else's, and how it is told what went wrong."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerhuis.academies.queries import academy_by_key
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.edge import at_shared_tables
from leerhuis.base.ids import uuid7
from leerhuis.practice.actions.goals import set_goal
from leerhuis.practice.actions.media import add_media
from leerhuis.practice.composing import compose, load_of
from leerhuis.practice.models import Answer, Bank, Goal, Question, Round
from leerhuis.practice.queries import mastery_of
from leerhuis.practice.scheduling import review, scheduler_for
from leerhuis.practice.tests.calling import AT, App, said
from leerhuis.practice.tests.counting import own_queries
from leerhuis.practice.tests.factories import AUTHOR, SIX_KINDS, a_bank, access_for, many_questions, question
from leerhuis.practice.tests.pictures import PNG
from leerhuis.practice.views.marks import CALLS_IN_A_ROW
from leerhuis.ui.problems import MEDIA_TYPE

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def bank():
    return a_bank(text=many_questions(3, 10))


@pytest.fixture
def access(cast, bank):
    with clock.at(NOW - timedelta(days=20)):
        return access_for(cast.learner, bank, days=50)


@pytest.fixture
def app(academy, cast, bank, access):
    return App(academy, cast.learner, bank)


def test_an_app_sees_the_banks_that_are_open_to_its_person(academy, cast, app, bank):
    (told,) = app.get("banks").json()
    assert (told["id"], told["title"], told["questions"], told["seen"]) == (str(bank.id), "Privacy", 30, 0)
    assert told["until"] == "2027-02-13T12:00:00Z"
    for other in (cast.colleague, cast.stranger, cast.trainer, cast.clerk):
        assert App(academy, other, bank, second_factor=True).get("banks").json() == []


def test_a_round_has_all_that_is_needed_without_a_connection(academy, cast):
    bank = a_bank(title="Zes", text=SIX_KINDS)
    access_for(cast.learner, bank)
    app = App(academy, cast.learner, bank)
    told = app.get(f"{app.bank}round").json()
    assert told["parameters"] == list(scheduler_for().parameters)
    assert (told["retention"], told["again_after_seconds"], told["longest_days"]) == (0.9, 600, 365)
    by_id = {each["id"]: each for each in told["questions"]}
    assert by_id.keys() == {str(id) for id in Question.objects.filter(topic__bank=bank).values_list("id", flat=True)}
    single = by_id[str(question(bank, "Single").id)]
    assert (single["kind"], single["why"], single["topic"]["title"], single["card"]) == ("single", "new", "Rules", None)
    assert "Which law?" in single["stem_html"]
    shares = {
        option["text"]["text"]: (option["share"], option["text"]["html"]) for option in single["content"]["options"]
    }
    assert shares == {"AVG": (1.0, "AVG"), "KvK": (0.0, "KvK"), "GDPR": (0.5, "GDPR")}


def test_a_round_fills_up_to_the_number_with_what_comes_up_soonest(app, bank):
    first, second, *_rest = Question.objects.filter(topic__bank=bank)
    app.bring(said(first, at=NOW - timedelta(days=1)), said(second, "false", at=NOW - timedelta(hours=1)))
    told = app.get(f"{app.bank}round", size=200).json()["questions"]
    assert len(told) == 30
    assert (told[0]["id"], told[0]["why"]) == (str(second.id), "again")
    assert [each["id"] for each in told if each["why"] == "ahead"] == [str(first.id)]
    kept = next(each["card"] for each in told if each["id"] == str(first.id))
    memory = review(None, right=True, at=NOW - timedelta(days=1))
    assert (kept["stability"], kept["difficulty"], kept["state"]) == (memory.stability, memory.difficulty, 2)
    assert datetime.fromisoformat(kept["due_at"]) == memory.due_at
    assert len(app.get(f"{app.bank}round", size=7).json()["questions"]) == 7
    assert Round.objects.count() == 2  # those of the answers; taking along begins none


def test_a_round_takes_as_many_queries_for_one_question_as_for_all(app, bank):
    one, all_of_them = (own_queries(app.client, f"{AT}{app.bank}round?size={size}") for size in (1, 30))
    assert one == all_of_them == 6


def test_a_start_holds_in_one_call_what_the_other_calls_tell_and_the_round_that_the_server_would_ask(app, bank, access):
    first, *_rest = Question.objects.filter(topic__bank=bank)
    app.bring(said(first, "false", at=NOW - timedelta(hours=1)))
    told = app.get("start").json()
    assert told["banks"] == app.get("banks").json()
    assert told["days"] == app.get("days").json()["days"] == ["2027-01-14"]
    assert told["masteries"] == [app.get(f"{app.bank}mastery").json()]
    assert told["asks_reminders"] is False
    (begun,) = told["rounds"]
    asked = compose(access, load_of(access))
    assert [(each["id"], each["why"]) for each in begun["questions"]] == [(str(id), str(why)) for id, why in asked]
    assert len(asked) == told["banks"][0]["waiting"] == 12
    whole = app.get(f"{app.bank}round", size=200).json()
    assert {**begun, "questions": []} == {**whole, "questions": []}
    by_id = {each["id"]: each for each in whole["questions"]}
    assert all(by_id[each["id"]] == {**each, "why": by_id[each["id"]]["why"]} for each in begun["questions"])
    assert Round.objects.count() == 1  # that of the answer; a start begins none


def test_a_start_holds_rounds_of_the_first_few_banks_or_of_none(academy, cast):
    for title in ("One", "Two", "Three", "Four"):
        access_for(cast.learner, a_bank(title=title, text=many_questions(1, 2)))
    app = App(academy, cast.learner, Bank.objects.first())
    told = app.get("start").json()
    assert len(told["banks"]) == 4
    assert [each["bank"] for each in told["rounds"]] == [each["id"] for each in told["banks"][:3]]
    assert [each["bank"] for each in told["masteries"]] == [each["bank"] for each in told["rounds"]]
    bare = app.get("start", take=0).json()
    assert (bare["banks"], bare["rounds"], bare["masteries"]) == (told["banks"], [], [])
    assert app.get("start", take=4).status_code == 422


def test_a_start_is_empty_for_whoever_may_practise_nothing(academy, cast, bank):
    for other in (cast.colleague, cast.stranger):
        told = App(academy, other, bank).get("start").json()
        assert told == {"banks": [], "days": [], "rounds": [], "masteries": [], "asks_reminders": False}


def test_a_start_takes_as_many_queries_for_many_questions_as_for_few(academy, cast, app, access):
    few = a_bank(title="Few", text=many_questions(1, 1))
    access_for(cast.colleague, few)
    other = App(academy, cast.colleague, few)
    counted = [own_queries(each.client, f"{AT}start") for each in (other, app)]
    assert counted[0] == counted[1]


def test_no_to_being_asked_about_reminders_is_kept_once(cast, app):
    for day in (9, 8, 7):
        access_day = NOW - timedelta(days=day)
        app.bring(said(Question.objects.all()[day], at=access_day))
    assert app.get("start").json()["asks_reminders"] is True
    for _again in range(2):
        assert app.post("reminders/decline").status_code == 204
    assert app.get("start").json()["asks_reminders"] is False
    assert Note.objects.filter(verb="decline reminders", subject_person=cast.learner.id).count() == 1


def test_mastery_is_told_per_topic_with_the_forecast_of_the_exam(cast, app, bank, access):
    for asked in Question.objects.filter(topic__bank=bank, topic__title="Topic 1"):
        app.bring(said(asked))
    told = app.get(f"{app.bank}mastery").json()
    assert (told["percent"], told["seen"], told["exam_on"], told["exam"]) == (33, 10, None, None)
    assert [(each["title"], each["percent"]) for each in told["topics"]] == [
        ("Topic 0", 0), ("Topic 1", 100), ("Topic 2", 0),
    ]  # fmt: skip
    set_goal(access, exam_on=date(2027, 2, 1), retention=0.9, minutes=4, by=AUTHOR)
    told, known = app.get(f"{app.bank}mastery").json(), mastery_of(cast.learner, bank)
    assert (told["exam_on"], told["exam"]["percent"]) == ("2027-02-01", known.exam.percent)
    assert told["exam"]["low"] < told["exam"]["percent"] < told["exam"]["high"]
    assert [each["exam"]["percent"] for each in told["topics"]] == [each.exam.percent for each in known.topics]


def test_a_goal_is_set_changed_listed_and_let_go(app, bank):
    usual = {"bank": str(bank.id), "chosen": False, "exam_on": None, "planned_on": None, "retention": 0.9, "minutes": 4}
    assert app.get("goals").json() == [usual] == [app.get(f"{app.bank}goal").json()]
    chosen = app.put(f"{app.bank}goal", {"exam_on": "2027-03-01", "retention": 0.8, "minutes": 6}).json()
    assert chosen == usual | {
        "chosen": True, "exam_on": "2027-03-01", "planned_on": "2027-01-14", "retention": 0.8, "minutes": 6,
    }  # fmt: skip
    again = app.put(f"{app.bank}goal", {"exam_on": "2027-03-01", "retention": 0.8, "minutes": 6})
    assert (again.json(), Goal.objects.count()) == (chosen, 1)
    assert [app.delete(f"{app.bank}goal").status_code for _ in range(2)] == [204, 204]
    assert app.get("goals").json() == [usual]
    assert [note.verb for note in Note.objects.order_by("id") if "goal" in note.verb] == [
        "set goal", "set goal", "end goal",
    ]  # fmt: skip


def test_a_goal_that_is_let_go_gives_back_the_usual_dates(app, bank, access):
    asked = Question.objects.filter(topic__bank=bank).first()
    (usual,) = app.bring(said(asked))
    app.put(f"{app.bank}goal", {"retention": 0.97})
    assert access.cards.get().due_at != datetime.fromisoformat(usual["due_at"])
    app.delete(f"{app.bank}goal")
    assert access.cards.get().due_at == datetime.fromisoformat(usual["due_at"])


def test_an_odd_goal_is_refused_in_words_and_changes_nothing(app):
    refused = app.put(f"{app.bank}goal", {"exam_on": "2020-01-01"})
    assert (refused.status_code, refused["Content-Type"]) == (409, MEDIA_TYPE)
    assert "Choose a day from today on" in refused.json()["detail"]
    for wrong in ({"retention": 0.5}, {"minutes": 60}, {"exam_on": "soon"}, {"pace": 3}):
        assert app.put(f"{app.bank}goal", wrong).status_code == 422
    assert not Goal.objects.exists()


def test_a_picture_is_handed_out_as_long_as_the_bank_is_open(academy, cast, app, bank, access):
    media = add_media(bank, name="slot.png", alt="Een slot", content=PNG, by=AUTHOR)
    asked = question(bank, "0.0")
    Question.objects.filter(pk=asked.pk).update(
        stem="Is dit een slot? ![Een slot](media:slot.png)", stem_format="markdown"
    )
    told = next(each for each in app.get(f"{app.bank}round").json()["questions"] if each["id"] == str(asked.id))
    (shown,) = told["media"]
    assert (shown["name"], shown["alt"], shown["size"]) == ("slot.png", "Een slot", media.size)
    assert f'src="{shown["address"]}"' in told["stem_html"]
    fetched = app.client.get(shown["address"])
    assert (fetched.status_code, fetched.content, fetched["Content-Type"]) == (200, PNG, "image/png")
    other = App(academy, cast.stranger, bank)
    assert other.client.get(shown["address"]).status_code == 404
    access.until = NOW - timedelta(days=1)
    access.save()
    assert app.client.get(shown["address"]).status_code == 404


@pytest.mark.parametrize("call", ["round", "mastery", "goal"])
def test_what_is_not_ones_own_is_as_if_it_were_not_there(academy, cast, app, access, call):
    other = App(academy, cast.colleague, access.bank)
    foreign, missing = other.get(f"{other.bank}{call}"), other.get(f"banks/{uuid7()}/{call}")
    assert (foreign.status_code, foreign.json()) == (missing.status_code, missing.json()) == (404, foreign.json())
    access.until = NOW
    access.save()
    assert app.get(f"{app.bank}{call}").status_code == 404


def test_every_id_in_what_is_sent_may_be_exchanged_and_opens_nothing(academy, cast, app, bank):
    """The ids of another person's bank, question, answer and access, at each place where an id may stand."""
    other_bank = a_bank(title="Andere", text=many_questions(1, 3))
    theirs = access_for(cast.stranger, other_bank)
    stranger = App(academy, cast.stranger, other_bank)
    foreign = Question.objects.filter(topic__bank=other_bank).first()
    stranger.bring(said(foreign))
    answer, before = Answer.objects.get(), sorted(Answer.objects.values_list())
    ids = [foreign.id, other_bank.id, theirs.id, answer.id, answer.round_id, cast.stranger.id]
    for id in ids:
        assert app.get(f"banks/{id}/round").status_code == 404
        assert app.put(f"banks/{id}/goal", {}).status_code == 404
        at = f"{AT}banks/{id}/answers"
        sent = {"answers": [said(foreign)]}
        assert app.client.post(at, sent, content_type="application/json").status_code == 404
        assert app.fates(said(foreign, question=id)) == ["unknown"]
    assert sorted(Answer.objects.values_list()) == before
    mine = Question.objects.filter(topic__bank=bank).first()
    (kept,) = app.bring(
        said(mine, id=answer.key)
    )  # the id of another's answer is free for one's own, and tells nothing
    assert (kept["fate"], kept["question"]) == ("kept", str(mine.id))


def test_a_call_without_a_sign_in_or_with_a_wrong_token_is_told_so(academy, app):
    plain = Client(headers={"host": academy.main_host, "accept-language": "nl"})
    for headers in ({}, {"authorization": "Bearer lh_nonsense"}, {"authorization": f"Bearer {app.token[:-4]}AAAA"}):
        told = plain.get(f"{AT}banks", headers=headers)
        assert (told.status_code, told["WWW-Authenticate"], told["Content-Type"]) == (401, "Bearer", MEDIA_TYPE)
        assert (told["Content-Language"], told.json()["title"]) == ("nl", "Log eerst in")
    assert plain.get(f"{AT}banks", headers={"accept-language": "en"}).json()["title"] == "Sign in first"


def test_the_cookie_of_a_sign_in_works_too_with_the_mark_of_a_page(academy, cast, as_, app, bank):
    strict = Client(enforce_csrf_checks=True, headers={"host": academy.main_host})
    strict.cookies = as_(cast.learner).cookies
    assert strict.get(f"{AT}banks").status_code == 200
    asked = Question.objects.filter(topic__bank=bank).first()
    sent: dict[str, Any] = {"data": {"answers": [said(asked)]}, "content_type": "application/json"}
    at = f"{AT}{app.bank}answers"
    refused = strict.post(at, **sent)
    assert (refused.status_code, refused["Content-Type"], Answer.objects.count()) == (403, MEDIA_TYPE, 0)
    page = strict.get("/me/sign-ins/").content.decode()
    mark = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert strict.post(at, **sent, headers={"X-CSRFToken": mark}).status_code == 200
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[" * 50_000, "application/json", 400),
        ('{"answers": []}', "application/json", 422),
        ('{"answers": [{"id": 1}]}', "application/json", 422),
        ("answers=1", "application/x-www-form-urlencoded", 415),
        ('{"answers": []}', "text/plain", 415),
    ],
    ids=["broken", "deep", "empty", "no id", "form", "text"],
)
def test_what_cannot_be_read_is_told_as_a_problem(app, body, kind, status):
    told = app.client.post(f"{AT}{app.bank}answers", body, content_type=kind)
    assert (told.status_code, told["Content-Type"], told.json()["status"]) == (status, MEDIA_TYPE, status)


def test_what_does_not_fit_is_named_by_its_place(app, bank):
    asked = Question.objects.filter(topic__bank=bank).first()
    told = app.send(said(asked), said(asked) | {"at": "yesterday"}, said(asked, took_ms=-1)).json()
    assert [(each["at"], each["code"]) for each in told["errors"]] == [
        ("sent.answers.1.at", "datetime_from_date_parsing"),
        ("sent.answers.2.took_ms", "greater_than_equal"),
    ]


def test_more_than_five_hundred_answers_are_refused_and_none_is_kept(app, bank):
    asked = Question.objects.filter(topic__bank=bank).first()
    assert app.send(*(said(asked) for _ in range(501))).status_code == 422
    assert not Answer.objects.exists()


def test_another_method_is_refused_with_those_that_are_there(app):
    told = app.client.post(f"{AT}{app.bank}goal", {}, content_type="application/json")
    assert (told.status_code, set(told["Allow"].split(", "))) == (405, {"GET", "PUT", "DELETE"})
    assert told.json()["code"] == "method_not_allowed"


def test_who_calls_without_rest_has_to_wait(app):
    assert app.get(f"{app.bank}round", size=1).status_code == 200
    with connections["limits"].cursor() as cursor:
        cursor.execute("UPDATE tally SET value = %s WHERE value = '1'", [str(CALLS_IN_A_ROW - 1)])
    assert [app.get(f"{app.bank}round", size=1).status_code for _ in range(3)] == [200, 429, 429]
    told = app.get(f"{app.bank}round", size=1)
    assert (told["Content-Type"], int(told["Retry-After"]) > 0, told.json()["code"]) == (MEDIA_TYPE, True, "too_often")
    assert app.get("banks").status_code == 200


def test_an_academy_without_practice_has_no_api(app, choose, academy):
    choose(features=academy.settings.features.model_copy(update={"practice": False}))
    assert app.get("banks").status_code == 404
    assert app.client.get("/api/v1/openapi.json").status_code == 404


def test_another_academy_knows_no_token_from_here(app):
    with at_shared_tables():
        elsewhere = academy_by_key("kjenning")
    there = Client(headers={"host": elsewhere.main_host, "authorization": f"Bearer {app.token}"})
    assert there.get(f"{AT}banks").status_code == 401


def test_one_answer_takes_a_fixed_number_of_queries(app, bank):
    first, *rest = Question.objects.filter(topic__bank=bank)[:12]
    app.bring(said(first))
    with CaptureQueriesContext(connection) as one:
        app.bring(said(rest[0]))
    with CaptureQueriesContext(connection) as ten:
        app.bring(*(said(each) for each in rest[1:]))
    assert len(one) == len(ten)
