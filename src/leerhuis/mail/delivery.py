"""Handing a mail to the SMTP server. The only place that talks to it."""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from functools import partial
from typing import Any, cast

from django.conf import settings

from leerhuis.appearance.queries import logo_in_force
from leerhuis.audit.outlet import MACHINE, TLS
from leerhuis.base import clock
from leerhuis.base.hosts import is_this_machine
from leerhuis.mail.models import Message
from leerhuis.mail.render import to_html, to_text

LOGO = "<logo>"  # inside the mail itself, so that opening it asks nobody for anything. Keeps: K13.


def build(message: Message, academy: Any) -> EmailMessage:
    """Return the message as it goes over the wire, with an identifier that stays the same at every attempt."""
    controller = academy.settings.controller
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = message.title
    mail["From"] = formataddr((controller.trade_name, settings.MAIL_FROM or controller.email))
    mail["Reply-To"] = controller.email
    mail["To"] = formataddr((message.to_name, message.to_address))
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{message.id}@{academy.main_host}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = message.language
    mail["X-Leerhuis-Kind"] = message.kind
    if message.leave_link:  # one click in the mail program is enough, without signing in (RFC 8058). Keeps: L14a.
        mail["List-Unsubscribe"] = f"<{message.leave_link}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(to_text(message.body))
    logo = logo_in_force()
    mail.add_alternative(to_html(message.body, message.language, with_logo=logo is not None), subtype="html")
    if logo is not None:
        cast("EmailMessage", mail.get_payload(1)).add_related(logo, "image", "png", cid=LOGO, disposition="inline")
    return mail


def protection() -> str | None:
    """Return how mails are protected on their way to the SMTP server, in the words of the outlet; None: not at all."""
    server = settings.SMTP
    if is_this_machine(server.host):
        return MACHINE
    return None if server.tls == "none" else TLS


def _context(server: Any) -> ssl.SSLContext:
    """Return what is asked of a server's certificate: that of another machine must be its own. Keeps: L27."""
    context = ssl.create_default_context()
    if is_this_machine(server.host):  # such a certificate names no host of the internet, and nothing leaves the machine
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def deliver(message: Message, academy: Any) -> None:
    """Hand one mail to the SMTP server of the settings; raises OSError or smtplib.SMTPException when that fails."""
    server = settings.SMTP
    wrapped = partial(smtplib.SMTP_SSL, context=_context(server))
    connect = wrapped if server.tls == "wrapped" else smtplib.SMTP
    with connect(server.host, server.port, timeout=server.timeout) as smtp:
        if server.tls == "starttls":
            smtp.starttls(context=_context(server))
        if server.username:
            smtp.login(server.username, server.password)
        smtp.send_message(build(message, academy))
