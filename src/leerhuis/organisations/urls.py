"""Routes of organisations."""

from leerhuis.charter.audiences import OFFICE
from leerhuis.charter.routes import page
from leerhuis.organisations.views import office

_ONE = "office/organisations/<uuid:organisation_id>/"
urlpatterns = [
    page("office/organisations/", office.organisation_list, name="organisations_office_list", audience=OFFICE),
    page("office/organisations/add/", office.add_organisation, name="organisations_office_add", audience=OFFICE),
    page(f"{_ONE}edit/", office.edit_organisation, name="organisations_office_edit", audience=OFFICE),
    page(f"{_ONE}members/add/", office.add_member, name="organisations_office_add_member", audience=OFFICE),
    page(
        f"{_ONE}members/<uuid:membership_id>/end/",
        office.end_membership,
        name="organisations_office_end_member",
        audience=OFFICE,
    ),
]
