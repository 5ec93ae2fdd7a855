"""Routes of practice."""

from leerhuis.charter.audiences import ANYONE, AUTHORS, SIGNED_IN
from leerhuis.charter.calls import PREFIX, call_routes
from leerhuis.charter.routes import page
from leerhuis.people.models import SignIn
from leerhuis.practice.views import (
    api,
    authors,
    exchanging,
    faults,
    goals,
    learner,
    marks,
    media,
    questions,
    reminders,
    reviewing,
    scheduling,
    sources,
    standing,
    together,
)
from leerhuis.practice.views.parts import with_practice

_BANK = "office/practice/<uuid:bank_id>/"
_QUESTION = "office/practice/questions/<uuid:question_id>/"
_MEDIA = "office/practice/media/<uuid:media_id>/"
_SOURCE = "office/practice/sources/<uuid:source_id>/"
_ROUND = "practice/round/<uuid:round_id>/"
urlpatterns = [
    page("practice/", learner.home, name="practice_home", audience=SIGNED_IN),
    page("practice/read/", learner.read_of_change, name="practice_read_of_change", audience=SIGNED_IN),
    page(
        "practice/<uuid:bank_id>/media/<slug:digest>/<str:name>",
        media.media_file,
        name="practice_media",
        audience=SIGNED_IN,
    ),
    page("practice/<uuid:bank_id>/begin/", learner.begin, name="practice_begin", audience=SIGNED_IN),
    page("practice/<uuid:bank_id>/", standing.standing_page, name="practice_standing", audience=SIGNED_IN),
    page("practice/<uuid:bank_id>/goal/", goals.goal_page, name="practice_goal", audience=SIGNED_IN),
    page(_ROUND, learner.round_page, name="practice_round", audience=SIGNED_IN),
    page(f"{_ROUND}stop/", learner.stop, name="practice_stop", audience=SIGNED_IN),
    page(f"{_ROUND}<uuid:question_id>/", learner.answer, name="practice_answer", audience=SIGNED_IN),
    page(f"{_ROUND}<uuid:question_id>/show/", learner.show_answer, name="practice_show_answer", audience=SIGNED_IN),
    page(f"{_ROUND}<uuid:question_id>/report/", learner.report, name="practice_report", audience=SIGNED_IN),
    page("me/reminders/", reminders.reminders_page, name="practice_reminders", audience=SIGNED_IN),
    page("me/reminders/try/", reminders.try_now, name="practice_try_reminder", audience=SIGNED_IN),
    page("me/reminders/decline/", reminders.decline, name="practice_decline_reminders", audience=SIGNED_IN),
    page("me/reminders/devices/", reminders.add_device, name="practice_add_device", audience=SIGNED_IN),
    page(
        "me/reminders/devices/<uuid:device_id>/remove/",
        reminders.remove_device,
        name="practice_remove_device",
        audience=SIGNED_IN,
    ),
    page("practice/together/", together.together_page, name="practice_together", audience=SIGNED_IN),
    page("practice/together/leave/", together.leave, name="practice_leave_together", audience=SIGNED_IN),
    page("me/device-reports/", faults.reports_page, name="practice_device_reports", audience=SIGNED_IN),
    page("me/device-reports/erase/", faults.erase, name="practice_erase_reports", audience=SIGNED_IN),
    page("office/practice/", authors.banks, name="practice_banks", audience=AUTHORS),
    page("office/practice/add/", authors.add_bank, name="practice_add_bank", audience=AUTHORS),
    page(_BANK, authors.bank, name="practice_bank", audience=AUTHORS),
    page(f"{_BANK}bulk/", authors.bank_bulk, name="practice_bank_bulk", audience=AUTHORS),
    page(f"{_BANK}edit/", authors.edit_bank, name="practice_edit_bank", audience=AUTHORS),
    page(f"{_BANK}import/", exchanging.bring_in, name="practice_import", audience=AUTHORS),
    page(f"{_BANK}import/<uuid:incoming_id>/", exchanging.look_over, name="practice_import_look", audience=AUTHORS),
    page(f"{_BANK}export/<str:form>/", exchanging.export, name="practice_export", audience=AUTHORS),
    page(f"{_BANK}export/<str:form>/file/", exchanging.export_file, name="practice_export_file", audience=AUTHORS),
    page(
        "office/practice/template/<str:kind>/", exchanging.template, name="practice_import_template", audience=AUTHORS
    ),
    page(f"{_BANK}add/<str:kind>/", questions.add_question, name="practice_add_question", audience=AUTHORS),
    page(f"{_BANK}preview/<str:kind>/", questions.preview, name="practice_preview", audience=AUTHORS),
    page(f"{_BANK}media/", media.media_list, name="practice_media_list", audience=AUTHORS),
    page(f"{_BANK}media/add/", media.add_media, name="practice_add_media", audience=AUTHORS),
    page(f"{_BANK}objectives/", sources.objective_list, name="practice_objectives", audience=AUTHORS),
    page(_MEDIA, media.edit_media, name="practice_edit_media", audience=AUTHORS),
    page(f"{_MEDIA}remove/", media.remove_media, name="practice_remove_media", audience=AUTHORS),
    page("office/practice/sources/", sources.source_list, name="practice_sources", audience=AUTHORS),
    page("office/practice/sources/add/", sources.add_source, name="practice_add_source", audience=AUTHORS),
    page(_SOURCE, sources.source_page, name="practice_source", audience=AUTHORS),
    page(f"{_SOURCE}changed/", sources.source_changed, name="practice_source_changed", audience=AUTHORS),
    page(f"{_SOURCE}remove/", sources.remove_source, name="practice_remove_source", audience=AUTHORS),
    page(
        "office/practice/objectives/<uuid:objective_id>/",
        sources.edit_objective,
        name="practice_edit_objective",
        audience=AUTHORS,
    ),
    page("office/practice/scheduling/", scheduling.scheduling_page, name="practice_scheduling", audience=AUTHORS),
    page("office/practice/scheduling/default/", scheduling.use_default, name="practice_use_default", audience=AUTHORS),
    page(
        "office/practice/scheduling/<uuid:fit_id>/use/", scheduling.use_fit, name="practice_use_fit", audience=AUTHORS
    ),
    page(_QUESTION, questions.question_page, name="practice_question", audience=AUTHORS),
    page(f"{_QUESTION}settle/", questions.settle_reports, name="practice_settle_reports", audience=AUTHORS),
    page(f"{_QUESTION}edit/", questions.edit_question, name="practice_edit_question", audience=AUTHORS),
    page(f"{_QUESTION}state/", reviewing.set_state, name="practice_set_state", audience=AUTHORS),
    page(f"{_QUESTION}versions/", reviewing.versions, name="practice_versions", audience=AUTHORS),
    page(
        f"{_QUESTION}versions/<uuid:version_id>/",
        reviewing.return_version,
        name="practice_return_version",
        audience=AUTHORS,
    ),
    page(f"{_QUESTION}comment/", reviewing.comment, name="practice_comment", audience=AUTHORS),
    page(
        "office/practice/comments/<uuid:comment_id>/",
        reviewing.settle_comment,
        name="practice_settle_comment",
        audience=AUTHORS,
    ),
    page(f"{PREFIX}openapi.json", api.described, name="practice_api_document", audience=ANYONE),
    *(
        route
        for each in (api.router, marks.router)
        for route in call_routes(api.api, each, audience=SIGNED_IN, scope=SignIn.Scope.PRACTICE, switch=with_practice)
    ),
]
