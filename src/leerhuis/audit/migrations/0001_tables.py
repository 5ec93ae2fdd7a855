import leerhuis.audit.marks
import leerhuis.base.clock
import leerhuis.base.ids
import leerhuis.charter.records
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('audit', '0001_initial'),
        ('audit', '0002_submission'),
        ('audit', '0003_journal'),
        ('audit', '0004_flow'),
        ('audit', '0005_seals'),
        ('audit', '0006_customer_ref'),
        ('audit', '0007_index_of_person'),
    ]

    initial = True

    dependencies = [
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
            name='SealCheck',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('seals', models.PositiveBigIntegerField()),
                ('rows', models.PositiveBigIntegerField()),
                ('faults', models.PositiveBigIntegerField()),
            ],
            options={
                'db_table': 'seal_check',
            },
        ),
        migrations.CreateModel(
            name='SealEvent',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('what', models.CharField(max_length=12)),
                ('kind', models.CharField(blank=True, max_length=60)),
                ('month', models.DateField(null=True)),
                ('rows', models.PositiveBigIntegerField(default=0)),
                ('number', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('signature', models.TextField()),
            ],
            options={
                'db_table': 'seal_event',
            },
        ),
        migrations.CreateModel(
            name='SealRelease',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('kind', models.CharField(max_length=60)),
                ('fate', models.CharField(max_length=10)),
                ('tag', models.BinaryField()),
            ],
            options={
                'db_table': 'seal_release',
            },
        ),
        migrations.CreateModel(
            name='Flow',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('recipient', models.CharField(max_length=60)),
                ('receiver', leerhuis.charter.records.CustomerRef(null=True)),
                ('purpose', models.CharField(max_length=60)),
                ('words', models.CharField(max_length=300)),
                ('carrier', models.CharField(max_length=80)),
                ('people', models.PositiveIntegerField()),
                ('rows', models.PositiveIntegerField()),
                ('transport', models.CharField(blank=True, max_length=10)),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_person', leerhuis.charter.records.PersonRef(null=True)),
                ('actor_role', models.CharField(blank=True, max_length=60)),
                ('mark', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'db_table': 'flow',
                'indexes': [models.Index(fields=['-created_at'], name='flow_newest'), models.Index(condition=models.Q(('mark', ''), _negated=True), fields=['mark', '-created_at'], name='flow_of_mark'), models.Index(condition=models.Q(('actor_person__isnull', False)), fields=['actor_person'], name='flow_actor_person')],
            },
        ),
        migrations.CreateModel(
            name='Given',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('person', leerhuis.charter.records.PersonRef()),
                ('recipient', models.CharField(max_length=60)),
                ('receiver', leerhuis.charter.records.CustomerRef(null=True)),
                ('purpose', models.CharField(max_length=60)),
                ('words', models.CharField(max_length=300)),
                ('day', models.DateField()),
            ],
            options={
                'db_table': 'given',
                'constraints': [models.UniqueConstraint(fields=('person', 'recipient', 'receiver', 'purpose', 'words', 'day'), name='given_once_a_day', nulls_distinct=False)],
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
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_person', leerhuis.charter.records.PersonRef(null=True)),
                ('actor_role', models.CharField(blank=True, max_length=60)),
                ('subject_person', leerhuis.charter.records.PersonRef()),
                ('purpose', models.CharField(max_length=60)),
                ('screen', models.CharField(max_length=80)),
                ('mark', leerhuis.audit.marks.Mark(default=bytes)),
            ],
            options={
                'db_table': 'look',
                'indexes': [models.Index(fields=['subject_person', '-created_at'], name='look_at_subject'), models.Index(fields=['created_at'], name='look_by_age'), models.Index(condition=models.Q(('actor_person__isnull', False)), fields=['actor_person'], name='look_actor_person')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_person', leerhuis.charter.records.PersonRef(null=True)),
                ('actor_role', models.CharField(blank=True, max_length=60)),
                ('verb', models.CharField(max_length=60)),
                ('thing_kind', models.CharField(max_length=60)),
                ('thing_id', models.UUIDField()),
                ('subject_person', leerhuis.charter.records.PersonRef(null=True)),
                ('touched', models.JSONField(default=list)),
                ('mark', leerhuis.audit.marks.Mark(default=bytes)),
            ],
            options={
                'db_table': 'note',
                'indexes': [models.Index(fields=['subject_person', '-created_at'], name='note_of_subject'), models.Index(fields=['thing_kind', 'thing_id', '-created_at'], name='note_of_thing'), models.Index(fields=['created_at'], name='note_by_age'), models.Index(condition=models.Q(('actor_person__isnull', False)), fields=['actor_person'], name='note_actor_person')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('number', models.PositiveBigIntegerField()),
                ('kind', models.CharField(max_length=60)),
                ('month', models.DateField()),
                ('rows', models.PositiveIntegerField()),
                ('covers', models.TextField()),
                ('leaves', models.BinaryField(null=True)),
                ('root', models.CharField(max_length=64)),
                ('previous', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'seal',
                'indexes': [models.Index(fields=['kind', 'month'], name='seal_of_month')],
                'constraints': [models.UniqueConstraint(fields=('number',), name='seal_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('sender_person', leerhuis.charter.records.PersonRef(null=True)),
                ('sender', models.CharField(max_length=64)),
                ('key', models.CharField(max_length=100)),
                ('content', models.CharField(max_length=64)),
                ('method', models.CharField(max_length=10)),
                ('path', models.TextField()),
                ('status', models.PositiveSmallIntegerField()),
                ('location', models.TextField()),
            ],
            options={
                'db_table': 'submission',
                'indexes': [models.Index(fields=['created_at'], name='submission_by_age'), models.Index(condition=models.Q(('sender_person__isnull', False)), fields=['sender_person'], name='submission_sender_person')],
                'constraints': [models.UniqueConstraint(fields=('sender', 'key'), name='submission_once')],
            },
        ),
    ]
