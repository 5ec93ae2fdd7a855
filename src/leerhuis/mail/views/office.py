"""The outbox, as the office sees it: every mail before and after it was sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.lists.bulk import answer_bulk
from leerhuis.lists.page import answer
from leerhuis.mail import actions
from leerhuis.mail.models import Message
from leerhuis.mail.queries import messages_for
from leerhuis.mail.render import body_html
from leerhuis.mail.tables import MAILS, PURPOSE
from leerhuis.mail.templatetags.mail_kinds import kind_name


@require_http_methods(["GET", "HEAD", "POST"])
def message_list(request: Any) -> HttpResponse:
    """List, search and filter mails, newest first; keep views of the list; download the same list."""
    return answer(request, MAILS, "mail/office_list.html")


@require_POST
def message_bulk(request: Any) -> HttpResponse:
    """Do one thing with many mails, after showing it, and take it back."""
    return answer_bulk(request, MAILS, "mail_office_list")


def _readers(rows: Any) -> list[UUID]:
    return [message.person for message in rows if message.person]


@require_safe
def message_page(request: Any, message_id: UUID) -> HttpResponse:
    """Show one mail as its reader gets it; a link that opens an account is never shown."""
    message = get_object_or_404(messages_for(request.viewer), pk=message_id)
    look(by=request.actor, subjects=_readers([message]), purpose=PURPOSE, screen="mail_office_message")
    body = "" if message.secret else mark_safe(body_html(message.body))  # noqa: S308 - Markdown with HTML switched off
    context = {"message": message, "body": body, "kind": kind_name(message.kind)}
    return render(request, "mail/office_message.html", context)


@require_POST
def try_again(request: Any, message_id: UUID) -> HttpResponse:
    """Send a mail that was given up once more."""
    message = get_object_or_404(messages_for(request.viewer), pk=message_id)
    locked = Message.objects.select_for_update().get(pk=message.pk)
    try:
        with attempt():
            actions.try_again(locked, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The mail is in the queue again."))
    return redirect("mail_office_message", message_id)
