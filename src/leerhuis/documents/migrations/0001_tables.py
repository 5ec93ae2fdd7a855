import leerhuis.base.clock
import leerhuis.base.ids
import leerhuis.charter.records
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('documents', '0001_initial'),
        ('documents', '0002_index_of_person'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Removal',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('place', models.CharField(max_length=200)),
            ],
            options={
                'db_table': 'removal',
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('person', leerhuis.charter.records.PersonRef()),
                ('purpose', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=120, verbose_name='name of the file')),
                ('reason', models.CharField(max_length=200, verbose_name='what it is and why it is kept')),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('png', 'picture (PNG)'), ('jpg', 'picture (JPEG)'), ('docx', 'Word document'), ('xlsx', 'Excel workbook'), ('pptx', 'PowerPoint presentation'), ('odt', 'OpenDocument text'), ('txt', 'plain text')], max_length=8, verbose_name='kind of file')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('digest', models.CharField(max_length=64)),
                ('key', models.UUIDField()),
                ('scan', models.CharField(choices=[('none', 'not examined for viruses'), ('waiting', 'being examined for viruses'), ('clean', 'no virus found'), ('infected', 'destroyed: a virus was found')], default='none', max_length=10, verbose_name='virus scanner')),
                ('made_by', leerhuis.charter.records.PersonRef(null=True)),
                ('dropped_at', models.DateTimeField(null=True, verbose_name='removed')),
            ],
            options={
                'db_table': 'document',
                'indexes': [models.Index(fields=['person', '-created_at'], name='document_of_person'), models.Index(fields=['key'], name='document_by_key'), models.Index(condition=models.Q(('dropped_at', None), _negated=True), fields=['dropped_at'], name='document_dropped'), models.Index(condition=models.Q(('scan', 'waiting')), fields=['id'], name='document_to_scan'), models.Index(condition=models.Q(('made_by__isnull', False)), fields=['made_by'], name='document_made_by')],
            },
        ),
    ]
