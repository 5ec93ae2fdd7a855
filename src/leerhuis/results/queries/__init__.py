"""Reading attendance, results and certificates, within rights. Each noun has a file of its own."""

from leerhuis.results.queries.attendance import (
    LessonMark,
    RosterLine,
    TrainerLesson,
    attendance_of,
    complete_among,
    lesson_for,
    lessons_for,
    my_attendance,
    roster,
    sheet_of,
    trainer_day,
)
from leerhuis.results.queries.outcomes import (
    Check,
    CheckWord,
    certificate_for,
    certificates_of,
    check_certificate,
    my_result,
    result_of,
    standing_certificates,
)
from leerhuis.results.queries.runs import GridLine, RunLine, RunView, run_board, run_view
from leerhuis.results.queries.sharing import EmployerLine, Share, employer_picture, my_pictures, ordered_by

__all__ = [
    "Check",
    "CheckWord",
    "EmployerLine",
    "GridLine",
    "LessonMark",
    "RosterLine",
    "RunLine",
    "RunView",
    "Share",
    "TrainerLesson",
    "attendance_of",
    "certificate_for",
    "certificates_of",
    "check_certificate",
    "complete_among",
    "employer_picture",
    "lesson_for",
    "lessons_for",
    "my_attendance",
    "my_pictures",
    "my_result",
    "ordered_by",
    "result_of",
    "roster",
    "run_board",
    "run_view",
    "sheet_of",
    "standing_certificates",
    "trainer_day",
]
