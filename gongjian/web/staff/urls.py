"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.staff import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.people, name="staff"),
    path("roles/", views.roles, name="roles"),
    path("new/", views.add, name="person-new"),
    path("<int:pk>/", views.one, name="person"),
    path("<int:pk>/posts/new/", views.give, name="post-new"),
    path("<int:pk>/hand-over/", views.hand_over, name="person-hand-over"),
    path("<int:pk>/phone/", views.phone, name="person-phone"),
    path("<int:pk>/email/", views.email, name="person-email"),
    path("<int:pk>/password/", views.password, name="person-password"),
    path("<int:pk>/stop/", views.stop, name="person-stop"),
    path("<int:pk>/resume/", views.resume, name="person-resume"),
    path("<int:pk>/second-factor/", views.factor, name="person-second-factor"),
    path("posts/<int:pk>/end/", views.end, name="post-end"),
    path("posts/<int:pk>/stand-in/", views.stand_in, name="post-stand-in"),
]
