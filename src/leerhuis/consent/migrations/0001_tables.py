import django.db.models.deletion
import django.db.models.functions.text
import leerhuis.audit.marks
import leerhuis.base.clock
import leerhuis.base.ids
import leerhuis.charter.records
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('consent', '0001_initial'),
        ('consent', '0002_ledger'),
        ('consent', '0003_choice_mark'),
        ('consent', '0004_channels'),
        ('consent', '0005_index_of_person'),
        ('consent', '0006_asked_parent'),
    ]

    initial = True

    dependencies = [
        ('organisations', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='News',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('topic', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=150, verbose_name='subject line')),
                ('body', models.TextField(verbose_name='text')),
                ('title_en', models.CharField(blank=True, max_length=150, verbose_name='subject line in English')),
                ('body_en', models.TextField(blank=True, verbose_name='text in English')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('sending', 'being made ready'), ('sent', 'sent'), ('paused', 'paused'), ('stopped', 'stopped')], default='draft', max_length=10)),
                ('written_by', leerhuis.charter.records.PersonRef(null=True)),
                ('sent_by', leerhuis.charter.records.PersonRef(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'news',
                'indexes': [models.Index(fields=['-created_at'], name='news_newest'), models.Index(condition=models.Q(('written_by__isnull', False)), fields=['written_by'], name='news_written_by'), models.Index(condition=models.Q(('sent_by__isnull', False)), fields=['sent_by'], name='news_sent_by')],
            },
        ),
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('email', models.EmailField(max_length=254, null=True, verbose_name='e-mail address')),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], default='nl', max_length=2)),
                ('parent_email', models.EmailField(blank=True, max_length=254)),
                ('asked_parent_email', models.EmailField(blank=True, max_length=254)),
                ('needs_parent_until', models.DateField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'reader',
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('topic', models.CharField(max_length=80)),
                ('language', models.CharField(max_length=2)),
                ('text', models.TextField()),
                ('mark', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'wording',
                'constraints': [models.UniqueConstraint(fields=('topic', 'language', 'mark'), name='wording_once')],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('topic', models.CharField(blank=True, max_length=80)),
                ('step', models.CharField(choices=[('asked', 'asked, not yet confirmed'), ('given', 'consent given'), ('withdrawn', 'consent withdrawn'), ('objected', 'objection made'), ('returned', 'objection taken back')], max_length=10)),
                ('channel', models.CharField(choices=[('website', 'on our website'), ('account', 'after signing in'), ('mail', 'by a link in a mail'), ('parent', 'by a parent, by a link in a mail'), ('phone', 'by telephone'), ('paper', 'on paper'), ('desk', 'by a request to our privacy desk'), ('import', 'taken over from an earlier system'), ('age', 'by us: under sixteen and without a parent'), ('restore', 'carried out again after a restore')], max_length=10)),
                ('together', models.UUIDField()),
                ('of_age', models.BooleanField(default=False)),
                ('reference', models.CharField(blank=True, max_length=200, verbose_name='where this is written down')),
                ('recorded_by', leerhuis.charter.records.PersonRef(null=True)),
                ('mark', leerhuis.audit.marks.Mark(default=bytes)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='consent.reader')),
                ('wording', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consent.wording')),
            ],
            options={
                'db_table': 'choice',
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('attendance', models.BooleanField(default=False, verbose_name='attendance')),
                ('progress', models.BooleanField(default=False, verbose_name='progress of the course')),
                ('result', models.BooleanField(default=False, verbose_name='result and certificate')),
                ('result_ground', models.CharField(blank=True, max_length=200, verbose_name='why the employer may see the result')),
                ('reference', models.CharField(max_length=200, verbose_name='where the agreement is written down')),
                ('recorded_by', leerhuis.charter.records.PersonRef(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'db_table': 'agreement',
                'indexes': [models.Index(fields=['organisation', '-created_at'], name='agreement_of_organisation'), models.Index(condition=models.Q(('recorded_by__isnull', False)), fields=['recorded_by'], name='agreement_recorded_by')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('organisation',), name='one_agreement_at_a_time')],
            },
        ),
        migrations.AddConstraint(
            model_name='reader',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', False), ('email__isnull', False), _connector='OR'), name='reader_is_person_or_address'),
        ),
        migrations.AddConstraint(
            model_name='reader',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='reader_address_once'),
        ),
        migrations.AddIndex(
            model_name='choice',
            index=models.Index(fields=['reader', 'topic', '-created_at', '-id'], name='choice_newest'),
        ),
        migrations.AddIndex(
            model_name='choice',
            index=models.Index(fields=['-created_at'], name='choice_by_moment'),
        ),
        migrations.AddIndex(
            model_name='choice',
            index=models.Index(condition=models.Q(('recorded_by__isnull', False)), fields=['recorded_by'], name='choice_recorded_by'),
        ),
        migrations.AddIndex(
            model_name='choice',
            index=models.Index(condition=models.Q(('reference', ''), _negated=True), fields=['id'], name='choice_with_reference'),
        ),
    ]
