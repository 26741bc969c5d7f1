"""Addresses: each step of a paper has its own, so that nothing is lost by closing the page."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.imports import committing, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="imports"),
    path("new/<slug:slug>/", views.upload, name="import-new"),
    path("template/<slug:slug>/", views.template, name="import-template"),
    path("<int:number>/", views.show, name="import"),
    path("<int:number>/columns/", views.columns, name="import-columns"),
    path("<int:number>/check/", views.check, name="import-check"),
    path("<int:number>/rows/<int:row>/", views.row, name="import-row"),
    path("<int:number>/mend/", views.mend, name="import-mend"),
    path("<int:number>/aside/", views.aside, name="import-aside"),
    path("<int:number>/reveal/", views.reveal, name="import-reveal"),
    path("<int:number>/marked/", views.marked, name="import-marked"),
    path("<int:number>/discard/", views.discard, name="import-discard"),
    path("<int:number>/trial/", committing.trial, name="import-trial"),
    path("<int:number>/commit/", committing.commit, name="import-commit"),
    path("<int:number>/done/", committing.done, name="import-done"),
    path("<int:number>/stop/", committing.stop, name="import-stop"),
    path("<int:number>/again/", committing.again, name="import-again"),
    path("<int:number>/back/", committing.back, name="import-back"),
    path("<int:number>/rest/", committing.rest, name="import-rest"),
]
