"""One's own reminders: choosing them, the devices that get them, a trial, and the answer to the first question."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.base.edge import attempt
from leerhuis.base.limits import count_calls
from leerhuis.base.refusals import Refusal
from leerhuis.consent.queries import proof_of_nobody
from leerhuis.mail.render import body_html
from leerhuis.people.actions import lock_alive
from leerhuis.people.gate import SIGN_IN
from leerhuis.people.models import Person, SignIn
from leerhuis.practice import mails, pushing
from leerhuis.practice.actions import reminders
from leerhuis.practice.app_forms import ReminderForm, asks_age, language, shown
from leerhuis.practice.due_reminders import MAIL
from leerhuis.practice.models import PushDevice
from leerhuis.practice.my_reminders import MyReminders, devices_of, my_reminders
from leerhuis.practice.notices import Said, words
from leerhuis.practice.queries import accesses_of
from leerhuis.practice.reminding import Reason
from leerhuis.practice.views.parts import with_practice

TRIALS_IN_A_ROW: Final = 5


@with_practice
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_page(request: Any) -> HttpResponse:
    """Show and change one's reminders: how, when, on which devices, what they say, and when the next may come."""
    person = request.viewer.person
    stand = my_reminders(person)
    initial = shown(stand.plan.times, push=stand.push, mail=stand.mail)
    form = ReminderForm(request.POST or None, initial=initial, asks_age=asks_age(person))
    if request.method == "POST" and form.is_valid() and _choose(request, form):
        return redirect("practice_reminders")
    return render(request, "practice/reminders.html", {"form": form, "stand": stand, **_around(person, stand)})


@with_practice
@require_POST
def add_device(request: Any) -> HttpResponse:
    """Let the browser that this is sent from get notifications; its own script filled the form in."""
    person = lock_alive(request.viewer.person_id)
    sign_in = get_object_or_404(SignIn, pk=request.session.get(SIGN_IN), person=person)
    if not my_reminders(person).push:  # the button is there for whoever wants notifications alone
        raise Http404
    said = {name: request.POST.get(name, "") for name in ("endpoint", "key", "auth")}
    try:
        with attempt():
            reminders.add_device(person, sign_in, **said, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("This device gets your reminders from now on."))
    return redirect("practice_reminders")


@with_practice
@require_POST
def remove_device(request: Any, device_id: UUID) -> HttpResponse:
    """Send nothing to one of one's own devices any more."""
    device = get_object_or_404(PushDevice, pk=device_id, plan__person=request.viewer.person_id)
    lock_alive(request.viewer.person_id)
    with attempt():
        reminders.remove_device(device, by=request.actor)
    messages.success(request, _("That device gets no reminders any more."))
    return redirect("practice_reminders")


@with_practice
@require_POST
def try_now(request: Any) -> HttpResponse:
    """Send oneself a trial, a few times in a row at most."""
    count_calls("reminder_trial", str(request.viewer.person_id), TRIALS_IN_A_ROW)
    person = lock_alive(request.viewer.person_id)
    if not my_reminders(person).wanted:
        raise Http404
    try:
        with attempt():
            reminders.try_reminder(person, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The trial is on its way. It takes a minute at most."))
    return redirect("practice_reminders")


@with_practice
@require_POST
def decline(request: Any) -> HttpResponse:
    """Do not be asked about reminders again."""
    person = lock_alive(request.viewer.person_id)
    with attempt():
        reminders.decline_reminders(person, by=request.actor)
    messages.success(request, _("We do not ask this again. Under Me you can still choose it."))
    return redirect("practice_home")


def _choose(request: Any, form: ReminderForm) -> bool:
    """Save what was chosen; False, with the reason beside the field, where it cannot be."""
    person = lock_alive(request.viewer.person_id)
    age = {name: form.cleaned_data.get(name, "") for name in ("of_age", "parent_email")}
    try:
        with attempt():
            parent = reminders.choose_reminders(
                person,
                form.topics,
                form.times,
                language=language(),
                of_age=bool(age["of_age"]),
                parent_email=str(age["parent_email"]),
                by=request.actor,
            )
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    asked = _("We asked your parent by mail. As soon as they agree, your reminders begin.")
    messages.success(request, asked if parent else _("Your choice was saved. It holds from this moment on."))
    return True


def _around(person: Person, stand: MyReminders) -> dict[str, Any]:
    """Return what stands around the form: what a reminder looks like, and what a browser needs to subscribe."""
    first = accesses_of(person).first()
    said = Said(stand.plan.pk, 12, 4, first.bank.title if first else "", Reason.DUE)
    mail = mails.reminder.preview(said, proof_of_nobody(MAIL, person.language))
    return {
        "notification": words(said, person.language),
        "mail_title": mail.title,
        "mail_html": mark_safe(body_html(mail.body)),  # noqa: S308 - Markdown with HTML switched off
        "public_key": pushing.public_key(),
        "known": " ".join(each.digest for each in devices_of(person)),
    }
