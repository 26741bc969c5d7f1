"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.records.views import edit, mend, show

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/new/", edit.new, name="record-new"),
    path("<slug:slug>/<int:id_>/", show.record, name="record"),
    path("<slug:slug>/<int:id_>/change/", edit.change, name="record-change"),
    path("<slug:slug>/<int:id_>/correct/", edit.correct, name="record-correct"),
    path("<slug:slug>/<int:id_>/annul/", mend.annul, name="record-annul"),
    path("<slug:slug>/<int:id_>/merge/", mend.merge, name="record-merge"),
    path("<slug:slug>/<int:id_>/unmask/", show.unmask, name="record-unmask"),
    path("<slug:slug>/<int:id_>/mask/", show.mask, name="record-mask"),
]
