"""Every address of the product."""

from django.urls import include, path

from gongjian.web.views import home

urlpatterns = [
    path("", home, name="home"),
    path("accounts/", include("gongjian.web.signin.urls")),
    path("staff/", include("gongjian.web.staff.urls")),
    path("ledgers/", include("gongjian.web.lists.urls")),
    path("ledgers/", include("gongjian.web.records.urls")),
    path("imports/", include("gongjian.web.imports.urls")),
    path("figures/", include("gongjian.web.figures.urls")),
    path("changes/", include("gongjian.web.changes.urls")),
    path("search/", include("gongjian.web.search.urls")),
    path("", include("gongjian.web.system.urls")),
]
