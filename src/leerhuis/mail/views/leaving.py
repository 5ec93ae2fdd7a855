"""Whether mails leave the academy."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.mail import actions
from leerhuis.mail.queries import kept_in, standstill


@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: Any) -> HttpResponse:
    """Stop all mail, or let it leave again and say what becomes of the mails that were kept."""
    if request.method == "POST":
        try:
            with attempt():
                messages.success(request, _carry_out(request.POST.get("step", ""), request))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("mail_leaving")
    return render(request, "mail/leaving.html", {"held": standstill(), "kept": kept_in().count()})


def _carry_out(step: str, request: Any) -> str:
    """Do what was chosen, and return what to say of it."""
    if step == "stop":
        actions.stop_mail(by=request.actor)
        return _("No mail leaves from now on. Everything is kept under Mails.")
    count = actions.resume_mail(send=step == "send", by=request.actor)
    if step == "send":
        said = ngettext("Mails leave again. %(count)d goes now.", "Mails leave again. %(count)d go now.", count)
    else:
        said = ngettext(
            "Mails leave again. %(count)d that was kept is not sent.",
            "Mails leave again. %(count)d that were kept are not sent.",
            count,
        )
    return said % {"count": count}
