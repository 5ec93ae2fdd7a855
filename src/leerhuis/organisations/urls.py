"""Routes of organisations."""

from leerhuis.charter.audiences import ANYONE, CONTACT_PERSON, OFFICE
from leerhuis.charter.routes import page
from leerhuis.organisations.views import employer, entering, office, public

_ONE = "office/organisations/<uuid:organisation_id>/"
_PEOPLE = "employer/people/"
urlpatterns = [
    page("join/<str:key>/", public.join, name="organisations_join", audience=ANYONE),
    page(_PEOPLE, employer.people, name="organisations_employer_people", audience=CONTACT_PERSON),
    page(
        f"{_PEOPLE}<uuid:organisation_id>/invite/",
        employer.invite,
        name="organisations_employer_invite",
        audience=CONTACT_PERSON,
    ),
    page(
        f"{_PEOPLE}invitations/<uuid:invitation_id>/again/",
        employer.send_again,
        name="organisations_employer_again",
        audience=CONTACT_PERSON,
    ),
    page(
        f"{_PEOPLE}invitations/<uuid:invitation_id>/withdraw/",
        employer.withdraw,
        name="organisations_employer_withdraw",
        audience=CONTACT_PERSON,
    ),
    page(
        f"{_PEOPLE}members/<uuid:membership_id>/end/",
        employer.end,
        name="organisations_employer_end",
        audience=CONTACT_PERSON,
    ),
    page("office/people/enter/", entering.enter, name="organisations_office_enter", audience=OFFICE),
    page("office/people/enter/take-back/", entering.take_back, name="organisations_office_take_back", audience=OFFICE),
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
