"""Routes of registering and enrolments."""

from leerhuis.charter.audiences import ANYONE, CONTACT_PERSON, OFFICE, RIGHTS_DESK, SIGNED_IN
from leerhuis.charter.routes import page
from leerhuis.enrolment.views import datebook, employer, learner, moving, objecting, office, public

_OFFICE = "office/enrolments/<uuid:enrolment_id>/"
_WAITING = "office/runs/<uuid:run_id>/waiting/"
_MINE = "learn/<uuid:enrolment_id>/"
_ORDER = "employer/enrolments/<uuid:enrolment_id>/"

urlpatterns = [
    page("register/<uuid:run_id>/", public.register, name="enrolment_register", audience=ANYONE),
    page("register/done/<uuid:registration_id>/", public.registered, name="enrolment_registered", audience=ANYONE),
    page("sharing/<str:token>/", public.sharing, name="enrolment_sharing", audience=ANYONE),
    page(_MINE, learner.mine, name="enrolment_mine", audience=SIGNED_IN),
    page(f"{_MINE}cancel/", learner.cancel, name="enrolment_cancel_mine", audience=SIGNED_IN),
    page(f"{_MINE}lessons/<uuid:lesson_id>.ics", datebook.lesson, name="enrolment_lesson_calendar", audience=SIGNED_IN),
    page("agenda/lessons.ics", datebook.lessons, name="enrolment_calendar", audience=SIGNED_IN),
    page("employer/", employer.home, name="enrolment_employer_home", audience=CONTACT_PERSON),
    page("employer/enrol/", employer.choose_run, name="enrolment_employer_runs", audience=CONTACT_PERSON),
    page("employer/enrol/<uuid:run_id>/", employer.enrol, name="enrolment_employer_enrol", audience=CONTACT_PERSON),
    page(
        "employer/enrolled/<uuid:registration_id>/",
        employer.enrolled,
        name="enrolment_employer_enrolled",
        audience=CONTACT_PERSON,
    ),
    page(f"{_ORDER}cancel/", employer.cancel, name="enrolment_employer_cancel", audience=CONTACT_PERSON),
    page("office/enrolments/", office.enrolment_list, name="enrolment_office_list", audience=OFFICE),
    page("office/enrolments/bulk/", office.enrolment_bulk, name="enrolment_office_bulk", audience=OFFICE),
    page("office/enrolments/add/", office.enrol, name="enrolment_office_add", audience=OFFICE),
    page(
        "office/people/<uuid:person_id>/objection/",
        objecting.objection,
        name="enrolment_office_objection",
        audience=RIGHTS_DESK,
    ),
    page(_OFFICE, office.enrolment_page, name="enrolment_office_page", audience=OFFICE),
    page(f"{_OFFICE}cancel/", office.cancel, name="enrolment_office_cancel", audience=OFFICE),
    page(f"{_OFFICE}move/", moving.move, name="enrolment_office_move", audience=OFFICE),
    page(f"{_OFFICE}let-in/", office.let_in, name="enrolment_office_let_in", audience=OFFICE),
    page(_WAITING, office.waiting_list, name="enrolment_office_waiting", audience=OFFICE),
    page(f"{_WAITING}let-in/", office.let_in_all, name="enrolment_office_let_in_all", audience=OFFICE),
]
