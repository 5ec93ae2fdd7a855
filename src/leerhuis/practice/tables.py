"""The lists of question banks and of the questions of one bank."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leerhuis.lists.listing import Bulk, Column, Found, Listing, Words, by_filter, leads_to
from leerhuis.practice.actions import content
from leerhuis.practice.forms import BankFilter, QuestionSearch
from leerhuis.practice.models import Bank, Question
from leerhuis.practice.queries import banks_of_academy
from leerhuis.practice.rendering import to_plain
from leerhuis.ui.templatetags.ui import status
from leerhuis.ui.tones import Tone

BANKS = Listing(
    key="banks",
    title=_("Question banks"),
    columns=(
        Column("title", _("Title"), lambda b: b.title, sort=("title",)),
        Column("language", _("Language"), lambda b: b.get_language_display(), sort=("language", "title")),
        Column("topics", _("Topics"), lambda b: b.topic_count, sort=("topic_count", "title"), figures=True),
        Column("in_use", _("Questions in use"), lambda b: b.released_count, sort=("released_count",), figures=True),
        Column("questions", _("Questions"), lambda b: b.question_count, sort=("question_count",), figures=True),
    ),
    search=by_filter(BankFilter, lambda _viewer: banks_of_academy()),
    address=leads_to("practice_bank"),
    order="title",
    name=lambda b: b.title,
)


def _words(question: Question) -> str:
    return to_plain(question.stem_text)


def _name(question: Question) -> str:
    return question.title or Truncator(_words(question)).chars(80)


def _on_page(question: Question) -> str:
    if not question.title:
        return _name(question)
    return format_html('{} <span class="row-sub">{}</span>', question.title, Truncator(_words(question)).chars(110))


def _explanation(question: Question) -> str:
    return to_plain(question.explanation_text) if question.explanation_text else ""


def _state(question: Question) -> str:
    return status(question.get_state_display(), Tone.GOOD if question.is_released else Tone.QUIET, plain=True)


def _held(ids: Sequence[UUID]) -> list[Question]:
    return list(
        Question.objects.select_for_update(of=("self",)).filter(pk__in=ids).select_related("topic").order_by("id")
    )


def _topic(question: Question) -> str:
    return question.topic.title


def _is_in_use(question: Question) -> Words:
    return _("It is in use already.") if question.is_released else ""


def _is_out_of_use(question: Question) -> Words:
    return "" if question.is_released else _("It is out of use already.")


def _withdrawn(count: int) -> str:
    words = ngettext("%(count)d question was withdrawn.", "%(count)d questions were withdrawn.", count)
    return words % {"count": count}


def _restored(count: int) -> str:
    words = ngettext("%(count)d question is in use again.", "%(count)d questions are in use again.", count)
    return words % {"count": count}


def questions_in(bank: Bank) -> Listing:
    """Return the list of the questions of one bank."""

    def search(_request: Any, data: QueryDict) -> Found:
        form = QuestionSearch(bank, data)
        return Found(form, form.found())

    return Listing(
        key="questions",
        title=bank.title,
        columns=_QUESTION_COLUMNS,
        search=search,
        address=leads_to("practice_question"),
        order="place",
        name=_name,
        bulk_route="practice_bank_bulk",
        bulk=_QUESTION_ACTS,
        fixed={"bank_id": str(bank.id)},
    )


_QUESTION_COLUMNS = (
    Column("question", _("Question"), _words, _on_page, also=("title",), wide=True),
    Column("title", _("Title"), lambda q: q.title, sort=("title", "position"), shown=False),
    Column("place", _("Place in the bank"), lambda q: q.position, sort=("topic__position", "position"), shown=False),
    Column("topic", _("Topic"), _topic, sort=("topic__title", "position")),
    Column("kind", _("Kind"), lambda q: q.get_kind_display(), sort=("kind", "position")),
    Column("explanation", _("Explanation"), _explanation, shown=False, wide=True),
    Column("state", _("State"), lambda q: q.get_state_display(), _state, sort=("state", "topic__position", "position")),
    Column("version", _("Version"), lambda q: q.version, sort=("version",), shown=False, figures=True),
)
_QUESTION_ACTS = (
    Bulk(
        "withdraw",
        _("Take out of use"),
        "eye-off",
        act=content.withdraw_question,
        undo=content.restore_question,
        unless=_is_out_of_use,
        hold=_held,
        done=_withdrawn,
        name=_name,
        detail=_topic,
    ),
    Bulk(
        "restore",
        _("Take into use"),
        "eye",
        act=content.restore_question,
        undo=content.withdraw_question,
        unless=_is_in_use,
        hold=_held,
        done=_restored,
        name=_name,
        detail=_topic,
    ),
)
