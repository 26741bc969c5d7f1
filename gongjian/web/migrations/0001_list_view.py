import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongjian.core.days


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ListView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ledger', models.CharField(max_length=40, verbose_name='台账')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('address', models.TextField(verbose_name='条件和列')),
                ('created', models.DateTimeField(default=gongjian.core.days.now, verbose_name='保存时间')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '我的视图',
                'constraints': [models.UniqueConstraint(fields=('owner', 'ledger', 'name'), name='list_view_has_its_name')],
            },
        ),
    ]
