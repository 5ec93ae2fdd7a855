"""The pages that bring questions in and take them out: look first, then bring in; what does not go out is named."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from leerhuis.practice.exchange.drafts import read_gift
from leerhuis.practice.exchange.reading import read_file
from leerhuis.practice.models import Incoming, Media, Question
from leerhuis.practice.tests.factories import SIX_KINDS, a_bank, many_questions
from leerhuis.practice.tests.test_learner_pages import words

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0"
    b"\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
)


@pytest.fixture
def author(cast, as_):
    client = as_(cast.trainer)
    client.cookies["leerhuis_language"] = "en"
    return client


@pytest.fixture
def bank(academy):
    return a_bank()


def send(author, bank, name: str, content: bytes, topic: str = ""):
    file = SimpleUploadedFile(name, content)
    return author.post(f"/office/practice/{bank.id}/import/", {"file": file, "topic": topic})


def moodle_with_picture() -> bytes:
    import base64

    picture = base64.b64encode(PNG).decode()
    return f"""<?xml version="1.0"?><quiz><question type="truefalse"><name><text>Pictured</text></name>
    <questiontext format="html"><text><![CDATA[Is this red? <img src="@@PLUGINFILE@@/red%20dot.png"
    alt="a dot">]]></text>
    <file name="red dot.png" path="/" encoding="base64">{picture}</file></questiontext>
    <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
    <question type="stack"><name><text>Computed</text></name><questiontext><text>x</text></questiontext></question>
    </quiz>""".encode()


def test_a_file_is_first_looked_over_and_then_brought_in(author, academy):
    bank = a_bank(title="Target", text=many_questions(1, 1))
    text = SIX_KINDS + "\n::essay::Write. {}\n\n::broken::Which? {=a ~b\n"
    sent = send(author, bank, "six.gift", text.encode())
    look = author.get(sent.url)
    said = words(look)
    assert Question.objects.count() == 1
    for part in ("This is GIFT.", "6 comes in", "2 cannot come in", "without a model answer", "is not closed"):
        assert part in said
    done = author.post(sent.url, {"confirm": "1"})
    assert "6 questions were brought in." in words(done)
    assert "The brace { is not closed." in words(done)
    assert Question.objects.filter(source__startswith="six.gift:").count() == 6
    assert Incoming.objects.count() == 0
    assert author.post(sent.url, {"confirm": "1"}).status_code == 404
    again = author.get(send(author, bank, "six.gift", text.encode()).url)
    assert "6 is there already" in words(again)
    assert 'name="confirm"' not in again.content.decode()


def test_pasted_text_comes_in_as_a_file_does(author, bank):
    sent = author.post(
        f"/office/practice/{bank.id}/import/", {"text": "Which?\nA. one\nB. two\nANSWER: B", "topic": "T"}
    )
    assert "This is Aiken." in words(author.get(sent.url))
    author.post(sent.url)
    assert Question.objects.get(stem="Which?").topic.title == "T"


def test_the_look_is_filtered_by_what_becomes_of_an_item(author, bank):
    text = "// [id:a]\nNew {T}\n\nWrite. {}\n\n::Statement::A name is personal data. {TRUE#It is#Yes####Article 4}"
    address = send(author, bank, "x.gift", text.encode()).url
    rows = {fate: shown(author.get(f"{address}?fate={fate}")) for fate in ("", "new", "known", "left_out", "odd")}
    assert rows == {
        "": ["New", "Write.", "Statement"],
        "new": ["New"],
        "known": ["Statement"],
        "left_out": ["Write."],
        "odd": ["New", "Write.", "Statement"],
    }


def shown(page) -> list[str]:
    return [each.label for each in page.context["rows"]]


def test_many_items_are_shown_by_the_page(author, academy):
    bank = a_bank(title="Many", text=many_questions(1, 1))
    address = send(author, bank, "many.gift", many_questions(1, 130).encode()).url
    assert len(shown(author.get(address))) == 100
    assert len(shown(author.get(f"{address}?page=2"))) == 30


def test_a_changed_item_says_which_version_it_becomes(author, academy):
    bank = a_bank(title="Versions", text="// [id:q1]\nOld {T}")
    address = send(author, bank, "x.gift", b"// [id:q1]\nNew {T}").url
    assert "becomes a new version version 2" in words(author.get(address))
    author.post(address)
    assert list(Question.objects.values_list("stem", "version")) == [("New", 2)]


def test_a_picture_in_a_file_comes_into_the_bank_and_goes_out_with_it(author, bank):
    address = send(author, bank, "moodle.xml", moodle_with_picture()).url
    said = words(author.get(address))
    assert "computed anew each time" in said
    assert "stack 1" in said
    author.post(address)
    media = Media.objects.get()
    asked = Question.objects.get(title="Pictured")
    assert (media.alt, media.media_type, media.width) == ("a dot", "image/png", 1)
    assert f'src="media:{media.name}"' in asked.stem
    page = author.get(f"/office/practice/questions/{asked.id}/")
    assert 'alt="a dot"' in page.content.decode()
    out = author.get(f"/office/practice/{bank.id}/export/moodle/file/").content
    assert b"@@PLUGINFILE@@" in out
    again = author.get(send(author, bank, "again.xml", out).url)
    assert {item.fate for item in again.context["plan"].items} == {"known"}
    assert "It shows a picture" in words(author.get(f"/office/practice/{bank.id}/export/csv/"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"1. Which?\n - [x] a\n", "This is a Markdown list with tick boxes."),
        (b"PK\x03\x04zip", "This packed file is damaged."),
        (b"x" * (10 * 1024 * 1024 + 1), "This file is larger than 10 MB."),
        (b"", "There is nothing in it."),
        (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><quiz>&b;</quiz>", "DOCTYPE"),
    ],
)
def test_a_file_without_questions_is_refused_beside_the_field_and_not_kept(author, bank, content, told):
    page = send(author, bank, "x.txt", content)
    assert page.status_code == 200
    assert told in words(page)
    assert Incoming.objects.count() == 0


def test_nothing_chosen_is_told(author, bank):
    page = author.post(f"/office/practice/{bank.id}/import/", {"text": " ", "topic": ""})
    assert "Choose a file or paste a text." in words(page)


def test_a_file_that_brings_nothing_is_not_brought_in(author, bank):
    address = send(author, bank, "x.gift", b"Write. {}").url
    assert "confirm" not in author.get(address).content.decode()
    assert author.post(address).url == f"/office/practice/{bank.id}/import/"
    assert Question.objects.count() == 6


def test_a_bank_goes_out_in_each_form(author, bank):
    for form, name in (("moodle", "Moodle XML"), ("gift", "GIFT"), ("csv", "CSV")):
        assert f"6 questions in use go out as {name}" in words(author.get(f"/office/practice/{bank.id}/export/{form}/"))
        file = author.get(f"/office/practice/{bank.id}/export/{form}/file/")
        assert re.search(r'filename="privacy\.(xml|gift|csv)"', file["Content-Disposition"])
        read = read_file(file.content)
        assert [each.draft.title for each in read.items if each.draft] == [
            "Single",
            "Statement",
            "Several",
            "Typed",
            "Number",
            "Pairs",
        ]
    assert author.get(f"/office/practice/{bank.id}/export/pdf/").status_code == 404
    assert author.get(f"/office/practice/{bank.id}/export/pdf/file/").status_code == 404


def test_what_does_not_go_out_is_named_with_the_reason(author, academy):
    bank = a_bank(title="Gaps", text="question,kind,answer 1\nA [[1]] c,cloze,b\n")
    page = words(author.get(f"/office/practice/{bank.id}/export/gift/"))
    assert "0 questions in use go out as GIFT" in page
    assert "does not go out This form has no place for this kind of question." in page
    assert read_gift(author.get(f"/office/practice/{bank.id}/export/gift/file/").content.decode()) == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_itself_can_be_brought_in(author, bank, language, kind):
    author.cookies["leerhuis_language"] = language
    sent = author.get(f"/office/practice/template/{kind}/")
    heads = load_workbook(BytesIO(sent.content)).active[1] if kind == "xlsx" else []
    read = read_file(sent.content)
    assert [each.draft.kind.value for each in read.items if each.draft] == [
        "single",
        "multiple",
        "true_false",
        "short_text",
        "numeric",
        "matching",
        "ordering",
        "cloze",
        "open",
    ]
    assert len(read.items) == 9
    assert not heads or heads[3].value == {"nl": "vraag", "en": "question"}[language]


def test_a_template_of_another_kind_is_not_found(author, bank):
    assert author.get("/office/practice/template/pdf/").status_code == 404


def test_a_file_looked_over_for_one_bank_is_not_found_under_another(author, bank):
    other = a_bank("Other")
    address = send(author, bank, "x.gift", b"New {T}").url
    assert author.get(address.replace(str(bank.id), str(other.id))).status_code == 404


def test_only_authors_come_in(cast, as_, author, bank):
    address = send(author, bank, "x.gift", b"New {T}").url
    for person in (cast.learner, cast.colleague, cast.contact, cast.bookkeeper, cast.officer, cast.stranger):
        client = as_(person)
        pages = [address, f"/office/practice/{bank.id}/export/csv/file/", "/office/practice/template/csv/"]
        assert {client.get(page).status_code for page in pages} == {403}
        assert client.post(address).status_code == 403
    assert Question.objects.count() == 6
