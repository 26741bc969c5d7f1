"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.bridge import naming, parts, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.bridge_, name="bridge"),
    path("enter/", views.enter_, name="bridge-enter"),
    path("export/", views.export, name="bridge-export"),
    path("downloads/<int:job>/", views.download, name="bridge-download"),
    path("<int:number>/", views.total, name="bridge-total"),
    path("<int:number>/withdraw/", views.withdraw_, name="bridge-withdraw"),
    path("<int:number>/carry/", views.carry_, name="bridge-carry"),
    path("<int:number>/say/", views.say, name="bridge-say"),
    path("<int:number>/names/", naming.names, name="bridge-names"),
    path("<int:number>/name/", naming.name, name="bridge-name"),
    path("<int:number>/parts/<int:link>/", parts.part, name="bridge-part"),
    path("<int:number>/parts/<int:link>/retract/", parts.retract_, name="bridge-retract"),
]
