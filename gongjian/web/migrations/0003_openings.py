import gongjian.core.days
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('web', '0002_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ledger', models.CharField(max_length=40, verbose_name='台账')),
                ('entry', models.BigIntegerField(verbose_name='系统编号')),
                ('reader_id', models.BigIntegerField(null=True, verbose_name='看的人')),
                ('name', models.CharField(max_length=200, verbose_name='姓名')),
                ('unmasked', models.BooleanField(default=False, verbose_name='完整号码')),
                ('at', models.DateTimeField(default=gongjian.core.days.now, verbose_name='时间')),
            ],
            options={
                'verbose_name': '看过的记录',
                'indexes': [models.Index(fields=['ledger', 'entry'], name='opening_of_entry'), models.Index(fields=['name'], name='opening_by'), models.Index(fields=['at'], name='opening_at')],
            },
        ),
    ]
