"""Django application of the workflow engine: finds the declarations of the rooms above."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkflowConfig(AppConfig):
    name = "gongjian.workflow"
    label = "workflow"
    verbose_name = "流程"

    def ready(self) -> None:
        """Import every room's ``flows`` module; each registers what it declares."""
        autodiscover_modules("flows")
