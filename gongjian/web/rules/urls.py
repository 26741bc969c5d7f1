"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.rules import views, working_days

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.packs, name="rules"),
    path("packs/new/", views.new, name="rule-pack-new"),
    path("packs/<int:pk>/", views.pack, name="rule-pack"),
    path("packs/<int:pk>/end/", views.end, name="rule-pack-end"),
    path("calendar/", working_days.year, name="calendar"),
    path("calendar/enter/", working_days.enter, name="calendar-enter"),
    path("calendar/correct/", working_days.correct, name="calendar-correct"),
    path("calendar/withdraw/", working_days.withdraw, name="calendar-withdraw"),
]
