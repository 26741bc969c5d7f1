from typing import Any

from django.db import migrations, models


def count_those_out_of_use(apps: Any, schema_editor: Any) -> None:
    """Whoever is out of use was stopped once: what was made before stays over."""
    apps.get_model("accounts", "User").objects.filter(is_active=False).update(stops=1)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_user_mail_wish"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="stops",
            field=models.PositiveIntegerField(default=0, verbose_name="停用次数"),
        ),
        migrations.RunPython(count_those_out_of_use, migrations.RunPython.noop, elidable=True),
    ]
