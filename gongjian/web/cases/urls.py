"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.cases import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.cases, name="cases"),
    path("<int:case_id>/", views.case, name="case"),
    path("<int:case_id>/take/", views.take_, name="case-take"),
    path("<int:case_id>/papers/", views.bring_, name="case-bring"),
    path("<int:case_id>/papers/<int:number>/<str:code>/", views.printed, name="case-printed"),
    path("<int:case_id>/files/<int:paper_id>/", views.file, name="case-file"),
    path("<int:case_id>/record/", views.record, name="case-record"),
]
