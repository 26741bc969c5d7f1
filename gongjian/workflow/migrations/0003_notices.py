"""Notices tell of urges and of days that come near, too."""

from typing import Any

import django.db.models.deletion
import gongjian.core.days
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def date_notices(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - asked so
    """A notice that there is already came with its passage."""
    passages = apps.get_model("workflow", "Passage").objects.filter(pk=OuterRef("passage_id"))
    apps.get_model("workflow", "Notice").objects.update(at=Subquery(passages.values("at")))


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0002_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="Urge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=40, verbose_name="催哪一步")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="催办人编号")),
                ("actor_name", models.CharField(max_length=200, verbose_name="催办人")),
                ("day", models.DateField(verbose_name="日期")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("text", models.TextField(blank=True, verbose_name="说明")),
            ],
            options={
                "verbose_name": "催办",
            },
        ),
        migrations.AddField(
            model_name="notice",
            name="at",
            field=models.DateTimeField(default=gongjian.core.days.now, verbose_name="时间"),
        ),
        migrations.AddField(
            model_name="notice",
            name="todo",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.todo",
                verbose_name="待办",
            ),
        ),
        migrations.AddField(
            model_name="todo",
            name="warned_at",
            field=models.DateTimeField(null=True, verbose_name="提醒时间"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="passage",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.passage",
                verbose_name="经过",
            ),
        ),
        migrations.AddIndex(
            model_name="todo",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True), ("warned_at__isnull", True)),
                fields=["due"],
                name="todo_unwarned",
            ),
        ),
        migrations.AddField(
            model_name="urge",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="urges",
                to="workflow.case",
                verbose_name="事项",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="urge",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflow.urge",
                verbose_name="催办",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("passage__isnull", False), ("todo__isnull", True), ("urge__isnull", True)
                    ),
                    models.Q(
                        ("passage__isnull", True), ("todo__isnull", True), ("urge__isnull", False)
                    ),
                    models.Q(
                        ("passage__isnull", True), ("todo__isnull", False), ("urge__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="notice_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="urge",
            constraint=models.UniqueConstraint(fields=("case", "day"), name="urged_once_a_day"),
        ),
        # Last, for PostgreSQL alters no table whose rows were changed in the same transaction.
        migrations.RunPython(date_notices, migrations.RunPython.noop, elidable=True),
    ]
