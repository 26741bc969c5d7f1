"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.system import probes, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/under-way/", views.jobs_under_way, name="jobs-under-way"),
    path("jobs/<int:job_id>/", views.job, name="job"),
    path("jobs/<int:job_id>/cancel/", views.cancel, name="job-cancel"),
    path("jobs/<int:job_id>/retry/", views.retry, name="job-retry"),
    path("files/<int:file_id>/", views.file, name="file"),
]
