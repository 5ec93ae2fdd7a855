"""The list of mails: its columns, and what the office does with many mails at once."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leerhuis.lists.listing import Bulk, Column, Listing, by_filter, leads_to
from leerhuis.mail import actions
from leerhuis.mail.forms import MessageFilter
from leerhuis.mail.models import Message
from leerhuis.mail.queries import held_messages, messages_for
from leerhuis.mail.templatetags.mail_kinds import kind_name
from leerhuis.ui.templatetags.ui import status
from leerhuis.ui.tones import Tone
from leerhuis.ui.wording import day_time

PURPOSE = "mail.service_mail"
_TONES = {Message.State.SENT: Tone.GOOD, Message.State.FAILED: Tone.BAD, Message.State.HELD: Tone.CARE}


def _state(message: Message) -> str:
    return status(message.get_state_display(), _TONES.get(Message.State(message.state), Tone.NOTE))


def _subject(message: Message) -> str:
    return format_html('{} <span class="row-sub">{}</span>', message.title, kind_name(message.kind))


def _reader(message: Message) -> str:
    return format_html('{} <span class="row-sub">{}</span>', message.to_name, message.to_address)


def _when(message: Message) -> Any:
    return message.sent_at or message.created_at


def _title(message: Message) -> str:
    return message.title


def _reader_in_words(message: Message) -> str:
    return f"{message.to_name} · {message.to_address}"


def _queued(count: int) -> str:
    return ngettext("%(count)d mail is in the queue again.", "%(count)d mails are in the queue again.", count) % {
        "count": count
    }


def _held_back(count: int) -> str:
    return ngettext("%(count)d mail is held back.", "%(count)d mails are held back.", count) % {"count": count}


MAILS = Listing(
    key="mails",
    title=_("Mails"),
    columns=(
        Column("title", _("Subject"), _title, _subject, sort=("title",), also=("kind",), wide=True),
        Column("to", _("To"), lambda m: m.to_name, _reader, sort=("to_name",), also=("address",)),
        Column("address", _("E-mail address"), lambda m: m.to_address, sort=("to_address",), shown=False),
        Column("kind", _("Kind"), lambda m: kind_name(m.kind), sort=("kind",), shown=False),
        Column("state", _("State"), lambda m: m.get_state_display(), _state, sort=("state", "-created_at")),
        Column("when", _("When"), _when, lambda m: day_time(_when(m)), sort=("created_at",)),
        Column("attempts", _("Attempts"), lambda m: m.attempts, sort=("attempts",), shown=False, figures=True),
    ),
    search=by_filter(MessageFilter, lambda viewer: messages_for(viewer).defer("body")),
    address=leads_to("mail_office_message"),
    order="-when",
    name=_title,
    subject=lambda m: m.person,
    purpose=PURPOSE,
    screen="mail_office_list",
    bulk_route="mail_office_bulk",
    bulk=(
        Bulk(
            "again",
            _("Send again"),
            "refresh",
            act=actions.try_again,
            hold=held_messages,
            done=_queued,
            name=_title,
            detail=_reader_in_words,
            no_undo=_("These mails leave within a minute; in the list they can be held back until then."),
        ),
        Bulk(
            "hold",
            _("Hold back"),
            "hand-stop",
            act=actions.hold_back,
            undo=actions.release,
            hold=held_messages,
            done=_held_back,
            name=_title,
            detail=_reader_in_words,
        ),
        Bulk(
            "release",
            _("Let go"),
            "send",
            act=actions.release,
            undo=actions.hold_back,
            hold=held_messages,
            done=_queued,
            name=_title,
            detail=_reader_in_words,
        ),
    ),
)
