import django.contrib.postgres.indexes
import django.db.models.deletion
import leerhuis.base.clock
import leerhuis.base.ids
import leerhuis.base.search
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('catalogue', '0001_initial'),
        ('catalogue', '0002_found_by'),
    ]

    initial = True

    dependencies = [
        ('practice', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('address', models.CharField(max_length=200, verbose_name='address')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='postcode')),
                ('city', models.CharField(max_length=100, verbose_name='city')),
                ('route', models.TextField(blank=True, verbose_name='how to get there')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
            ],
            options={
                'db_table': 'venue',
            },
        ),
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=160, verbose_name='title in English')),
                ('summary', models.CharField(blank=True, max_length=400, verbose_name='summary')),
                ('summary_en', models.CharField(blank=True, max_length=400, verbose_name='summary in English')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('outcomes', models.JSONField(blank=True, default=list, verbose_name='what you can do afterwards')),
                ('audience', models.CharField(blank=True, max_length=300, verbose_name='for whom')),
                ('level', models.CharField(blank=True, max_length=60, verbose_name='level')),
                ('hours', models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=6, verbose_name='hours')),
                ('language', models.CharField(choices=[('nl', 'Dutch'), ('en', 'English')], default='nl', max_length=2, verbose_name='language')),
                ('price', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='price')),
                ('vat', models.CharField(choices=[('exempt', 'exempt from VAT'), ('standard', 'excluding 21% VAT')], default='exempt', max_length=10, verbose_name='VAT')),
                ('points', models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=5, verbose_name='PE points')),
                ('register', models.CharField(blank=True, max_length=40, verbose_name='register')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'out of the catalogue')], default='draft', max_length=10)),
                ('practice_months_after', models.PositiveSmallIntegerField(default=6, verbose_name='months of practice after the last lesson')),
                ('found_by', models.TextField(default='', editable=False)),
            ],
            options={
                'db_table': 'course',
                'indexes': [models.Index(fields=['state', 'title'], name='course_in_catalogue'), django.contrib.postgres.indexes.GinIndex(leerhuis.base.search.FoundBy(leerhuis.base.search.Plain('title', 'title_en', 'slug')), name='course_found_by_word')],
                'constraints': [models.CheckConstraint(condition=models.Q(('price__isnull', True), ('price__gte', 0), _connector='OR'), name='course_price_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('code', models.CharField(max_length=30, unique=True, verbose_name='code')),
                ('seats', models.PositiveSmallIntegerField(verbose_name='seats')),
                ('minimum', models.PositiveSmallIntegerField(default=1, verbose_name='minimum number of learners')),
                ('price', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='price')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('open', 'open for registration'), ('confirmed', 'goes ahead'), ('cancelled', 'cancelled'), ('closed', 'finished')], default='planned', max_length=10)),
                ('first_day', models.DateField(null=True, verbose_name='first day')),
                ('last_day', models.DateField(null=True, verbose_name='last day')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='catalogue.course')),
            ],
            options={
                'db_table': 'run',
            },
        ),
        migrations.CreateModel(
            name='Teaching',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='teachings', to='catalogue.run')),
                ('trainer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'teaching',
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('title', models.CharField(blank=True, max_length=160, verbose_name='subject')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('room', models.CharField(blank=True, max_length=60, verbose_name='room')),
                ('online_link', models.URLField(blank=True, max_length=500, verbose_name='address of the online room')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons', to='catalogue.run')),
                ('venue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.venue')),
            ],
            options={
                'db_table': 'lesson',
                'ordering': ['starts_at'],
            },
        ),
        migrations.CreateModel(
            name='AskedField',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('field', models.CharField(choices=[('phone', 'Phone number'), ('employer_name', 'Name of your employer'), ('employer_address', 'Address of your employer'), ('birth_date', 'Date of birth'), ('register_number', 'Number in the professional register'), ('invoice_reference', 'Reference for the invoice')], max_length=20)),
                ('reason_nl', models.CharField(max_length=200)),
                ('reason_en', models.CharField(max_length=200)),
                ('required', models.BooleanField(default=True)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='catalogue.course')),
            ],
            options={
                'db_table': 'asked_field',
                'ordering': ['created_at'],
                'constraints': [models.UniqueConstraint(fields=('course', 'field'), name='asked_once')],
            },
        ),
        migrations.CreateModel(
            name='Module',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('bank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practice.bank')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='modules', to='catalogue.course')),
            ],
            options={
                'db_table': 'module',
                'constraints': [models.UniqueConstraint(fields=('course', 'bank'), name='bank_once_in_course')],
            },
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(fields=['state', 'first_day'], name='run_by_day'),
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(fields=['course', 'first_day'], name='run_of_course'),
        ),
        migrations.AddIndex(
            model_name='run',
            index=django.contrib.postgres.indexes.GinIndex(leerhuis.base.search.FoundBy(leerhuis.base.search.Plain('code')), name='run_found_by'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(('seats__gt', 0)), name='run_has_seats'),
        ),
        migrations.AddConstraint(
            model_name='teaching',
            constraint=models.UniqueConstraint(fields=('run', 'trainer'), name='trainer_once_in_run'),
        ),
        migrations.AddIndex(
            model_name='lesson',
            index=models.Index(fields=['starts_at'], name='lesson_by_time'),
        ),
        migrations.AddIndex(
            model_name='lesson',
            index=models.Index(fields=['run', 'starts_at'], name='lesson_of_run'),
        ),
        migrations.AddConstraint(
            model_name='lesson',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='lesson_ends_after_start'),
        ),
    ]
