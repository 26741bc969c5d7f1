from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_counted_index'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='memberversion',
            index=models.Index(condition=models.Q(('removed_in__isnull', True)), fields=['name'], name='member_now_name'),
        ),
        migrations.AddIndex(
            model_name='memberversion',
            index=models.Index(condition=models.Q(('removed_in__isnull', True)), fields=['union', 'entry'], name='member_now_union_entry'),
        ),
    ]
