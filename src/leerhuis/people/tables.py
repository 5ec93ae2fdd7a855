"""The list of people: its columns, and what the office does with many people at once."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leerhuis.lists.listing import Bulk, Column, Listing, by_filter, leads_to
from leerhuis.mail.rehearsal import rehearse
from leerhuis.people import actions
from leerhuis.people.forms import PeopleFilter
from leerhuis.people.models import Person
from leerhuis.people.queries import held_people, people_for, with_role_names
from leerhuis.ui.templatetags.ui import status
from leerhuis.ui.tones import Tone

PURPOSE = "people.account"
_TONES = {Person.State.ACTIVE: Tone.GOOD, Person.State.SUSPENDED: Tone.BAD}


def _roles(person: Any) -> str:
    return ", ".join(str(role.get_name_display()) for role in person.current_roles) or _("learner")


def _state(person: Person) -> str:
    return status(person.get_state_display(), _TONES.get(Person.State(person.state), Tone.QUIET))


def _is_admin(viewer: Any) -> bool:
    return "academy_admin" in viewer.roles


def _address(person: Person) -> str:
    return person.email or ""


def _name(person: Person) -> str:
    return person.name


def _invited(count: int) -> str:
    return ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", count) % {
        "count": count
    }


def _suspended(count: int) -> str:
    return ngettext("%(count)d person was suspended.", "%(count)d people were suspended.", count) % {"count": count}


def _let_in(count: int) -> str:
    return ngettext("%(count)d person may sign in again.", "%(count)d people may sign in again.", count) % {
        "count": count
    }


def _bulk(key: str, label: str | Promise, icon: str, **more: Any) -> Bulk:
    return Bulk(key, label, icon, hold=held_people, name=_name, detail=_address, **more)


PEOPLE = Listing(
    key="people",
    title=gettext_lazy("People"),
    columns=(
        Column("name", gettext_lazy("Name"), _name, sort=("sort_name",)),
        Column("first_name", gettext_lazy("First name"), lambda p: p.first_name, sort=("first_name",), shown=False),
        Column("last_name", gettext_lazy("Last name"), lambda p: p.last_name, sort=("sort_name",), shown=False),
        Column("email", gettext_lazy("E-mail address"), _address, sort=("email",)),
        Column("roles", gettext_lazy("Roles"), _roles),
        Column("state", gettext_lazy("State"), lambda p: p.get_state_display(), _state, sort=("state", "sort_name")),
        Column("language", gettext_lazy("Language"), lambda p: p.get_language_display(), shown=False),
        Column("last_login", gettext_lazy("Last signed in"), lambda p: p.last_login, sort=("last_login",), shown=False),
        Column("created", gettext_lazy("Known since"), lambda p: p.created_at, sort=("created_at",), shown=False),
    ),
    search=by_filter(PeopleFilter, lambda viewer: with_role_names(people_for(viewer))),
    address=leads_to("portal_office_person"),
    order="name",
    name=_name,
    subject=lambda person: person.id,
    purpose=PURPOSE,
    screen="people_office_list",
    bulk_route="people_office_bulk",
    bulk=(
        _bulk(
            "invite",
            gettext_lazy("Invite again"),
            "send",
            act=actions.invite_again,
            done=_invited,
            rehearse=rehearse,
            no_undo=gettext_lazy("A mail that was sent cannot be taken back."),
        ),
        _bulk(
            "suspend",
            gettext_lazy("Suspend"),
            "ban",
            act=actions.suspend,
            undo=actions.lift_suspension,
            done=_suspended,
            may=_is_admin,
            danger=True,
        ),
        _bulk(
            "let_in",
            gettext_lazy("Lift suspension"),
            "lock-open",
            act=actions.lift_suspension,
            undo=actions.suspend,
            done=_let_in,
            may=_is_admin,
        ),
    ),
)
