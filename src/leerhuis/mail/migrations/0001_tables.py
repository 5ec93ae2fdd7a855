import django.contrib.postgres.indexes
import django.db.models.deletion
import leerhuis.base.clock
import leerhuis.base.ids
import leerhuis.base.search
import leerhuis.charter.records
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('mail', '0001_initial'),
        ('mail', '0002_found_by'),
        ('mail', '0003_held'),
        ('mail', '0004_standstill'),
        ('mail', '0005_setaside'),
        ('mail', '0006_news'),
        ('mail', '0007_mention'),
        ('mail', '0008_customer_mention'),
        ('mail', '0009_farewell'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('kind', models.CharField(max_length=80)),
                ('cause', models.CharField(max_length=80)),
                ('cause_id', models.UUIDField(null=True)),
                ('person', leerhuis.charter.records.PersonRef(null=True)),
                ('to_name', models.CharField(blank=True, max_length=300)),
                ('to_address', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=2)),
                ('title', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('secret', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('sent', 'sent'), ('failed', 'not delivered'), ('held', 'held back'), ('dropped', 'not sent, on purpose')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('try_after', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('fault', models.CharField(blank=True, max_length=60)),
                ('topic', models.CharField(blank=True, max_length=80)),
                ('leave_link', models.CharField(blank=True, max_length=300)),
                ('vanishes', models.BooleanField(default=False)),
            ],
            options={
                'db_table': 'message',
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['try_after'], name='message_waiting'), models.Index(fields=['person', '-created_at'], name='message_of_person'), models.Index(fields=['-created_at'], name='message_newest'), models.Index(condition=models.Q(('topic', ''), _negated=True), fields=['cause_id', 'state'], name='message_of_news'), models.Index(condition=models.Q(('vanishes', True)), fields=['cause_id'], name='message_farewell'), django.contrib.postgres.indexes.GinIndex(leerhuis.base.search.FoundBy(leerhuis.base.search.Plain('to_name', 'to_address')), name='message_found_by')],
            },
        ),
        migrations.CreateModel(
            name='SetAside',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('person', leerhuis.charter.records.PersonRef()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'mail_set_aside',
                'indexes': [models.Index(condition=models.Q(('person__isnull', False)), fields=['person'], name='mail_set_aside_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person',), name='set_aside_once')],
            },
        ),
        migrations.CreateModel(
            name='Standstill',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('begun_by', leerhuis.charter.records.PersonRef(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', leerhuis.charter.records.PersonRef(null=True)),
            ],
            options={
                'db_table': 'mail_standstill',
                'indexes': [models.Index(condition=models.Q(('begun_by__isnull', False)), fields=['begun_by'], name='mail_standstill_begun_by'), models.Index(condition=models.Q(('ended_by__isnull', False)), fields=['ended_by'], name='mail_standstill_ended_by')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('ended_at',), name='one_standstill', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('key', models.CharField(max_length=64)),
                ('topic', models.CharField(blank=True, max_length=80)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'mail_suppression',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('key', 'topic'), name='suppressed_once')],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('person', leerhuis.charter.records.PersonRef()),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mail.message')),
            ],
            options={
                'db_table': 'mail_mention',
                'indexes': [models.Index(fields=['person'], name='mention_of_person')],
            },
        ),
        migrations.CreateModel(
            name='CustomerMention',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('customer', leerhuis.charter.records.CustomerRef()),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mail.message')),
            ],
            options={
                'db_table': 'mail_customer_mention',
                'indexes': [models.Index(fields=['customer'], name='mention_of_customer')],
            },
        ),
    ]
