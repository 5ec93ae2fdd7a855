"""The statement is published in dated versions; what changed can be read, and everybody hears of it once."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.jobs import declared_jobs, declared_sweeps
from leerhuis.charter.declarations import Purpose
from leerhuis.charter.register import declared, in_force
from leerhuis.mail.models import Message
from leerhuis.people.models import Person
from leerhuis.privacy import actions, versions
from leerhuis.privacy.actions import statement as publishing
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.models import StatementVersion
from leerhuis.privacy.rules import NothingChanged, StatementMoved
from leerhuis.privacy.statement import Statement, compose, version

BY = Actor.operator()
MAILS = Message.objects.filter(kind="privacy.statement_changed")


@pytest.fixture
def publish(academy):
    return lambda **kept: actions.publish_statement(version(academy.settings), by=kept.get("by", BY))


@pytest.fixture
def answer_within(academy, choose):
    return lambda days: choose(rights=academy.settings.rights.model_copy(update={"answer_days": days}))


@pytest.fixture
def two(academy, answer_within, publish):
    """Two versions, a month apart: the second answers within 14 days instead of 28."""
    with clock.at(clock.now() - timedelta(days=30)):
        first = publish()
    answer_within(14)
    return first, publish()


def announce(published):
    declared_jobs()[publishing.ANNOUNCE].work(published.id)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_statement_that_was_kept_is_the_same_statement(academy, language):
    statement = compose(academy.settings, language)

    assert Statement.from_dict(statement.as_dict()) == statement


def test_until_something_is_published_the_live_text_counts_and_says_so(as_, academy):
    page = as_(None).get("/privacy/?lang=en").content.decode()

    assert "No version was published yet" in page
    assert versions.in_force(academy.settings, "en").since is None
    assert as_(None).get("/privacy/versions/").status_code == 200


def test_the_public_page_shows_the_version_that_was_published_with_its_date(as_, academy, answer_within, publish):
    with clock.at(clock.now().replace(year=2025, month=3, day=9, hour=12)):
        publish()
    answer_within(14)
    page = as_(None).get("/privacy/?lang=en").content.decode()
    told = as_(None).get("/privacy/statement.json?lang=nl").json()

    assert "Last changed on 9 March 2025" in " ".join(page.split())
    assert "within 28 days" in page
    assert "within 14 days" not in page
    assert told["published_at"].startswith("2025-03-09")
    assert "28 dagen" in str(told)


def test_what_became_different_is_told_sentence_by_sentence(two):
    first, second = two
    found = versions.differences(versions.text_of(first, "en"), versions.text_of(second, "en"))

    assert [(each.kind, each.id) for each in found] == [("changed", "privacy.request_by_mail")]
    assert [piece for piece in found[0].pieces if piece[0] != "same"] == [("gone", "28"), ("new", "14")]
    assert "".join(words for kind, words in found[0].pieces if kind != "new") == found[0].before
    assert "".join(words for kind, words in found[0].pieces if kind != "gone") == found[0].after


def test_what_was_added_and_removed_stands_where_it_is_read(academy):
    statement = compose(academy.settings, "nl")
    kept = statement.as_dict()
    sentences = kept["sections"][0]["sentences"]
    gone = sentences[1]
    kept["sections"][0]["sentences"] = [sentences[0], {"id": "x.new", "text": "Nieuw.", "promises": []}, *sentences[2:]]

    found = versions.differences(statement, Statement.from_dict(kept))

    assert [(each.kind, each.id, each.section) for each in found] == [
        ("removed", gone["id"], "Wie wij zijn"),
        ("added", "x.new", "Wie wij zijn"),
    ]
    assert versions.differences(statement, statement) == []


def test_the_first_version_tells_nobody(cast, publish):
    published = publish()
    announce(published)

    assert (published.announced_at is None, MAILS.count()) == (False, 0)


def test_everybody_hears_of_a_new_version_once(cast, two):
    reached = set(Person.objects.exclude(email=None).exclude(pk=cast.stranger.pk).values_list("id", flat=True))
    Person.objects.filter(pk=cast.stranger.pk).update(state=Person.State.ERASED, email=None)
    _first, second = two

    announce(second)
    announce(second)
    declared_sweeps()["privacy.announce_left"].work()
    second.refresh_from_db()

    assert list(MAILS.order_by("person").values_list("person", flat=True)) == sorted(reached)
    assert (second.told, second.announced_at is None) == (len(reached), False)
    mail = MAILS.get(person=cast.learner.id)
    assert f"/privacy/versions/{second.id}/" in mail.body
    assert "Uw rechten" in mail.body


def test_an_announcement_goes_on_where_it_stopped(cast, two, monkeypatch):
    monkeypatch.setattr(publishing, "AT_ONCE", 3)
    _first, second = two
    everybody = Person.objects.exclude(email=None).count()
    counts = []
    while not counts or counts[-1] == 3:
        counts.append(actions.announce_statement(second.id, by=BY))

    assert sum(counts) == everybody == MAILS.values("person").distinct().count() == MAILS.count()
    assert set(counts[:-1]) == {3}


def test_who_came_after_the_version_is_not_told_of_it(cast, two):
    _first, second = two
    Person.objects.filter(pk=cast.stranger.pk).update(created_at=second.created_at + timedelta(seconds=1))
    announce(second)

    assert not MAILS.filter(person=cast.stranger.id).exists()


def test_a_version_that_was_followed_by_another_is_announced_no_further(cast, two, answer_within, publish):
    _first, second = two
    answer_within(7)
    third = publish()
    announce(second)
    announce(third)

    assert set(MAILS.values_list("cause_id", flat=True)) == {third.id}


def test_the_same_text_is_not_published_twice(publish):
    publish()
    with pytest.raises(NothingChanged):
        publish()

    assert StatementVersion.objects.count() == 1


def test_a_text_that_changed_while_it_was_read_is_not_published(academy, answer_within):
    seen = version(academy.settings)
    answer_within(7)
    with pytest.raises(StatementMoved):
        actions.publish_statement(seen, by=BY)

    assert (StatementVersion.objects.count(), Note.objects.filter(verb="publish statement").count()) == (0, 0)


def test_by_night_what_was_published_is_compared_with_what_holds(as_, cast, answer_within, publish):
    compare = declared_sweeps()["privacy.compare_statement"].work
    compare()
    published = publish()
    compare()
    published.refresh_from_db()
    calm = published.differs_since
    answer_within(9)
    compare()
    published.refresh_from_db()
    page = as_(cast.officer).get("/office/privacy/", headers={"accept-language": "en"}).content.decode()

    assert calm is None
    assert published.differs_since == clock.now()
    assert "The published statement is not what holds now" in page or "niet wat nu geldt" in page


def test_the_officer_sees_what_changes_and_who_is_told_and_publishes(as_, cast, answer_within, publish):
    publish()
    answer_within(14)
    client = as_(cast.officer)
    page = client.get("/office/privacy/publish/")
    people = Person.objects.exclude(email=None).count()

    assert page.context["people"] == people
    assert [each.id for each in page.context["different"]["nl"]] == ["privacy.request_by_mail"]
    assert [letter.to.language for letter in page.context["letters"]] == ["nl", "en"]
    assert MAILS.count() == 0

    client.post("/office/privacy/publish/", {"mark": page.context["mark"]}, follow=True)
    newest = versions.last_version()
    assert (newest.published_by, newest.nl["language"]) == (cast.officer.id, "nl")
    assert client.get("/office/privacy/publish/").context["different"] == {}


def test_a_stale_page_publishes_nothing(as_, cast, publish):
    client = as_(cast.admin)
    client.post("/office/privacy/publish/", {"mark": "0" * 64})

    assert StatementVersion.objects.count() == 0


def test_anybody_reads_earlier_versions_and_what_changed(as_, two):
    first, second = two
    visitor = as_(None)
    page = visitor.get(f"/privacy/versions/{second.id}/?lang=en").content.decode()
    older = visitor.get(f"/privacy/versions/{first.id}/?lang=en").content.decode()

    assert "<del>" in page
    assert "<ins>" in page
    assert "<del>" not in older
    assert visitor.get("/privacy/versions/00000000-0000-7000-8000-000000000000/").status_code == 404
    assert visitor.get("/privacy/versions/").content.decode().count("/privacy/versions/0") >= 2


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_statement_on_paper_is_accessible_and_holds_every_sentence(as_, academy, two, language):
    first, second = two
    paper = as_(None).get(f"/privacy/statement.pdf?lang={language}").content
    read = PdfReader(BytesIO(paper))
    text = " ".join("".join(page.extract_text() for page in read.pages).split())

    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"].startswith(language)
    squeezed = text.replace(" ", "").replace("-", "").replace("\u00ad", "")
    lost = [
        each.id
        for section in versions.text_of(second, language).sections
        for each in section.sentences
        if each.text.replace(" ", "").replace("-", "")[:60] not in squeezed
    ]
    assert lost == []
    assert paper == as_(None).get(f"/privacy/statement.pdf?lang={language}").content
    assert paper != as_(None).get(f"/privacy/versions/{first.id}/statement.pdf?lang={language}").content


def test_the_record_of_processing_has_a_full_line_for_each_purpose(as_, cast, academy):
    client = as_(cast.officer)
    found = client.get("/office/privacy/record/").context["lines"]
    book = load_workbook(BytesIO(client.get("/office/privacy/record/?export=xlsx").content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))

    assert {line.id for line in found} == {each.id for each, _ in in_force(Purpose, Facts(academy.settings))}
    assert [row[0] for row in rows[1:]] == [line.id for line in found]
    empty = [line.id for line in found if not (line.basis and line.data and line.readers and line.term)]
    assert empty == []
    assert all(row[-1] for row in rows[1:])


def test_each_purpose_says_whose_data_it_concerns():
    assert [f"{each.id}: name its groups in `whose`" for each, purpose in declared(Purpose) if not purpose.whose] == []
