import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import leerhuis.base.clock
import leerhuis.base.ids
import leerhuis.base.search
import leerhuis.charter.records
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_found_by'),
        ('people', '0003_sign_in'),
        ('people', '0004_person_restricted_at'),
        ('people', '0005_store'),
        ('people', '0006_index_of_person'),
        ('people', '0007_app_tokens'),
        ('people', '0008_restricted_index'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, null=True, verbose_name='e-mail address')),
                ('first_name', models.CharField(max_length=120, verbose_name='first name')),
                ('last_name', models.CharField(max_length=150, verbose_name='last name')),
                ('sort_name', models.CharField(max_length=280)),
                ('password', models.CharField(max_length=128)),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], default='nl', max_length=2)),
                ('state', models.CharField(choices=[('invited', 'invited'), ('active', 'active'), ('suspended', 'suspended'), ('left', 'left'), ('erased', 'erased')], default='active', max_length=10)),
                ('source', models.CharField(choices=[('sign_up', 'you opened an account'), ('registration', 'you registered for a course'), ('employer', 'your employer registered you'), ('staff', 'a member of staff entered you'), ('import', 'your data were taken over from an earlier system')], max_length=20)),
                ('entered_by', leerhuis.charter.records.PersonRef(null=True)),
                ('restricted_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'person',
                'indexes': [models.Index(fields=['sort_name'], name='person_by_name'), django.contrib.postgres.indexes.GinIndex(leerhuis.base.search.FoundBy(leerhuis.base.search.Plain('first_name', 'last_name', 'email'), leerhuis.base.search.Joined('last_name'), leerhuis.base.search.Heard('first_name', 'last_name')), name='person_found_by'), models.Index(condition=models.Q(('entered_by__isnull', False)), fields=['entered_by'], name='person_entered_by'), models.Index(condition=models.Q(('restricted_at', None), _negated=True), fields=['id'], name='person_restricted')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='person_email_once')],
            },
        ),
        migrations.CreateModel(
            name='Store',
            fields=[
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('session_data', models.TextField()),
                ('person', leerhuis.charter.records.PersonRef(null=True)),
            ],
            options={
                'db_table': 'sign_in_store',
                'indexes': [models.Index(fields=['person'], name='store_of_person')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('name', models.CharField(choices=[('contact', "employer's contact"), ('trainer', 'trainer'), ('clerk', 'clerk'), ('planner', 'planner'), ('bookkeeper', 'bookkeeper'), ('marketer', 'marketer'), ('privacy_officer', 'privacy officer'), ('academy_admin', 'academy administrator')], max_length=20)),
                ('granted_by', leerhuis.charter.records.PersonRef(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'role',
                'indexes': [models.Index(condition=models.Q(('granted_by__isnull', False)), fields=['granted_by'], name='role_granted_by')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person', 'name'), name='role_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('browser', models.CharField(max_length=30)),
                ('system', models.CharField(max_length=30)),
                ('device_key', models.CharField(max_length=64)),
                ('last_used_at', models.DateTimeField(default=leerhuis.base.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('scope', models.CharField(blank=True, choices=[('practice', 'practising')], max_length=10)),
                ('app', models.CharField(blank=True, max_length=60, verbose_name='name of the app')),
                ('second_factor', models.BooleanField(default=False)),
                ('expires_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'sign_in',
                'indexes': [models.Index(fields=['person', 'device_key'], name='sign_in_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('scope', ''), ('expires_at__isnull', False), _connector='OR'), name='sign_in_of_app_expires')],
            },
        ),
    ]
