import django.contrib.postgres.indexes
import django.db.models.deletion
import leerhuis.base.clock
import leerhuis.base.ids
import leerhuis.base.search
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('enrolment', '0001_initial'),
        ('enrolment', '0002_found_by'),
        ('enrolment', '0003_grant_ended'),
        ('enrolment', '0004_conditions_version'),
        ('enrolment', '0005_index_of_remarks'),
        ('enrolment', '0006_finished_practice'),
    ]

    initial = True

    dependencies = [
        ('catalogue', '0001_tables'),
        ('conditions', '0001_tables'),
        ('consent', '0001_tables'),
        ('organisations', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('state', models.CharField(choices=[('enrolled', 'enrolled'), ('waiting', 'on the waiting list'), ('cancelled', 'cancelled'), ('completed', 'completed')], max_length=10)),
                ('price', models.DecimalField(decimal_places=2, max_digits=12)),
                ('waiting_since', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('remarks', models.TextField(blank=True, verbose_name='remarks')),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ordered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.run')),
            ],
            options={
                'db_table': 'enrolment',
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('attendance', models.BooleanField(default=False)),
                ('progress', models.BooleanField(default=False)),
                ('result', models.BooleanField(default=False)),
                ('told_at', models.DateTimeField(null=True)),
                ('objected_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consent.agreement')),
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='grant', to='enrolment.enrolment')),
            ],
            options={
                'db_table': 'grant',
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('source', models.CharField(choices=[('website', 'on the website'), ('employer', 'by the employer'), ('office', 'by the office')], max_length=10)),
                ('form_key', models.UUIDField(null=True, unique=True)),
                ('conditions_on', models.DateField(null=True)),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='reference for the invoice')),
                ('conditions', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conditions.conditionsversion')),
                ('handed_in_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.run')),
            ],
            options={
                'db_table': 'registration',
            },
        ),
        migrations.AddField(
            model_name='enrolment',
            name='registration',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='enrolment.registration'),
        ),
        migrations.CreateModel(
            name='Detail',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone number')),
                ('employer_name', models.CharField(blank=True, max_length=200, verbose_name='name of your employer')),
                ('employer_address', models.CharField(blank=True, max_length=300, verbose_name='address of your employer')),
                ('birth_date', models.DateField(null=True, verbose_name='date of birth')),
                ('register_number', models.CharField(blank=True, max_length=40, verbose_name='number in the professional register')),
                ('invoice_reference', models.CharField(blank=True, max_length=60, verbose_name='reference for the invoice')),
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='detail', to='enrolment.enrolment')),
            ],
            options={
                'db_table': 'detail',
                'indexes': [django.contrib.postgres.indexes.GinIndex(leerhuis.base.search.FoundBy(leerhuis.base.search.Plain('phone', 'register_number', 'invoice_reference'), leerhuis.base.search.Joined('phone'), leerhuis.base.search.Joined('register_number'), leerhuis.base.search.Joined('invoice_reference')), name='detail_found_by')],
            },
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['run', '-created_at'], name='registration_of_run'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=django.contrib.postgres.indexes.GinIndex(leerhuis.base.search.FoundBy(leerhuis.base.search.Plain('reference'), leerhuis.base.search.Joined('reference')), name='registration_found_by'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['run', 'state'], name='enrolment_of_run'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['learner', '-created_at'], name='enrolment_of_learner'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['ordered_by', '-created_at'], name='enrolment_ordered_by'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['-created_at'], name='enrolment_newest'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(condition=models.Q(('remarks', ''), _negated=True), fields=['id'], name='enrolment_with_remarks'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('run', 'learner'), name='enrolled_once_in_run'),
        ),
    ]
