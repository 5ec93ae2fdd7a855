import datetime

from django.db import migrations, models


def in_a_week():
    """Give what waited before the time that it would have had if it had come today."""
    return datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=7)


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0003_desk_acts'),
    ]

    operations = [
        migrations.AddField(
            model_name='redaction',
            name='due_on',
            field=models.DateField(default=in_a_week),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='redaction',
            name='reminded_on',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='redaction',
            name='state',
            field=models.CharField(choices=[('open', 'to be looked at'), ('changed', 'name taken out'), ('fine', 'does not name anybody who was erased'), ('emptied', 'taken out whole: nobody looked in time')], default='open', max_length=10),
        ),
    ]
