"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.doubts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.doubts, name="doubts"),
    path("new/<str:code>/", views.ask, name="doubt-new"),
    path("<int:number>/", views.one, name="doubt"),
    path("<int:number>/answer/", views.reply, name="doubt-answer"),
    path("<int:number>/again/", views.again, name="doubt-again"),
    path("<int:number>/close/", views.close, name="doubt-close"),
]
