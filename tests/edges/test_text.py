"""Text comes out as it went in: a field keeps, shows and hands out what was typed, or refuses it in words."""

import csv
import html
import io
import random
import unicodedata
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from uuid import uuid4

import openpyxl
import pypdf
import pytest
from django.apps import apps
from django.db import connection, connections, models
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leerhuis.base.once import FIELD
from leerhuis.base.text import clean, tidy
from leerhuis.people.models import Person
from leerhuis.privacy.export import export_person
from leerhuis.results.paper.certificate import certificate_pdf
from leerhuis.ui.paper.press import Unprintable
from leerhuis.ui.sheets import harmless, sheet
from tests.edges.test_once import EFFECTIVE, TABLE, Sent
from tests.floors.access.asking import ask
from tests.floors.access.filling import Things
from tests.floors.access.world import World, undone

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "limits"])]

AWKWARD = (
    "Zoë", "Zoe\u0308 Nguye\u0302\u0303n", "مريم العلي", "שלום", "a\u202eb\u2066c", "  voor en na  ", "a\tb",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1f3\U0001f1f1", "een\r\ntwee\rdrie\nvier", "İIıi ßẞ ŁØĐÆ",
    "’t Veld & \"Zoon\" 'x'", "<script>alert(1)</script>", "{{ 7*7 }}{% now 'Y' %}", "z\u0351\u036b\u0343A\u0334\u0335",
    "=cmd|' /C calc'!A0", "+31 6 12345678", "-2+3", "@som", "100 %s %(x)s %n", "\u200bleeg\u200b", "\\0 \\n \\",
    "日本語テスト", "\U0001d518\U0001d52b", "\N{NO-BREAK SPACE}x", "[a](javascript:alert(1)) *b*",
    "'; DROP TABLE person; --",
)  # fmt: skip
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))
ANY_LETTER = [
    chr(code) for code in range(0x20, 0x1F800)
    if unicodedata.category(chr(code)) not in {"Cs", "Cc", "Cn", "Co"}
]  # fmt: skip
STRINGS = st.one_of(st.sampled_from(AWKWARD), st.text(LETTERS, min_size=1, max_size=24))
LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F, categories=("L", "Zs")), min_size=1)
EXAMPLES = settings(
    max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
ROUNDS = 3  # in each, all fields of a form are filled at once
MORE = 5  # strings in one text besides the first
ENOUGH = 1_000
WITH_PAGE = sorted(route for route in EFFECTIVE if "GET" in TABLE[route].methods and "POST" in TABLE[route].methods)
WITHOUT_PAGE = sorted(route for route in EFFECTIVE if "GET" not in TABLE[route].methods)
ROOM = 120  # letters in a text for a form that stands on a page of something else, where nothing says how many it takes
REFUSED = ("is-invalid", "invalid-feedback", "alert-danger", "alert-warning", "notice")
PASSES = {FIELD, "csrfmiddlewaretoken", "form_key"}
LINES = {
    "catalogue_office_course": {"outcomes"},
    "catalogue_office_course_add": {"outcomes"},
    "enrolment_employer_enrol": {"lines"},
    "organisations_office_enter": {"text"},
    "practice_add_question": {"objectives"},
    "practice_edit_question": {"objectives"},
    "practice_import": {"text"},
}


class TextFields(HTMLParser):
    """Finds the fields of a page into which a person types text, whatever form they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, int] = {}  # with how many letters each takes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "textarea" or (tag == "input" and said.get("type", "text") in {"text", "search"}):
            self.names[said.get("name") or ""] = int(said.get("maxlength") or 1000)


def text_fields(page: HttpResponse, form: Things) -> dict[str, int]:
    """Return the names of the text fields that the form sends, with how many letters each takes."""
    reader = TextFields()
    reader.feed(page.content.decode())
    return {name: most for name, most in sorted(reader.names.items()) if name in form.keys() - PASSES - {""}}


def forms(value: str) -> set[str]:
    """Return in which form the house may keep a text: on lines, or on one line."""
    return {clean(value), clean(value).strip(), tidy(value)}


OURS = "Q[0-9a-f]{6} "  # how every text begins that is sent here


@cache
def _statement() -> str:
    """Return one statement that finds every text of the house in which a mark of ours stands."""
    ours = (m for m in apps.get_models() if m.__module__.startswith("leerhuis."))
    name = connection.ops.quote_name
    return " UNION ALL ".join(
        f"SELECT {name(column.column)}::text FROM {name(model._meta.db_table)} WHERE {name(column.column)} ~ '{OURS}'"
        for model in ours
        for column in model._meta.get_fields()
        if isinstance(column, (models.CharField, models.TextField))
        and not column.choices
        and model._meta.app_label not in {"academies", "audit", "mail"}  # a mail is written from it, in Markdown
    )


def kept_texts(mark: str) -> set[str]:
    """Return what the house keeps of a text that was sent, in whatever column."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({_statement()}) AS found (said) WHERE said LIKE %s", [f"%{mark} %"])
        return {said for (said,) in cursor.fetchall()}


def strings_for(route: str, field: str) -> Iterator[str]:
    """Yield the same strings for a field each time: the awkward ones, each field beginning elsewhere, then any."""
    chance = random.Random(f"{route}.{field}")
    yield from chance.sample(AWKWARD, len(AWKWARD))
    while True:
        yield "".join(chance.choices(ANY_LETTER, k=chance.randint(1, 24)))


class Form:
    """One form of one route, whose text fields are filled, sent and looked at."""

    def __init__(self, world: World, route: str) -> None:
        self.sent = Sent(world, route)
        long = text_fields(self.sent.open(), self.sent.form)
        self.long = {field: most for field, most in long.items() if field not in LINES.get(route, set())}
        self.strings = {field: strings_for(route, field) for field in self.long}
        self.keeps: set[str] = set()  # the fields whose text was found in a column
        self.tried = 0

    def judge_all(self) -> None:
        """Fill all fields that take a text at once, round after round, and the others by themselves."""
        taking = self.taking()
        for _ in range(ROUNDS):
            self.fill(taking)
        for field in self.long.keys() - set(taking):
            self.fill([field])

    def taking(self) -> list[str]:
        """Return the fields that take a plain word: numbers, prices and codes do not."""
        everything = sorted(self.long)
        if everything and self.takes(everything):
            return everything
        return [field for field in everything if self.takes([field])]

    def takes(self, fields: list[str]) -> bool:
        """Whether a form takes a plain word in these fields; remembers which of them are kept as text."""
        texts = {field: f"{fresh_mark()} woord" for field in fields}
        with undone():
            if self.send(texts).status_code not in {302, 303}:
                return False
            self.keeps |= {field for field, text in texts.items() if kept_texts(mark_of(text))}
            return True

    def text_for(self, field: str) -> str:
        """Return a text with several strings in it, as many as the field has room for."""
        text = f"{fresh_mark()} {next(self.strings[field])}"
        self.tried += 1
        for _ in range(MORE):
            longer = f"{text} {next(self.strings[field])}"
            if len(longer) + longer.count("\n") > self.long[field]:
                break
            text, self.tried = longer, self.tried + 1
        return text

    def send(self, texts: dict[str, str]) -> HttpResponse:
        with connections["limits"].cursor() as cursor:
            cursor.execute("DELETE FROM tally")  # nobody sends so much in so short a time
        answer = self.sent.send(**texts, **{FIELD: str(uuid4())})
        assert answer.status_code < 500, f"{self.sent.row.route}: {texts!r}"
        return answer

    def fill(self, fields: list[str]) -> None:
        """Send a text in each of these fields; when the form is refused, each by itself, to see which and how."""
        texts = {field: self.text_for(field) for field in fields}
        with undone():
            taken = self.send(texts).status_code in {302, 303}
            if taken:
                self.see(texts)
        for field, text in texts.items() if not taken else ():
            self.judge(field, text)

    def judge(self, field: str, text: str) -> None:
        """Send one text in one field, and see that it is kept and shown as typed, or refused in words."""
        with undone():
            answer = self.send({field: text})
            if answer.status_code in {302, 303}:
                self.see({field: text})
            else:
                page = answer.content.decode()
                told = f"{self.sent.row.route}.{field}: {text!r} was neither taken nor refused ({answer.status_code})"
                assert any(sign in page for sign in REFUSED) or mark_of(text) in page, told

    def see(self, texts: dict[str, str]) -> None:
        """See that texts that were taken are kept and shown as typed."""
        page = html.unescape(self.sent.open().content.decode())
        for field, text in texts.items():
            kept, where = kept_texts(mark_of(text)), f"{self.sent.row.route}.{field}: {text!r}"
            assert kept & forms(text) or not (kept or field in self.keeps), f"{where} is kept as {kept}"
            if mark_of(text) in page:
                told = f"{where} is shown otherwise"
                assert any(form in page or form.replace("\n", " ") in page for form in forms(text)), told


class LooseForm(Form):
    """A form without a page of its own: it stands on that of something else, and its answer leads back there."""

    def __init__(self, world: World, route: str) -> None:
        self.sent = Sent(world, route)
        words = {field for field, value in self.sent.form.items() if isinstance(value, str)} - PASSES
        self.long = dict.fromkeys(sorted(words - LINES.get(route, set())), ROOM)
        self.strings = {field: strings_for(route, field) for field in self.long}
        self.keeps: set[str] = set()
        self.tried = 0

    def judge_all(self) -> None:
        """Fill each field that keeps a word as text, round after round; the others are choices, days and keys."""
        for field in self.taking():
            if field in self.keeps:
                for _ in range(ROUNDS):
                    with undone():
                        self.follow(field, self.text_for(field))

    def follow(self, field: str, text: str) -> None:
        """Send one text, go where the answer leads, and see it kept and shown as typed, or refused in words."""
        answer = self.send({field: text})
        if answer.status_code in {302, 303}:
            answer = ask(self.sent.browser(), "GET", answer["Location"])
        page = html.unescape(answer.content.decode())
        kept, where = kept_texts(mark_of(text)), f"{self.sent.row.route}.{field}: {text!r}"
        assert kept & forms(text) if kept else any(sign in page for sign in REFUSED), f"{where} is kept as {kept}"
        if kept and mark_of(text) in page:
            told = f"{where} is shown otherwise"
            assert any(form in page or form.replace("\n", " ") in page for form in forms(text)), told


def fresh_mark() -> str:
    """Return a word by which one text is found again."""
    return f"Q{uuid4().hex[:6]}"


def mark_of(text: str) -> str:
    """Return the word by which a text that was sent is found."""
    return text.split(" ", maxsplit=1)[0]


TRIED: dict[str, int] = {}
LOOSE: dict[str, set[str]] = {}  # of each form without a page: which fields keep text


@pytest.mark.parametrize("route", WITH_PAGE)
def test_each_text_field_keeps_and_shows_what_was_typed(route: str, here: World) -> None:
    with undone():
        form = Form(here, route)
        form.judge_all()
        TRIED[route] = form.tried
        assert form.tried >= len(form.long)


@pytest.mark.parametrize("route", WITHOUT_PAGE)
def test_each_text_of_a_form_on_another_page_is_kept_and_shown_as_typed(route: str, here: World) -> None:
    with undone():
        form = LooseForm(here, route)
        form.judge_all()
        LOOSE[route] = form.keeps
        assert form.tried >= ROUNDS * len(form.keeps)


def test_which_forms_on_other_pages_keep_text() -> None:
    """A control: the others have choices, days and keys only."""
    if LOOSE.keys() == set(WITHOUT_PAGE):
        keeping = {route: keeps for route, keeps in LOOSE.items() if keeps}
        assert keeping == {"practice_add_media": {"alt"}, "practice_comment": {"text"}}


def test_that_was_a_thousand_strings_at_least() -> None:
    if TRIED.keys() == set(WITH_PAGE):  # not when a part of the file was asked for
        assert sum(TRIED.values()) >= ENOUGH


@EXAMPLES
@given(value=STRINGS)
def test_a_name_is_the_same_in_the_database_on_the_page_and_in_every_export(here: World, value: str) -> None:
    with undone():
        sent = Sent(here, "people_my_details")
        answer = sent.send(last_name=value)
        if answer.status_code != 302:
            assert answer.context["form"].errors["last_name"] != []  # type: ignore[attr-defined]
            return
        learner = here.people["learner"]
        name = Person.objects.get(pk=learner.pk).last_name
        assert name == tidy(value)
        assert name in html.unescape(sent.open().content.decode())
        assert any(name in text for text in texts(export_person(learner.pk).as_dict()))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_text_comes_out_of_a_sheet_as_it_went_in(kind: str) -> None:
    chance = random.Random(kind)
    any_texts = ["".join(chance.choices(ANY_LETTER, k=24)) for _ in range(300)]
    kept = [clean(text) for text in (*AWKWARD, *any_texts)]
    read = rows_of(sheet("lijst", ["naam"], [[text] for text in kept], kind))
    assert read == [["naam"], *([harmless(text)] for text in kept)]


@settings(EXAMPLES, max_examples=12)
@given(value=st.one_of(st.sampled_from(["Zoe\u0308 Nguye\u0302\u0303n", "İIı ßẞ ŁØĐÆ", 'd’Ávila & "Zn" <b>']), LATIN))
def test_a_name_on_a_certificate_can_be_read_from_the_paper(here: World, value: str) -> None:
    certificate = here.things["certificate"]
    certificate.first_name, certificate.last_name = "", tidy(value) or "x"
    try:
        paper = certificate_pdf(certificate)
    except Unprintable:  # a letter that our fonts lack is refused in words, see the tests of paper
        return
    pages = pypdf.PdfReader(io.BytesIO(paper)).pages
    read = unicodedata.normalize("NFC", "".join(page.extract_text() for page in pages))
    assert "".join(certificate.name.split()) in "".join(read.split())


def texts(thing: object) -> Iterator[str]:
    """Yield every text in what was exported."""
    if isinstance(thing, dict):
        for value in thing.values():
            yield from texts(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from texts(value)
    else:
        yield str(thing)


def rows_of(answer: HttpResponse) -> list[list[object]]:
    """Read a sheet back, as a spreadsheet would."""
    content = b"".join(answer) if answer.streaming else answer.content
    if "csv" in answer["Content-Type"]:
        return [[row[0]] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[row[0].value] for row in book.worksheets[0].iter_rows()]
