"""Routes of attendance, results and certificates."""

from leerhuis.charter.audiences import ANYONE, CONTACT_PERSON, OFFICE, SIGNED_IN, TRAINER
from leerhuis.charter.routes import page
from leerhuis.results.views import employer, learner, office, outcomes, public, trainer

_TRAINER_LESSON = "trainer/lesson/<uuid:lesson_id>/"
_OFFICE_LESSON = "office/lessons/<uuid:lesson_id>/attendance/"
_RUN = "office/runs/<uuid:run_id>/"
_CERTIFICATE = "office/certificates/<uuid:certificate_id>/"
_MARK = "mark/<uuid:enrolment_id>/"

urlpatterns = [
    page("certificate/", public.check, name="results_check_certificate", audience=ANYONE),
    page("certificate/<str:number>/", public.check, name="results_check_number", audience=ANYONE),
    page("trainer/", trainer.home, name="results_trainer_home", audience=TRAINER),
    *(
        page(f"{lesson}{route}", view, name=f"results_{desk}_{name}", audience=audience)
        for desk, lesson, audience in (("trainer", _TRAINER_LESSON, TRAINER), ("office", _OFFICE_LESSON, OFFICE))
        for route, view, name in (
            ("", trainer.lesson, "lesson"),
            ("list.pdf", trainer.attendance_list, "list"),
            (_MARK, trainer.mark, "mark"),
            (f"{_MARK}undo/<str:state>/", trainer.undo, "undo"),
            ("correct/<uuid:enrolment_id>/", trainer.correct, "correct"),
        )
    ),
    page("employer/progress/", employer.progress, name="results_employer_progress", audience=CONTACT_PERSON),
    page("me/certificates/", learner.certificates, name="results_my_certificates", audience=SIGNED_IN),
    page(
        "me/certificates/<uuid:certificate_id>.pdf",
        learner.my_certificate,
        name="results_my_certificate_pdf",
        audience=SIGNED_IN,
    ),
    page(
        "me/enrolments/<uuid:enrolment_id>/attendance/",
        learner.attendance,
        name="results_my_attendance",
        audience=SIGNED_IN,
    ),
    page("me/who-sees-what/", learner.who_sees_what, name="results_who_sees_what", audience=SIGNED_IN),
    page(
        "me/who-sees-what/<uuid:enrolment_id>/object/",
        learner.object_to_sharing,
        name="results_object_to_sharing",
        audience=SIGNED_IN,
    ),
    page(
        "me/who-sees-what/<uuid:enrolment_id>/allow/",
        learner.withdraw_objection,
        name="results_withdraw_objection",
        audience=SIGNED_IN,
    ),
    page("office/runs/", office.runs, name="results_office_runs", audience=OFFICE),
    page(_RUN, office.run, name="results_office_run", audience=OFFICE),
    page(f"{_RUN}mails/", office.run_mails, name="results_office_run_mails", audience=OFFICE),
    page(f"{_RUN}history/", office.run_history, name="results_office_run_history", audience=OFFICE),
    page(f"{_RUN}results/", outcomes.results, name="results_office_results", audience=OFFICE),
    page(f"{_RUN}certificates/", outcomes.certificates, name="results_office_certificates", audience=OFFICE),
    page(_CERTIFICATE, outcomes.certificate_page, name="results_office_certificate", audience=OFFICE),
    page(
        f"{_CERTIFICATE}certificate.pdf",
        outcomes.certificate_paper,
        name="results_office_certificate_pdf",
        audience=OFFICE,
    ),
    page(f"{_CERTIFICATE}revoke/", outcomes.revoke, name="results_office_revoke", audience=OFFICE),
]
