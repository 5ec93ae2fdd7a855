"""Courses that were completed before practice was told so: their learners are not reminded of them either."""

from typing import ClassVar

from django.db import migrations

_FINISHED = """
UPDATE practice_permit SET finished_at = enrolment.ended_at FROM enrolment
 WHERE enrolment.id = practice_permit.because AND enrolment.state = 'completed' AND practice_permit.finished_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enrolment", "0005_index_of_remarks"), ("practice", "0010_reminders")]

    operations: ClassVar = [migrations.RunSQL(_FINISHED, migrations.RunSQL.noop)]
