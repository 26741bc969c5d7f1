"""Forms of others that exports are written into, and forms handed in once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongjian.core.days


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0003_openings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ledger", models.CharField(max_length=40, verbose_name="台账")),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("area_id", models.BigIntegerField(null=True, verbose_name="区划")),
                ("union_id", models.BigIntegerField(null=True, verbose_name="工会")),
                ("sheet", models.CharField(max_length=31, verbose_name="工作表")),
                ("head", models.JSONField(verbose_name="标题和表头")),
                ("spans", models.JSONField(default=list, verbose_name="合并的单元格")),
                ("columns", models.JSONField(verbose_name="列")),
                (
                    "created",
                    models.DateTimeField(default=gongjian.core.days.now, verbose_name="保存时间"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "导出模板"},
        ),
        migrations.CreateModel(
            name="Handing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=40, verbose_name="表单标记")),
                ("paper_id", models.BigIntegerField(null=True, verbose_name="导入")),
                (
                    "created",
                    models.DateTimeField(default=gongjian.core.days.now, verbose_name="提交时间"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "交来的表单"},
        ),
        migrations.AddConstraint(
            model_name="exportprofile",
            constraint=models.UniqueConstraint(
                fields=("owner", "ledger", "name"), name="export_profile_has_its_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="exportprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("area_id__isnull", True), ("union_id__isnull", True), _connector="OR"
                ),
                name="export_profile_is_of_one_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="handing",
            constraint=models.UniqueConstraint(
                fields=("owner", "word"), name="form_is_handed_in_once"
            ),
        ),
    ]
