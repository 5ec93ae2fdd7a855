import django.contrib.postgres.indexes
import django.db.models.deletion
import leerhuis.base.clock
import leerhuis.base.ids
import leerhuis.base.search
import leerhuis.charter.records
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('results', '0001_initial'),
        ('results', '0002_found_by'),
        ('results', '0003_index_of_person'),
    ]

    initial = True

    dependencies = [
        ('catalogue', '0001_tables'),
        ('enrolment', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='CertificateNumber',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'certificate_number',
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('submitted_by', leerhuis.charter.records.PersonRef(null=True)),
                ('lesson', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.lesson')),
            ],
            options={
                'db_table': 'sheet',
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('state', models.CharField(choices=[('present', 'present'), ('absent', 'absent'), ('excused', 'absent with notice')], max_length=10)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.enrolment')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='results.sheet')),
            ],
            options={
                'db_table': 'attendance',
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('first_name', models.CharField(max_length=120)),
                ('last_name', models.CharField(max_length=150)),
                ('course_title', models.CharField(max_length=160)),
                ('hours', models.DecimalField(decimal_places=1, max_digits=6)),
                ('points', models.DecimalField(decimal_places=1, max_digits=5)),
                ('register', models.CharField(blank=True, max_length=80)),
                ('finished_on', models.DateField()),
                ('language', models.CharField(choices=[('nl', 'Dutch'), ('en', 'English')], max_length=2)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoked_reason', models.CharField(blank=True, max_length=300)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.enrolment')),
            ],
            options={
                'db_table': 'certificate',
                'indexes': [models.Index(fields=['enrolment'], name='certificate_of_enrolment'), models.Index(condition=models.Q(('revoked_reason', ''), _negated=True), fields=['id'], name='certificate_with_reason'), django.contrib.postgres.indexes.GinIndex(leerhuis.base.search.FoundBy(leerhuis.base.search.Plain('number'), leerhuis.base.search.Joined('number')), name='certificate_found_by')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('enrolment',), name='one_valid_certificate')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('was', models.CharField(blank=True, choices=[('present', 'present'), ('absent', 'absent'), ('excused', 'absent with notice')], max_length=10)),
                ('became', models.CharField(choices=[('present', 'present'), ('absent', 'absent'), ('excused', 'absent with notice')], max_length=10)),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('corrected_by', leerhuis.charter.records.PersonRef(null=True)),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='results.attendance')),
            ],
            options={
                'db_table': 'correction',
                'indexes': [models.Index(condition=models.Q(('corrected_by__isnull', False)), fields=['corrected_by'], name='correction_corrected_by')],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('outcome', models.CharField(choices=[('passed', 'passed'), ('failed', 'failed')], max_length=10)),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
                ('decided_by', leerhuis.charter.records.PersonRef(null=True)),
                ('decided_at', models.DateTimeField()),
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.enrolment')),
            ],
            options={
                'db_table': 'result',
                'indexes': [models.Index(condition=models.Q(('decided_by__isnull', False)), fields=['decided_by'], name='result_decided_by'), models.Index(condition=models.Q(('remark', ''), _negated=True), fields=['id'], name='result_with_remark')],
            },
        ),
        migrations.AddIndex(
            model_name='sheet',
            index=models.Index(condition=models.Q(('submitted_by__isnull', False)), fields=['submitted_by'], name='sheet_submitted_by'),
        ),
        migrations.AddIndex(
            model_name='attendance',
            index=models.Index(fields=['enrolment'], name='attendance_of_enrolment'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('sheet', 'enrolment'), name='marked_once_per_lesson'),
        ),
    ]
