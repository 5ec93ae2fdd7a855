import leerhuis.base.clock
import leerhuis.base.ids
import leerhuis.charter.records
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('lists', '0001_initial'),
        ('lists', '0002_index_of_person'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='BulkAct',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('person', leerhuis.charter.records.PersonRef()),
                ('listing', models.CharField(max_length=40)),
                ('act', models.CharField(max_length=40)),
                ('rows', models.JSONField()),
                ('undone_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'bulk_act',
                'indexes': [models.Index(condition=models.Q(('person__isnull', False)), fields=['person'], name='bulk_act_person')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('person', leerhuis.charter.records.PersonRef()),
                ('listing', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=60)),
                ('query', models.CharField(blank=True, max_length=1000)),
                ('shared', models.BooleanField(default=False)),
                ('opens_first', models.BooleanField(default=False)),
                ('used_at', models.DateTimeField(default=leerhuis.base.clock.now)),
                ('dropped_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'saved_view',
                'indexes': [models.Index(fields=['listing', 'person'], name='saved_view_of_list'), models.Index(condition=models.Q(('person__isnull', False)), fields=['person'], name='saved_view_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('dropped_at', None), ('opens_first', True)), fields=('person', 'listing'), name='saved_view_opens_first_once')],
            },
        ),
    ]
