"""What can be done with registrations and enrolments, by noun: registering, seats, sharing, runs.

Actions take locks in one order: persons (by id), then the run.
"""

from leerhuis.enrolment.actions.moving import move_enrolment
from leerhuis.enrolment.actions.registering import (
    Ordered,
    WhenShort,
    enrol_by_office,
    register_employees,
    register_oneself,
    register_visitor,
)
from leerhuis.enrolment.actions.runs import (
    cancel_all_in,
    complete_all_in,
    fit_to_size,
    renew_practice,
    renew_practice_of_course,
    tell_goes_ahead,
    tell_lesson_added,
    tell_lesson_moved,
    tell_lesson_removed,
)
from leerhuis.enrolment.actions.seats import (
    cancel_enrolment,
    complete_details,
    complete_enrolment,
    end_waiting,
    give_up_all,
    let_in,
    promote_waiting,
    remark_on_enrolment,
)
from leerhuis.enrolment.actions.sharing import (
    narrow_sharing,
    object_on_request,
    object_to_sharing,
    take_back_objection,
    take_objection,
    tell_correction,
    tell_of_sharing,
)

__all__ = [
    "Ordered",
    "WhenShort",
    "cancel_all_in",
    "cancel_enrolment",
    "complete_all_in",
    "complete_details",
    "complete_enrolment",
    "end_waiting",
    "enrol_by_office",
    "fit_to_size",
    "give_up_all",
    "let_in",
    "move_enrolment",
    "narrow_sharing",
    "object_on_request",
    "object_to_sharing",
    "promote_waiting",
    "register_employees",
    "register_oneself",
    "register_visitor",
    "remark_on_enrolment",
    "renew_practice",
    "renew_practice_of_course",
    "take_back_objection",
    "take_objection",
    "tell_correction",
    "tell_goes_ahead",
    "tell_lesson_added",
    "tell_lesson_moved",
    "tell_lesson_removed",
    "tell_of_sharing",
]
