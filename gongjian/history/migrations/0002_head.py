"""The head of the chain: change 0, record 0, and the stamp of this database."""

import secrets

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def begin(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    head = apps.get_model("history", "Head")
    head.objects.create(
        pk=1, stamp=secrets.token_hex(2), change=0, record=0, digest="0" * 64
    )


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
