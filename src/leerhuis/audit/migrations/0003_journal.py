import leerhuis.base.clock
import leerhuis.base.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_submission'),
    ]

    operations = [
        migrations.CreateModel(
            name='JournalHead',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('number', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'db_table': 'journal_head',
            },
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('operation', models.CharField(max_length=24)),
                ('subject_id', models.UUIDField()),
                ('purpose', models.CharField(blank=True, max_length=60)),
                ('actor_kind', models.CharField(max_length=10)),
                ('number', models.PositiveBigIntegerField(null=True)),
                ('shipped_at', models.DateTimeField(null=True)),
                ('replayed_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'journal_entry',
                'indexes': [models.Index(condition=models.Q(('number', None)), fields=['id'], name='journal_to_ship'), models.Index(fields=['subject_id'], name='journal_of_subject')],
                'constraints': [models.UniqueConstraint(fields=('number',), name='journal_number_once')],
            },
        ),
    ]
