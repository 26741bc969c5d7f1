from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('unions', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='unionversion',
            index=models.Index(condition=models.Q(('removed_in__isnull', True)), fields=['approval_no'], name='union_now_approval_no'),
        ),
    ]
