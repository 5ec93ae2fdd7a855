"""The outbox, as the office sees it: every mail before and after it was sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.mail import actions
from leerhuis.mail.forms import MessageFilter
from leerhuis.mail.models import Message
from leerhuis.mail.queries import messages_for
from leerhuis.mail.render import body_html
from leerhuis.mail.templatetags.mail_kinds import kind_name
from leerhuis.ui.sheets import sheet

PER_PAGE = 50
PURPOSE = "mail.service_mail"


@require_safe
def message_list(request: Any) -> HttpResponse:
    """List and search mails, newest first; download the same list."""
    found = MessageFilter(request.GET, queryset=messages_for(request.viewer).defer("body"))
    if request.GET.get("export"):
        rows = list(found.qs[:10_000])
        look(by=request.actor, subjects=_readers(rows), purpose=PURPOSE, screen="mail_office_export")
        heads = (_("To"), _("E-mail address"), _("Subject"), _("Kind"), _("State"), _("Sent"))
        cells = (
            (m.to_name, m.to_address, m.title, kind_name(m.kind), m.get_state_display(), f"{m.sent_at or ''}")
            for m in rows
        )
        return sheet(_("mails"), heads, cells, request.GET["export"])
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    look(by=request.actor, subjects=_readers(page.object_list), purpose=PURPOSE, screen="mail_office_list")
    return render(request, "mail/office_list.html", {"filter": found, "page_obj": page})


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
