"""Every address of the product."""

from django.urls import include, path

from gongjian.web.views import help_page

urlpatterns = [
    path("", include("gongjian.web.home.urls")),
    path("help/<slug:topic>/", help_page, name="help"),
    path("accounts/", include("gongjian.web.signin.urls")),
    path("staff/", include("gongjian.web.staff.urls")),
    path("ledgers/", include("gongjian.web.lists.urls")),
    path("ledgers/", include("gongjian.web.batches.urls")),
    path("ledgers/", include("gongjian.web.profiles.urls")),
    path("ledgers/", include("gongjian.web.records.urls")),
    path("imports/", include("gongjian.web.imports.urls")),
    path("imports/", include("gongjian.web.pasting.urls")),
    path("figures/", include("gongjian.web.figures.urls")),
    path("evidence/", include("gongjian.web.evidence.urls")),
    path("doubts/", include("gongjian.web.doubts.urls")),
    path("reports/bridge/", include("gongjian.web.bridge.urls")),
    path("reports/", include("gongjian.web.reports.urls")),
    path("rules/", include("gongjian.web.rules.urls")),
    path("cases/", include("gongjian.web.cases.urls")),
    path("todos/", include("gongjian.web.todos.urls")),
    path("", include("gongjian.web.digests.urls")),
    path("matrix/", include("gongjian.web.matrix.urls")),
    path("changes/", include("gongjian.web.trail.urls")),
    path("changes/", include("gongjian.web.changes.urls")),
    path("search/", include("gongjian.web.search.urls")),
    path("", include("gongjian.web.system.urls")),
]

handler400 = "gongjian.web.refusals.bad_request"
handler403 = "gongjian.web.refusals.forbidden"
handler404 = "gongjian.web.refusals.not_found"
handler500 = "gongjian.web.refusals.broken"
