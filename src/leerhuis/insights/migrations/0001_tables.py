import django.db.models.deletion
import leerhuis.base.clock
import leerhuis.base.ids
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('insights', '0001_initial'),
        ('insights', '0002_comparing_and_questions'),
    ]

    initial = True

    dependencies = [
        ('catalogue', '0001_tables'),
        ('organisations', '0001_tables'),
        ('practice', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountedMonth',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('month', models.DateField(unique=True)),
                ('compared_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'counted_month',
            },
        ),
        migrations.CreateModel(
            name='CountedRun',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('month', models.DateField()),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.run')),
            ],
            options={
                'db_table': 'counted_run',
            },
        ),
        migrations.CreateModel(
            name='CourseMonth',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('enrolled', models.PositiveIntegerField(default=0)),
                ('marks', models.PositiveIntegerField(default=0)),
                ('present', models.PositiveIntegerField(default=0)),
                ('passed', models.PositiveIntegerField(default=0)),
                ('failed', models.PositiveIntegerField(default=0)),
                ('certificates', models.PositiveIntegerField(default=0)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.course')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'db_table': 'course_month',
                'constraints': [models.UniqueConstraint(fields=('month', 'course', 'organisation'), name='course_month_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='IntakeMonth',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('learners', models.PositiveIntegerField(default=0)),
                ('registrations', models.PositiveIntegerField(default=0)),
                ('cancellations', models.PositiveIntegerField(default=0)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'db_table': 'intake_month',
                'constraints': [models.UniqueConstraint(fields=('month', 'organisation'), name='intake_month_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='OptionBatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('version', models.PositiveIntegerField()),
                ('option', models.CharField(max_length=40)),
                ('chosen', models.PositiveIntegerField(default=0)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practice.question')),
            ],
            options={
                'db_table': 'option_batch',
                'constraints': [models.UniqueConstraint(fields=('month', 'question', 'version', 'option'), name='option_batch_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='PracticeMonth',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('people', models.PositiveIntegerField(default=0)),
                ('rounds', models.PositiveIntegerField(default=0)),
                ('bank', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practice.bank')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'db_table': 'practice_month',
                'constraints': [models.UniqueConstraint(fields=('month', 'bank', 'organisation'), name='practice_month_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='QuestionBatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('version', models.PositiveIntegerField()),
                ('people', models.PositiveIntegerField(default=0)),
                ('answers', models.PositiveIntegerField(default=0)),
                ('right', models.PositiveIntegerField(default=0)),
                ('first', models.PositiveIntegerField(default=0)),
                ('first_right', models.PositiveIntegerField(default=0)),
                ('timed', models.PositiveIntegerField(default=0)),
                ('seconds', models.PositiveBigIntegerField(default=0)),
                ('paired', models.PositiveIntegerField(default=0)),
                ('paired_right', models.PositiveIntegerField(default=0)),
                ('rest', models.PositiveBigIntegerField(default=0)),
                ('rest_right', models.PositiveBigIntegerField(default=0)),
                ('rest_squares', models.PositiveBigIntegerField(default=0)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practice.question')),
            ],
            options={
                'db_table': 'question_batch',
                'constraints': [models.UniqueConstraint(fields=('month', 'question', 'version'), name='question_batch_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='QuestionMonth',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('people', models.PositiveIntegerField(default=0)),
                ('answers', models.PositiveIntegerField(default=0)),
                ('right', models.PositiveIntegerField(default=0)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practice.question')),
            ],
            options={
                'db_table': 'question_month',
                'constraints': [models.UniqueConstraint(fields=('month', 'question'), name='question_month_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='RunMonth',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('runs', models.PositiveIntegerField(default=0)),
                ('lessons', models.PositiveIntegerField(default=0)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.course')),
            ],
            options={
                'db_table': 'run_month',
                'constraints': [models.UniqueConstraint(fields=('month', 'course'), name='run_month_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='TopicMonth',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('people', models.PositiveIntegerField(default=0)),
                ('answers', models.PositiveIntegerField(default=0)),
                ('right', models.PositiveIntegerField(default=0)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practice.topic')),
            ],
            options={
                'db_table': 'topic_month',
                'constraints': [models.UniqueConstraint(fields=('month', 'topic', 'organisation'), name='topic_month_once', nulls_distinct=False)],
            },
        ),
    ]
