import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import leerhuis.base.clock
import leerhuis.base.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('practice', '0001_initial'),
        ('practice', '0002_kinds'),
        ('practice', '0003_media_objectives_sources'),
        ('practice', '0004_goals'),
        ('practice', '0005_incoming'),
        ('practice', '0006_authoring'),
        ('practice', '0007_insight'),
        ('practice', '0008_api'),
        ('practice', '0009_bookmarks'),
        ('practice', '0010_reminders'),
        ('practice', '0011_device_reports'),
        ('practice', '0012_together'),
    ]

    initial = True

    dependencies = [
        ('organisations', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PushDevice',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('sign_in', models.UUIDField()),
                ('endpoint', models.CharField(max_length=1000)),
                ('key', models.CharField(max_length=100)),
                ('auth', models.CharField(max_length=50)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('browser', models.CharField(max_length=30)),
                ('system', models.CharField(max_length=30)),
                ('reached_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'practice_push_device',
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('single', 'one answer'), ('multiple', 'several answers'), ('true_false', 'true or false'), ('short_text', 'short text'), ('numeric', 'number'), ('matching', 'matching'), ('ordering', 'putting in order'), ('cloze', 'text with gaps'), ('hotspot', 'place on a picture'), ('open', 'open, judged by the learner')], max_length=12, verbose_name='kind')),
                ('title', models.TextField(blank=True, verbose_name='title')),
                ('stem', models.TextField(verbose_name='question')),
                ('stem_format', models.CharField(choices=[('markdown', 'text with simple marks (Markdown)'), ('html', 'HTML'), ('moodle', 'text as Moodle shows it'), ('plain', 'plain text')], default='markdown', max_length=10, verbose_name='written as')),
                ('options', models.JSONField()),
                ('explanation', models.TextField(blank=True, verbose_name='explanation')),
                ('explanation_format', models.CharField(choices=[('markdown', 'text with simple marks (Markdown)'), ('html', 'HTML'), ('moodle', 'text as Moodle shows it'), ('plain', 'plain text')], default='markdown', max_length=10)),
                ('position', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('review', 'in review'), ('released', 'in use'), ('withdrawn', 'withdrawn'), ('retired', 'source changed')], default='released', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('meant_at', models.DateTimeField(null=True)),
                ('source', models.TextField(blank=True)),
                ('source_id', models.TextField(blank=True)),
                ('fingerprint', models.CharField(max_length=64)),
                ('retired_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('title', 'stem', 'explanation', config='simple'), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'db_table': 'question',
                'ordering': ['topic__position', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Bank',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], default='nl', max_length=2, verbose_name='language')),
                ('four_eyes', models.BooleanField(default=False)),
                ('named_only', models.BooleanField(default=False)),
            ],
            options={
                'db_table': 'question_bank',
                'ordering': ['title'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('title'), name='bank_title_once')],
            },
        ),
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('until', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accesses', to='practice.bank')),
            ],
            options={
                'db_table': 'practice_access',
            },
        ),
        migrations.CreateModel(
            name='BankAuthor',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('ended_at', models.DateTimeField(null=True)),
                ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authors', to='practice.bank')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'question_bank_author',
            },
        ),
        migrations.CreateModel(
            name='DeviceReport',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('fault', models.CharField(max_length=40)),
                ('message', models.CharField(blank=True, max_length=200)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('stack', models.TextField(blank=True)),
                ('version', models.CharField(max_length=40)),
                ('device', models.CharField(choices=[('phone', 'telephone'), ('tablet', 'tablet'), ('computer', 'computer')], max_length=8)),
                ('system', models.CharField(max_length=30)),
                ('browser', models.CharField(max_length=30)),
                ('screen', models.CharField(choices=[('small', 'small screen'), ('medium', 'medium screen'), ('large', 'large screen')], max_length=6)),
                ('language', models.CharField(blank=True, choices=[('nl', 'Nederlands'), ('en', 'English')], max_length=2)),
                ('reduced_motion', models.BooleanField(default=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'practice_device_report',
            },
        ),
        migrations.CreateModel(
            name='Fit',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('state', models.CharField(choices=[('in_use', 'in use'), ('set_aside', 'set aside'), ('not_better', 'not better, so not used')], max_length=10)),
                ('parameters', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
                ('people', models.PositiveIntegerField()),
                ('answers', models.PositiveIntegerField()),
                ('held_out_people', models.PositiveIntegerField()),
                ('held_out_answers', models.PositiveIntegerField()),
                ('gain', models.FloatField()),
                ('error', models.FloatField()),
                ('figures', models.JSONField()),
            ],
            options={
                'db_table': 'practice_fit',
                'ordering': ['-created_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'in_use')), fields=('state',), name='one_fit_in_use')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('exam_on', models.DateField(null=True, verbose_name='exam on')),
                ('planned_on', models.DateField(null=True)),
                ('retention', models.FloatField(default=0.9)),
                ('minutes', models.PositiveSmallIntegerField(default=4)),
                ('access', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='goal', to='practice.access')),
            ],
            options={
                'db_table': 'practice_goal',
            },
        ),
        migrations.CreateModel(
            name='Incoming',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('name', models.CharField(max_length=200)),
                ('topic', models.CharField(blank=True, max_length=150)),
                ('content', models.BinaryField()),
                ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='practice.bank')),
            ],
            options={
                'db_table': 'question_incoming',
            },
        ),
        migrations.CreateModel(
            name='Media',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('kind', models.CharField(choices=[('picture', 'picture'), ('sound', 'sound'), ('film', 'film')], max_length=7, verbose_name='kind')),
                ('media_type', models.CharField(max_length=40)),
                ('alt', models.TextField(verbose_name='what it shows or says')),
                ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                ('width', models.PositiveIntegerField(default=0)),
                ('height', models.PositiveIntegerField(default=0)),
                ('digest', models.CharField(max_length=64)),
                ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='media', to='practice.bank')),
            ],
            options={
                'db_table': 'question_media',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('title', models.CharField(max_length=300, verbose_name='learning goal')),
                ('position', models.PositiveIntegerField(default=0)),
                ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='practice.bank')),
            ],
            options={
                'db_table': 'question_objective',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Permit',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('because', models.UUIDField()),
                ('until', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('access', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='permits', to='practice.access')),
            ],
            options={
                'db_table': 'practice_permit',
            },
        ),
        migrations.CreateModel(
            name='Player',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('nickname', models.CharField(max_length=20)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'practice_player',
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('text', models.TextField(max_length=2000, verbose_name='comment')),
                ('settled_at', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='practice.question')),
            ],
            options={
                'db_table': 'question_comment',
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('stability', models.FloatField()),
                ('difficulty', models.FloatField()),
                ('state', models.PositiveSmallIntegerField()),
                ('step', models.PositiveSmallIntegerField(null=True)),
                ('last_review', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('reps', models.PositiveIntegerField(default=0)),
                ('lapses', models.PositiveIntegerField(default=0)),
                ('access', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cards', to='practice.access')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cards', to='practice.question')),
            ],
            options={
                'db_table': 'practice_card',
            },
        ),
        migrations.CreateModel(
            name='Bookmark',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('access', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bookmarks', to='practice.access')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='practice.question')),
            ],
            options={
                'db_table': 'practice_bookmark',
            },
        ),
        migrations.CreateModel(
            name='Aim',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aims', to='practice.objective')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aims', to='practice.question')),
            ],
            options={
                'db_table': 'question_aim',
                'ordering': ['objective__position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('day', models.DateField()),
                ('reason', models.CharField(choices=[('exam', 'your exam comes nearer'), ('due', 'what you know is about to be forgotten'), ('fading', 'you are expected to know less than you wished')], max_length=6)),
                ('questions', models.PositiveSmallIntegerField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('way', models.CharField(choices=[('push', 'on a device'), ('mail', 'by mail'), ('none', 'it could not be brought')], max_length=4)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='practice.bank')),
            ],
            options={
                'db_table': 'practice_reminder',
            },
        ),
        migrations.CreateModel(
            name='Push',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('try_after', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pushes', to='practice.pushdevice')),
                ('reminder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pushes', to='practice.reminder')),
            ],
            options={
                'db_table': 'practice_push',
            },
        ),
        migrations.CreateModel(
            name='ReminderPlan',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('hour', models.PositiveSmallIntegerField(default=19)),
                ('days', models.PositiveSmallIntegerField(default=127)),
                ('at_work', models.BooleanField(default=False)),
                ('declined_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'practice_reminder_plan',
            },
        ),
        migrations.AddField(
            model_name='reminder',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='practice.reminderplan'),
        ),
        migrations.AddField(
            model_name='pushdevice',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to='practice.reminderplan'),
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('order', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('again', 'not known last time'), ('due', 'about to be forgotten'), ('exam', 'for the exam'), ('new', 'not met before'), ('ahead', 'practising ahead')], max_length=5), default=list, size=None)),
                ('mastery_before', models.FloatField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('in_app', models.BooleanField(default=False)),
                ('access', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='practice.access')),
            ],
            options={
                'db_table': 'practice_round',
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('question_version', models.PositiveIntegerField()),
                ('key', models.UUIDField()),
                ('given', models.TextField()),
                ('outcome', models.CharField(choices=[('right', 'right'), ('partly', 'partly right'), ('wrong', 'not right'), ('shown', 'answer shown first')], max_length=6)),
                ('was_known', models.BooleanField(default=False)),
                ('took_ms', models.PositiveIntegerField(null=True)),
                ('answered_at', models.DateTimeField()),
                ('trouble', models.CharField(blank=True, choices=[('wrong', 'what counts as right is not right'), ('unclear', 'it is not clear what is asked'), ('typo', 'there is a mistake in the text'), ('old', 'it is out of date'), ('broken', 'something does not work, such as a picture')], db_default='', default='', max_length=7)),
                ('told_at', models.DateTimeField(null=True)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='practice.question')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='practice.round')),
            ],
            options={
                'db_table': 'practice_answer',
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('address', models.URLField(blank=True, max_length=500, verbose_name='address on the web')),
                ('valid_until', models.DateField(null=True, verbose_name='holds until')),
                ('changed_on', models.DateField(null=True, verbose_name='changed on')),
            ],
            options={
                'db_table': 'question_source',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='source_name_once')],
            },
        ),
        migrations.AddField(
            model_name='question',
            name='rests_on',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='practice.source'),
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('position', models.PositiveIntegerField(default=0)),
                ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='practice.bank')),
            ],
            options={
                'db_table': 'question_topic',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='question',
            name='topic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='practice.topic'),
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('single', 'one answer'), ('multiple', 'several answers'), ('true_false', 'true or false'), ('short_text', 'short text'), ('numeric', 'number'), ('matching', 'matching'), ('ordering', 'putting in order'), ('cloze', 'text with gaps'), ('hotspot', 'place on a picture'), ('open', 'open, judged by the learner')], max_length=12, verbose_name='kind')),
                ('title', models.TextField(blank=True, verbose_name='title')),
                ('stem', models.TextField(verbose_name='question')),
                ('stem_format', models.CharField(choices=[('markdown', 'text with simple marks (Markdown)'), ('html', 'HTML'), ('moodle', 'text as Moodle shows it'), ('plain', 'plain text')], default='markdown', max_length=10, verbose_name='written as')),
                ('options', models.JSONField()),
                ('explanation', models.TextField(blank=True, verbose_name='explanation')),
                ('explanation_format', models.CharField(choices=[('markdown', 'text with simple marks (Markdown)'), ('html', 'HTML'), ('moodle', 'text as Moodle shows it'), ('plain', 'plain text')], default='markdown', max_length=10)),
                ('number', models.PositiveIntegerField()),
                ('change', models.CharField(choices=[('new', 'new'), ('meaning', 'meaning changed'), ('words', 'words only')], default='new', max_length=7)),
                ('said_by_author', models.BooleanField(default=False)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='practice.question')),
                ('writer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'question_version',
                'ordering': ['-number'],
            },
        ),
        migrations.AddIndex(
            model_name='access',
            index=models.Index(fields=['until'], name='access_by_end'),
        ),
        migrations.AddConstraint(
            model_name='access',
            constraint=models.UniqueConstraint(fields=('person', 'bank'), name='access_once_per_bank'),
        ),
        migrations.AddConstraint(
            model_name='bankauthor',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('bank', 'person'), name='bank_author_once_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='devicereport',
            index=models.Index(fields=['person', '-created_at'], name='device_reports_of_person'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.CheckConstraint(condition=models.Q(('retention__range', (0.7, 0.97))), name='goal_retention_in_range'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__range', (3, 7))), name='goal_minutes_in_range'),
        ),
        migrations.AddIndex(
            model_name='media',
            index=models.Index(fields=['digest'], name='media_by_digest'),
        ),
        migrations.AddConstraint(
            model_name='media',
            constraint=models.UniqueConstraint(fields=('bank', 'name'), name='media_name_once_in_bank'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.UniqueConstraint(models.F('bank'), django.db.models.functions.text.Lower('title'), name='objective_once_in_bank'),
        ),
        migrations.AddIndex(
            model_name='permit',
            index=models.Index(fields=['because'], name='permit_by_cause'),
        ),
        migrations.AddConstraint(
            model_name='permit',
            constraint=models.UniqueConstraint(fields=('access', 'because'), name='permit_once_per_cause'),
        ),
        migrations.AddConstraint(
            model_name='player',
            constraint=models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('nickname'), name='nickname_once_in_organisation'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('settled_by__isnull', False)), fields=['settled_by'], name='question_comment_settled_by'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(fields=['access', 'due_at'], name='cards_by_due'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.UniqueConstraint(fields=('access', 'question'), name='card_once'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(('stability__gt', 0)), name='card_stability_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='bookmark',
            constraint=models.UniqueConstraint(fields=('access', 'question'), name='bookmark_once'),
        ),
        migrations.AddConstraint(
            model_name='aim',
            constraint=models.UniqueConstraint(fields=('question', 'objective'), name='aim_once'),
        ),
        migrations.AddIndex(
            model_name='reminderplan',
            index=models.Index(fields=['hour'], name='reminder_plan_by_hour'),
        ),
        migrations.AddConstraint(
            model_name='reminderplan',
            constraint=models.CheckConstraint(condition=models.Q(('hour__range', (6, 22))), name='reminder_hour_in_range'),
        ),
        migrations.AddConstraint(
            model_name='reminderplan',
            constraint=models.CheckConstraint(condition=models.Q(('days__range', (1, 127))), name='reminder_on_some_day'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('plan', 'day'), name='one_reminder_a_day'),
        ),
        migrations.AddIndex(
            model_name='pushdevice',
            index=models.Index(fields=['plan'], name='push_devices_of_plan'),
        ),
        migrations.AddIndex(
            model_name='pushdevice',
            index=models.Index(fields=['sign_in'], name='push_devices_of_sign_in'),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['access', '-created_at'], name='rounds_of_access'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('access',), name='one_open_round'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['question', 'answered_at'], name='answers_to_question'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['key'], name='answers_by_key'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(condition=models.Q(('trouble', ''), _negated=True), fields=['question'], name='answers_with_trouble'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('round', 'question'), name='answer_once_in_round'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('round', 'key'), name='answer_key_once_in_round'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(models.F('bank'), django.db.models.functions.text.Lower('title'), name='topic_title_once_in_bank'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['topic', 'state', 'position'], name='question_in_topic'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['fingerprint'], name='question_by_fingerprint'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['rests_on'], name='question_by_source'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='question_search'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(condition=models.Q(('writer__isnull', False)), fields=['writer'], name='question_version_writer'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('question', 'number'), name='version_number_once'),
        ),
    ]
