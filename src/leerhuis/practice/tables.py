"""The lists of question banks and of the questions of one bank."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leerhuis.lists.listing import Bulk, Column, Found, Listing, Words, by_filter, leads_to
from leerhuis.practice.actions import labels, releasing
from leerhuis.practice.forms import BankFilter, QuestionSearch, SourceOfForm, aim_form, topic_form
from leerhuis.practice.models import Bank, Question
from leerhuis.practice.queries import banks_of_academy
from leerhuis.practice.rendering import to_plain
from leerhuis.ui.templatetags.ui import status
from leerhuis.ui.tones import Tone

State = Question.State
BANKS = Listing(
    key="banks",
    title=_("Question banks"),
    columns=(
        Column("title", _("Title"), lambda b: b.title, sort=("title",)),
        Column("language", _("Language"), lambda b: b.get_language_display(), sort=("language", "title")),
        Column("topics", _("Topics"), lambda b: b.topic_count, sort=("topic_count", "title"), figures=True),
        Column("in_use", _("Questions in use"), lambda b: b.released_count, sort=("released_count",), figures=True),
        Column("review", _("In review"), lambda b: b.review_count, sort=("review_count", "title"), figures=True),
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


def _on_page(question: Any) -> str:
    under = [Truncator(_words(question)).chars(110)] if question.title else []
    if question.open_comments:
        count = ngettext("%(count)d open comment", "%(count)d open comments", question.open_comments)
        under.append(count % {"count": question.open_comments})
    lines = format_html_join("", ' <span class="row-sub">{}</span>', ([words] for words in under))
    return format_html("{}{}", _name(question), lines)


def _explanation(question: Question) -> str:
    return to_plain(question.explanation_text) if question.explanation_text else ""


_TONES = {State.RELEASED: Tone.GOOD, State.REVIEW: Tone.NOTE, State.RETIRED: Tone.CARE}


def _state(question: Question) -> str:
    return status(question.get_state_display(), _TONES.get(State(question.state), Tone.QUIET), plain=True)


def _held(ids: Sequence[UUID]) -> list[Question]:
    rows = Question.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    return list(rows.select_related("topic__bank").prefetch_related("aims").order_by("id"))


def _topic(question: Question) -> str:
    return question.topic.title


def _standing(question: Question) -> str:
    return f"{question.state}:{question.version}"


def _is_in_use(question: Question) -> Words:
    return _("It is in use already.") if question.is_released else ""


def _is_withdrawn(question: Question) -> Words:
    return _("It is out of use already.") if question.state == State.WITHDRAWN else ""


def _is_in_review(question: Question) -> Words:
    return _("It is in review already.") if question.state == State.REVIEW else ""


def _released(count: int) -> str:
    words = ngettext("%(count)d question is in use now.", "%(count)d questions are in use now.", count)
    return words % {"count": count}


def _sent(count: int) -> str:
    words = ngettext("%(count)d question waits for review.", "%(count)d questions wait for review.", count)
    return words % {"count": count}


def _withdrawn(count: int) -> str:
    words = ngettext("%(count)d question was withdrawn.", "%(count)d questions were withdrawn.", count)
    return words % {"count": count}


def _changed(count: int) -> str:
    words = ngettext("%(count)d question was changed.", "%(count)d questions were changed.", count)
    return words % {"count": count}


def questions_in(bank: Bank, *, writes: bool) -> Listing:
    """Return the list of the questions of one bank; `writes`: with what its authors do to many of them."""

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
        bulk=_acts(bank) if writes else (),
        fixed={"bank_id": str(bank.id)},
    )


_QUESTION_COLUMNS = (
    Column("question", _("Question"), _words, _on_page, also=("title", "comments"), wide=True),
    Column("title", _("Title"), lambda q: q.title, sort=("title", "position"), shown=False),
    Column("place", _("Place in the bank"), lambda q: q.position, sort=("topic__position", "position"), shown=False),
    Column("topic", _("Topic"), _topic, sort=("topic__title", "position")),
    Column("kind", _("Kind"), lambda q: q.get_kind_display(), sort=("kind", "position")),
    Column("explanation", _("Explanation"), _explanation, shown=False, wide=True),
    Column("state", _("State"), lambda q: q.get_state_display(), _state, sort=("state", "topic__position", "position")),
    Column(
        "comments",
        _("Open comments"),
        lambda q: q.open_comments,
        sort=("open_comments", "position"),
        shown=False,
        figures=True,
    ),
    Column("version", _("Version"), lambda q: q.version, sort=("version",), shown=False, figures=True),
)
_act = partial(Bulk, hold=_held, name=_name, detail=_topic)
_STEPS = (
    _act(
        "release",
        _("Take into use"),
        "eye",
        act=releasing.release_question,
        undo=releasing.put_back,
        before=_standing,
        unless=_is_in_use,
        done=_released,
    ),
    _act(
        "review",
        _("Send to review"),
        "send",
        act=releasing.send_to_review,
        undo=releasing.put_back,
        before=_standing,
        unless=_is_in_review,
        done=_sent,
    ),
    _act(
        "withdraw",
        _("Take out of use"),
        "eye-off",
        act=releasing.withdraw_question,
        undo=releasing.put_back,
        before=_standing,
        unless=_is_withdrawn,
        done=_withdrawn,
    ),
)


def _acts(bank: Bank) -> tuple[Bulk, ...]:
    """Return what can be done with many questions of a bank."""
    return (
        *_STEPS,
        _act(
            "move",
            _("Move to a topic"),
            "book",
            act=labels.move_question,
            undo=labels.move_back,
            before=lambda q: str(q.topic_id),
            form=topic_form(bank),
            done=_changed,
        ),
        _act(
            "aim",
            _("Add a learning goal"),
            "target",
            act=labels.add_aim,
            undo=labels.set_aims_back,
            before=_aims,
            form=aim_form(bank),
            done=_changed,
        ),
        _act(
            "unaim",
            _("Remove a learning goal"),
            "minus",
            act=labels.remove_aim,
            undo=labels.set_aims_back,
            before=_aims,
            form=aim_form(bank),
            done=_changed,
        ),
        _act(
            "source",
            _("Set the source"),
            "scale",
            act=labels.set_source,
            undo=labels.set_source_back,
            before=lambda q: str(q.rests_on_id or ""),
            form=SourceOfForm,
            done=_changed,
        ),
    )


def _aims(question: Question) -> str:
    return " ".join(str(aim.objective_id) for aim in question.aims.all())
