"""The list of enrolments: its columns, and what the office does with many enrolments at once."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leerhuis.enrolment import actions
from leerhuis.enrolment.forms import CancelForm, EnrolmentFilter
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.queries import enrolments_for, held_enrolments
from leerhuis.lists.listing import Bulk, Column, Listing, by_filter, leads_to
from leerhuis.mail.rehearsal import rehearse
from leerhuis.ui.templatetags.ui import status
from leerhuis.ui.tones import Tone
from leerhuis.ui.wording import in_dutch

PURPOSE = "enrolment.course"
_STANDING = {
    Enrolment.State.CANCELLED: (_("cancelled"), Tone.QUIET, "circle-x"),
    Enrolment.State.WAITING: (_("on the waiting list"), Tone.CARE, "hourglass"),
    Enrolment.State.COMPLETED: (_("completed"), Tone.QUIET, "circle-check"),
    Enrolment.State.ENROLLED: (_("enrolled"), Tone.GOOD, ""),
}


def standing(enrolment: Enrolment) -> str:
    """Return where an enrolment stands: word, sign and tone."""
    word, tone, sign = _STANDING[Enrolment.State(enrolment.state)]
    return status(str(word), tone, sign)


def _learner(enrolment: Enrolment) -> str:
    return enrolment.learner.name


def _course(enrolment: Enrolment) -> str:
    return enrolment.run.course.title_in("nl" if in_dutch() else "en")


def _course_and_code(enrolment: Enrolment) -> str:
    return format_html('{} <span class="row-sub">{}</span>', _course(enrolment), enrolment.run.code)


def _detail(enrolment: Enrolment) -> str:
    return f"{_course(enrolment)} · {enrolment.run.code} · {enrolment.get_state_display()}"


def _cancelled(count: int) -> str:
    words = ngettext(
        "%(count)d enrolment was cancelled. The mails are on their way.",
        "%(count)d enrolments were cancelled. The mails are on their way.",
        count,
    )
    return words % {"count": count}


def _let_in(count: int) -> str:
    words = ngettext(
        "%(count)d person has a seat now and gets a mail.", "%(count)d people have a seat now and get a mail.", count
    )
    return words % {"count": count}


ENROLMENTS = Listing(
    key="enrolments",
    title=_("Enrolments"),
    columns=(
        Column("learner", _("Learner"), _learner, sort=("learner__sort_name", "-created_at")),
        Column("email", _("E-mail address"), lambda e: e.learner.email, sort=("learner__email",), shown=False),
        Column(
            "course",
            _("Course"),
            _course,
            _course_and_code,
            sort=("run__course__title", "run__code"),
            also=("code",),
            wide=True,
        ),
        Column("code", _("Run"), lambda e: e.run.code, sort=("run__code",), shown=False),
        Column("first_day", _("First day"), lambda e: e.run.first_day, sort=("run__first_day", "run__code")),
        Column(
            "organisation",
            _("Organisation"),
            lambda e: e.ordered_by.name if e.ordered_by else "",
            sort=("ordered_by__name", "-created_at"),
        ),
        Column("state", _("State"), lambda e: e.get_state_display(), standing, sort=("state", "-created_at")),
        Column("price", _("Price"), lambda e: e.price, sort=("price",), shown=False, figures=True),
        Column("source", _("Registered by"), lambda e: e.registration.get_source_display(), shown=False),
        Column("registered", _("Registered"), lambda e: e.created_at, sort=("created_at",)),
    ),
    search=by_filter(EnrolmentFilter, enrolments_for),
    address=leads_to("enrolment_office_page"),
    order="-registered",
    name=_learner,
    subject=lambda e: e.learner_id,
    purpose=PURPOSE,
    screen="enrolment_office_list",
    bulk_route="enrolment_office_bulk",
    bulk=(
        Bulk(
            "let_in",
            _("Give a seat"),
            "armchair",
            act=actions.let_in,
            hold=held_enrolments,
            done=_let_in,
            name=_learner,
            detail=_detail,
            rehearse=rehearse,
            no_undo=_("Who has a seat keeps it: the mail says so. It can only be cancelled."),
        ),
        Bulk(
            "cancel",
            _("Cancel"),
            "ban",
            act=actions.cancel_enrolment,
            hold=held_enrolments,
            done=_cancelled,
            name=_learner,
            detail=_detail,
            rehearse=rehearse,
            form=CancelForm,
            danger=True,
            no_undo=_("The seats come free at once and go to who waits longest, so this cannot be undone."),
        ),
    ),
)
