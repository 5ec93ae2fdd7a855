"""Routes of the catalogue, all behind the counter; the public pages are in `website`."""

from django.urls import URLPattern

from leerhuis.catalogue.views import courses, lessons, runs, venues
from leerhuis.charter.audiences import OFFICE
from leerhuis.charter.routes import View, page

_COURSE = "office/courses/<uuid:course_id>/"
_RUN = "office/runs/<uuid:run_id>/"


def _office(route: str, view: View, name: str) -> URLPattern:
    return page(route, view, name=f"catalogue_office_{name}", audience=OFFICE)


urlpatterns = [
    _office("office/courses/", courses.course_list, "courses"),
    _office("office/courses/bulk/", courses.courses_bulk, "courses_bulk"),
    _office("office/courses/add/", courses.add_course, "course_add"),
    _office("office/courses/preview/", courses.preview_description, "preview"),
    _office(_COURSE, courses.edit_course, "course"),
    _office(f"{_COURSE}publish/", courses.publish_course, "course_publish"),
    _office(f"{_COURSE}withdraw/", courses.withdraw_course, "course_withdraw"),
    _office(f"{_COURSE}questions/", courses.edit_questions, "questions"),
    _office(f"{_COURSE}practice/", courses.edit_modules, "modules"),
    _office("office/runs/add/", runs.plan_run, "run_add"),
    _office(f"{_RUN}edit/", runs.edit_run, "run"),
    _office(f"{_RUN}confirm/", runs.confirm_run, "run_confirm"),
    _office(f"{_RUN}cancel/", runs.cancel_run, "run_cancel"),
    _office(f"{_RUN}copy/", runs.copy_run, "run_copy"),
    _office(f"{_RUN}open/", runs.open_run, "run_open"),
    _office(f"{_RUN}close/", runs.close_run, "run_close"),
    _office(f"{_RUN}trainers/add/", runs.assign_trainer, "trainer_assign"),
    _office(f"{_RUN}trainers/<uuid:teaching_id>/end/", runs.unassign_trainer, "trainer_release"),
    _office(f"{_RUN}lessons/add/", lessons.add_lesson, "lesson_add"),
    _office(f"{_RUN}lessons/<uuid:lesson_id>/", lessons.edit_lesson, "lesson"),
    _office(f"{_RUN}lessons/<uuid:lesson_id>/remove/", lessons.remove_lesson, "lesson_remove"),
    _office(f"{_RUN}lessons/restore/<str:token>/", lessons.restore_lesson, "lesson_restore"),
    _office("office/venues/", venues.venue_list, "venues"),
    _office("office/venues/add/", venues.add_venue, "venue_add"),
    _office("office/venues/<uuid:venue_id>/", venues.edit_venue, "venue"),
]
