"""The list of organisations: its columns."""

from django.utils.translation import gettext_lazy as _

from leerhuis.lists.listing import Column, Listing, by_filter, leads_to
from leerhuis.organisations.forms import OrganisationFilter
from leerhuis.organisations.queries import organisations_with_counts

ORGANISATIONS = Listing(
    key="organisations",
    title=_("Organisations"),
    columns=(
        Column("name", _("Name"), lambda o: o.name, sort=("name",)),
        Column("city", _("City"), lambda o: o.city, sort=("city", "name")),
        Column("kvk", _("Chamber of Commerce number"), lambda o: o.kvk, sort=("kvk",)),
        Column("employees", _("Employees"), lambda o: o.employees, sort=("employees", "name"), figures=True),
        Column("contacts", _("Contacts"), lambda o: o.contacts, sort=("contacts", "name"), figures=True),
        Column("created", _("Known since"), lambda o: o.created_at, sort=("created_at",), shown=False),
    ),
    search=by_filter(OrganisationFilter, organisations_with_counts),
    address=leads_to("portal_office_organisation"),
    order="name",
    name=lambda o: o.name,
)
