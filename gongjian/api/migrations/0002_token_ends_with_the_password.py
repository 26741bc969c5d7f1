from django.db import migrations, models


class Migration(migrations.Migration):
    """Tokens of before have no seal and are not taken any more: they are to be made anew."""

    dependencies = [
        ("api", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="seal",
            field=models.CharField(default="", max_length=64, verbose_name="密码的摘要"),
        ),
    ]
