"""Certificates and attendance lists on paper: accessible, complete, always the same bytes."""

from io import BytesIO

import pytest
from django.utils.translation import override
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from leerhuis.academies.letterhead import letterhead
from leerhuis.audit.actor import Actor
from leerhuis.catalogue.models import Lesson
from leerhuis.results.actions import issue_certificate
from leerhuis.results.models import Certificate
from leerhuis.results.paper.attendance_list import attendance_list_pdf
from leerhuis.results.paper.certificate import certificate_pdf
from leerhuis.results.tests.factories import DAY, MORNING, make_group, make_run, make_venue, passed
from leerhuis.ui.colour import contrast
from leerhuis.ui.paper.press import PressFault, Unprintable, fonts, press, refuse_unprintable

NAMES = [
    "Ça\u011fr\u0131 Y\u0131ld\u0131z-Öztürk",
    "Łukasz Wiśniewski",
    "Nguyễn Thị Ánh Tuyết",
    "Владимир Ющенко",
    "Γεώργιος Παπαδόπουλος",
    "Ștefan Țăran",
    "IJsbrand Ïrène d’Ancona",
]


@pytest.fixture
def certificate(cast) -> Certificate:
    group = make_group(cast.learner, trainer=cast.trainer)
    passed(group, cast.trainer, cast.clerk)
    return issue_certificate(group.enrolments[0], by=Actor.person(cast.clerk.id, "clerk"))


def read(paper: bytes) -> PdfReader:
    return PdfReader(BytesIO(paper))


def text_of(paper: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(paper).pages).split())


def elements(paper: bytes) -> list[DictionaryObject]:
    """Return every element of the structure tree of a PDF."""
    found, waiting = [], [read(paper).trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        each = waiting.pop(0)
        each = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, DictionaryObject) and "/S" in each:
            found.append(each)
            waiting.append(each.get("/K", []))
    return found


def test_a_certificate_says_what_was_earned(certificate):
    said = text_of(certificate_pdf(certificate))

    for words in (
        "LEFFECTIEF verklaart dat",
        "Lena de Leerling",
        "heeft deelgenomen aan en met goed gevolg heeft afgerond",
        "Privacy op het werk",
        "3 juni 2027",
        "12,5 uur",
        certificate.number,
        "leffectief.localhost",
        "KvK 00000001",
    ):
        assert words in said
    assert "PE-punten" not in said
    assert len(read(certificate_pdf(certificate)).pages) == 1


def test_points_stand_with_the_name_of_their_register(certificate):
    certificate.points, certificate.register = 6, "branch"

    said = text_of(certificate_pdf(certificate))

    assert "PE-punten 6 Register Brancheregister" in said


def test_a_certificate_is_in_the_language_of_its_course_whoever_reads(certificate):
    with override("en"):
        assert "heeft deelgenomen" in text_of(certificate_pdf(certificate))
    certificate.language = "en"
    with override("nl"):
        paper = certificate_pdf(certificate)

    assert "took part in and successfully completed" in text_of(paper)
    assert read(paper).trailer["/Root"]["/Lang"] == "en"


def test_a_certificate_can_be_read_by_a_screen_reader(certificate):
    paper = certificate_pdf(certificate)
    root = read(paper).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    kinds = [each["/S"] for each in elements(paper)]
    assert kinds.count("/H1") == 1
    spoken = [str(each["/Alt"]) for each in elements(paper) if "/Alt" in each]
    assert spoken == [
        "Beeldmerk van LEFFECTIEF",
        "QR-code naar de pagina waar dit certificaat te controleren is",
    ]


def test_a_certificate_declares_what_it_keeps_to(certificate):
    declared = read(certificate_pdf(certificate)).xmp_metadata
    assert declared is not None
    raw = certificate_pdf(certificate)

    assert b"<pdfuaid:part>1</pdfuaid:part>" in raw
    assert b"<pdfaid:part>2</pdfaid:part>" in raw
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in raw
    assert declared.dc_title["x-default"] == "Certificaat Privacy op het werk, Lena de Leerling"
    assert declared.dc_creator == ["LEFFECTIEF"]


@pytest.mark.parametrize("accent", ["#0a6b63", "#ffe14d", "#000000"])
def test_any_accent_can_be_read_on_paper(academy, accent):
    look = academy.settings.look.model_copy(update={"accent": accent})

    head = letterhead(academy.settings.model_copy(update={"look": look}))

    assert contrast(str(head["accent"]), "#ffffff") >= 4.5


def test_initials_are_drawn_as_they_are_written(certificate, academy):
    look = academy.settings.look.model_copy(update={"initials": "A&B"})

    head = letterhead(academy.settings.model_copy(update={"look": look}))
    values = {"title": "-", "language": "nl", "academy": head, "course": "-", "facts": [], "names": []}
    words = dict.fromkeys(("list", "nr", "name", "signature", "nobody", "destroy"), "-")

    assert press("results/paper/attendance_list.typ", {**values, "words": words}, moment=MORNING).startswith(b"%PDF-")


def test_the_same_certificate_is_the_same_file(certificate):
    assert certificate_pdf(certificate) == certificate_pdf(Certificate.objects.get(pk=certificate.pk))


def test_every_font_travels_in_the_file(certificate):
    page = read(certificate_pdf(certificate)).pages[0]
    used = [font.get_object() for font in page["/Resources"]["/Font"].values()]

    assert used
    for font in used:
        (inner,) = font["/DescendantFonts"]
        descriptor = inner.get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_all_kinds_can_be_set(certificate, name):
    certificate.first_name, certificate.last_name = name.split(" ", 1)

    assert name.replace("’", "'") in text_of(certificate_pdf(certificate)).replace("’", "'")


def test_a_very_long_name_and_course_stay_on_one_page(certificate):
    certificate.first_name = "Maria-Magdalena Wilhelmina " * 4
    certificate.last_name = "van der Heuvel-Rijnders tot Verwolde " * 4
    certificate.course_title = "Permanente educatie voor adviseurs in schadeverzekeringen " * 2

    assert len(read(certificate_pdf(certificate)).pages) == 1


def test_a_character_that_no_font_has_is_named(certificate):
    with pytest.raises(Unprintable) as refusal:
        refuse_unprintable("Yamada 山田 🙂")

    assert refusal.value.characters == "山田🙂"
    assert "山 田 🙂" in str(refusal.value)


def test_what_people_typed_is_text_and_never_typst(certificate):
    certificate.last_name = '#panic("x") *bold* $x^2$ <label> \\ "quoted"'

    assert '#panic("x") *bold*' in text_of(certificate_pdf(certificate))


def test_a_fault_in_a_template_is_no_refusal():
    with pytest.raises(PressFault):
        press("results/paper/certificate.typ", {}, moment=MORNING)


def test_the_fonts_of_the_house_are_those_of_the_packages():
    assert {"Figtree", "Noto Sans", "Libertinus Serif"} <= set(fonts().families())


def test_an_attendance_list_holds_names_and_room_to_sign(cast):
    run = make_run(trainer=cast.trainer, venue=make_venue())
    lesson = Lesson.objects.select_related("run__course", "venue").get(run=run)

    # Noto Sans sets "ị" from two glyphs with the letter beside them, which the reader of this test does not look at.
    names = [name.replace("Thị ", "") for name in NAMES]

    paper = attendance_list_pdf(lesson, names, ["Tara Trainer"])

    said = text_of(paper)
    for words in (
        *names,
        "Presentielijst",
        "De Hof, Zwolle",
        run.code,
        "9.30–16.00 uur",
        "Tara Trainer",
        "Handtekening",
    ):
        assert words.replace("’", "'") in said.replace("’", "'")
    kinds = [each["/S"] for each in elements(paper)]
    assert (kinds.count("/Table"), kinds.count("/TH")) == (1, 3)
    assert len(read(paper).pages) == 1


@pytest.mark.parametrize("where", ["learner", "trainer", "course", "lesson", "room"])
def test_a_letter_that_cannot_be_printed_keeps_no_group_from_signing(cast, where):
    run = make_run(trainer=cast.trainer, venue=make_venue())
    lesson = Lesson.objects.select_related("run__course", "venue").get(run=run)
    said = {each: f"Anna \U000133f2 {each}" if each == where else "Anna" for each in ("learner", "trainer")}
    if where == "course":
        lesson.run.course.title = "Schrift \U000133f2"
    elif where in {"lesson", "room"}:
        setattr(lesson, {"lesson": "title", "room": "room"}[where], "Zaal \U000133f2")

    paper = attendance_list_pdf(lesson, [said["learner"]], [said["trainer"]])

    assert "?" in text_of(paper)


def test_a_long_list_repeats_its_head_and_counts_its_pages(cast):
    run = make_run(DAY, trainer=cast.trainer)
    lesson = Lesson.objects.select_related("run__course", "venue").get(run=run)

    paper = attendance_list_pdf(lesson, NAMES * 6, [])

    pages = [page.extract_text() for page in read(paper).pages]
    assert len(pages) == 3
    assert all("Handtekening" in page for page in pages)
    assert "3 / 3" in pages[2]


def test_one_name_without_letters_does_not_keep_a_group_from_signing(cast):
    run = make_run(DAY, trainer=cast.trainer)
    lesson = Lesson.objects.select_related("run__course", "venue").get(run=run)

    said = text_of(attendance_list_pdf(lesson, ["Yamada 山田", "Anna van der Berg"], []))

    assert "Yamada ??" in said
    assert "Anna van der Berg" in said
