"""Addresses of lists."""

from django.urls import path

from gongjian.web.lists import views

urlpatterns = [
    path("downloads/<int:job>/", views.ledger_download, name="ledger-download"),
    path("<slug:slug>/", views.ledger, name="ledger"),
    path("<slug:slug>/count/", views.ledger_count, name="ledger-count"),
    path("<slug:slug>/places/", views.ledger_places, name="ledger-places"),
    path("<slug:slug>/export/", views.ledger_export, name="ledger-export"),
    path("<slug:slug>/export/as/", views.export_as, name="export-as"),
    path("<slug:slug>/views/", views.view_save, name="ledger-view-save"),
    path("<slug:slug>/views/<int:view>/", views.view_change, name="ledger-view-change"),
]
