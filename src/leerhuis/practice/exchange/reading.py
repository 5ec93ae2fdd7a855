"""Reading a file of questions, whatever form it has: the form is found in the content, the name does not count."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerhuis.base.text import clean
from leerhuis.practice.exchange import anki_collection, qti
from leerhuis.practice.exchange.aiken import parse_aiken
from leerhuis.practice.exchange.anki import parse_deck
from leerhuis.practice.exchange.drafts import Reported, report
from leerhuis.practice.exchange.files import Form, Unreadable, form_of, json_of, text_of
from leerhuis.practice.exchange.gift import parse
from leerhuis.practice.exchange.gift_items import Category, Fault, Item
from leerhuis.practice.exchange.markup import name_of, parsed
from leerhuis.practice.exchange.moodle import parse_moodle
from leerhuis.practice.exchange.packages import Package
from leerhuis.practice.exchange.quizzes import parse_json
from leerhuis.practice.exchange.sheets import parse_rows, rows_of_book, rows_of_text

MOST_ITEMS = 5_000
MOST_SECONDS = 20.0
Found = Iterator[Category | Item | Fault]


@dataclass(frozen=True)
class Reading:
    """What the form of a file is called, and what becomes of each of its items, in order."""

    form: str | Promise
    items: tuple[Reported, ...]


def read_file(data: bytes) -> Reading:
    """Return every item of a file. Refuses Unreadable for a file that is none of the forms, broken or hostile."""
    form = form_of(data)
    name, found = _READERS[form](data)
    items = report(_few(found))
    if not items:
        raise Unreadable(_("There are no questions in this file."))
    return Reading(name, tuple(items))


def _few(found: Found) -> Found:
    items, ends = 0, time.monotonic() + MOST_SECONDS
    for each in found:
        if time.monotonic() > ends:
            raise Unreadable(_("Reading this file takes too long. Divide it."))
        items += not isinstance(each, Category)
        if items > MOST_ITEMS:
            raise Unreadable(_("There are more than 5,000 items in this file. Divide it."))
        yield each


def _gift(data: bytes) -> tuple[str, Found]:
    return "GIFT", iter(parse(_text(data)))


def _aiken(data: bytes) -> tuple[str, Found]:
    return "Aiken", parse_aiken(_text(data))


def _csv(data: bytes) -> tuple[str, Found]:
    return "CSV", iter(list(parse_rows(rows_of_text(_text(data)), "CSV")))


def _json(data: bytes) -> tuple[str, Found]:
    return "JSON", parse_json(json_of(text_of(data).lstrip("\ufeff")))


def _xml(data: bytes) -> tuple[str, Found]:
    root = parsed(data)
    match name_of(root):
        case "quiz":
            return "Moodle XML", parse_moodle(root)
        case "assessmentItem" | "qti-assessment-item":
            return "QTI", qti.parse_item(root)
        case "questestinterop":
            raise Unreadable(qti.OLD_QTI)
        case "GLOSSARY":
            raise Unreadable(_("This is a glossary of Moodle. Export questions: Moodle XML or GIFT."))
        case "html":
            raise Unreadable(_("This is a web page. Questions come in as Moodle XML, GIFT, QTI, CSV and more."))
        case other:
            raise Unreadable(
                _("This XML holds no questions known here; it begins with “%(name)s”.") % {"name": other[:40]}
            )


def _package(data: bytes) -> tuple[str, Found]:
    package = Package(data)
    if anki_collection.is_deck(package):
        return "Anki", parse_deck(package)
    if "xl/workbook.xml" in package:
        return "Excel", iter(list(parse_rows(rows_of_book(data, package), "Excel")))
    if "word/document.xml" in package or "ppt/presentation.xml" in package:
        raise Unreadable(_("This is a Word or PowerPoint file. Put the questions in the Excel template."))
    if qti.manifest_of(package) or any(name.lower().endswith(".xml") for name in package.names):
        return "QTI", qti.parse_package(package)
    raise Unreadable(_("This package holds no questions known here: no QTI, no Anki deck, no Excel sheet."))


_READERS: dict[Form, Callable[[bytes], tuple[str, Found]]] = {
    Form.GIFT: _gift,
    Form.AIKEN: _aiken,
    Form.CSV: _csv,
    Form.JSON: _json,
    Form.XML: _xml,
    Form.PACKAGE: _package,
}


def _text(data: bytes) -> str:
    return clean(text_of(data))
