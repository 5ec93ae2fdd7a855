import leerhuis.base.clock
import leerhuis.base.ids
import leerhuis.charter.records
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('conditions', '0001_initial'),
        ('conditions', '0002_index_of_person'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ConditionsVersion',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('since', models.DateField()),
                ('nl', models.TextField(blank=True)),
                ('en', models.TextField(blank=True)),
                ('is_model', models.BooleanField(default=False)),
                ('mark', models.CharField(max_length=64, unique=True)),
                ('published_by', leerhuis.charter.records.PersonRef(null=True)),
            ],
            options={
                'db_table': 'conditions_version',
                'indexes': [models.Index(fields=['-since', '-created_at'], name='conditions_newest'), models.Index(condition=models.Q(('published_by__isnull', False)), fields=['published_by'], name='conditions_published_by')],
            },
        ),
    ]
