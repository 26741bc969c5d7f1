"""Addresses: each step of a paper has its own, so that nothing is lost by closing the page."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.imports import committing, fixing, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="imports"),
    path("new/<slug:slug>/", views.upload, name="import-new"),
    path("template/<slug:slug>/", views.template, name="import-template"),
    path("drop/", views.drop, name="import-drop"),
    path("together/<int:number>/", views.together, name="import-together"),
    path("<int:number>/", views.show, name="import"),
    path("<int:number>/columns/", views.columns, name="import-columns"),
    path("<int:number>/as/", views.retake, name="import-as"),
    path("<int:number>/recheck/", views.recheck, name="import-recheck"),
    path("<int:number>/check/", fixing.check, name="import-check"),
    path("<int:number>/rows/<int:row>/", fixing.row, name="import-row"),
    path("<int:number>/mend/", fixing.mend, name="import-mend"),
    path("<int:number>/aside/", fixing.aside, name="import-aside"),
    path("<int:number>/reveal/", fixing.reveal, name="import-reveal"),
    path("<int:number>/marked/", fixing.marked, name="import-marked"),
    path("<int:number>/discard/", fixing.discard, name="import-discard"),
    path("<int:number>/trial/", committing.trial, name="import-trial"),
    path("<int:number>/commit/", committing.commit, name="import-commit"),
    path("<int:number>/done/", committing.done, name="import-done"),
    path("<int:number>/stop/", committing.stop, name="import-stop"),
    path("<int:number>/again/", committing.again, name="import-again"),
    path("<int:number>/back/", committing.back, name="import-back"),
    path("<int:number>/rest/", committing.rest, name="import-rest"),
]
