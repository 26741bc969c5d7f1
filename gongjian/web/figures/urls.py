"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.figures import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.catalogue, name="figures"),
    path("downloads/<int:job>/", views.download, name="figure-rows-download"),
    path("keep/", views.keep, name="figures-keep"),
    path("<str:code>/", views.one, name="figure"),
    path("<str:code>/overlap/", views.overlap, name="figure-overlap"),
    path("<str:code>/rows/", views.rows, name="figure-rows"),
    path("<str:code>/rows/export/", views.export, name="figure-rows-export"),
]
