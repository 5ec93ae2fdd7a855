"""Routes of accounts and of people."""

from leerhuis.charter.audiences import ADMIN, ANYONE, OFFICE, RIGHTS_DESK, SIGNED_IN
from leerhuis.charter.routes import page
from leerhuis.people.views import learner, office, public

urlpatterns = [
    page("invitation/<str:token>/", public.accept_invitation, name="people_accept_invitation", audience=ANYONE),
    page("accounts/2fa/choose/", learner.second_step, name="people_second_step", audience=SIGNED_IN),
    page("accounts/2fa/mail/", learner.mail_code, name="people_mail_code", audience=SIGNED_IN),
    page("me/sign-ins/", learner.my_sign_ins, name="people_my_sign_ins", audience=SIGNED_IN),
    page("me/sign-ins/app/", learner.make_token, name="people_make_token", audience=SIGNED_IN),
    page("me/recovery-codes/", learner.recovery_codes, name="people_recovery_codes", audience=SIGNED_IN),
    page("me/details/", learner.my_details, name="people_my_details", audience=SIGNED_IN),
    page("office/people/", office.people_list, name="people_office_list", audience=OFFICE),
    page("office/people/bulk/", office.people_bulk, name="people_office_bulk", audience=OFFICE),
    page("office/people/add/", office.add_person, name="people_office_add", audience=OFFICE),
    page("office/people/<uuid:person_id>/edit/", office.edit_person, name="people_office_edit", audience=RIGHTS_DESK),
    page("office/people/<uuid:person_id>/roles/", office.edit_roles, name="people_office_roles", audience=ADMIN),
    page(
        "office/people/<uuid:person_id>/second-step/",
        office.reset_second_step,
        name="people_office_second_step",
        audience=ADMIN,
    ),
    page("office/people/<uuid:person_id>/invite/", office.invite_person, name="people_office_invite", audience=OFFICE),
    page(
        "office/people/<uuid:person_id>/suspend/", office.suspend_person, name="people_office_suspend", audience=ADMIN
    ),
]
