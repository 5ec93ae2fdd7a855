"""The date of the privacy statement is that of its published version, no setting any more."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("academies", "0003_table_of_tally"),
    ]

    operations = [
        migrations.RunSQL("UPDATE academy SET chosen = chosen #- '{statement,changed_on}'", migrations.RunSQL.noop),
    ]
