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
        ('organisations', '0001_initial'),
        ('organisations', '0002_found_by'),
        ('organisations', '0003_invitation'),
        ('organisations', '0004_named_in_lists'),
        ('organisations', '0005_leaving'),
        ('organisations', '0006_index_of_person'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kvk', models.CharField(blank=True, max_length=8, verbose_name='Chamber of Commerce number')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='postcode')),
                ('city', models.CharField(blank=True, max_length=100, verbose_name='city')),
                ('remarks', models.TextField(blank=True, verbose_name='remarks')),
                ('self_service', models.BooleanField(default=False, verbose_name='contacts invite and end people themselves')),
                ('leaves_on', models.DateField(null=True)),
                ('left_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name_plural': 'organisations',
                'db_table': 'organisation',
                'indexes': [django.contrib.postgres.indexes.GinIndex(leerhuis.base.search.FoundBy(leerhuis.base.search.Plain('name', 'kvk', 'email', 'phone', 'address', 'postcode', 'city'), leerhuis.base.search.Joined('name'), leerhuis.base.search.Joined('phone'), leerhuis.base.search.Joined('postcode'), leerhuis.base.search.Heard('name')), name='organisation_found_by')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), condition=models.Q(('name', ''), _negated=True), name='organisation_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('employee', 'employee'), ('contact', 'contact')], max_length=10)),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='organisations.organisation')),
            ],
            options={
                'db_table': 'membership',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person', 'organisation', 'kind'), name='membership_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('employee', 'employee'), ('contact', 'contact')], max_length=10)),
                ('first_name', models.CharField(max_length=120)),
                ('last_name', models.CharField(max_length=150)),
                ('email', models.EmailField(max_length=254)),
                ('invited_by', leerhuis.charter.records.PersonRef(null=True)),
                ('sent_at', models.DateTimeField(default=leerhuis.base.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'db_table': 'membership_invitation',
                'indexes': [models.Index(condition=models.Q(('invited_by__isnull', False)), fields=['invited_by'], name='invitation_invited_by')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('organisation', 'person', 'kind'), name='membership_invitation_once_at_a_time')],
            },
        ),
    ]
