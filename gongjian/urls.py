"""Every address of the product: the pages, and the doors beside them.

Named by text, so that commands that serve nothing load none of it.
"""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gongjian.api.pages")),
    path("api/", include("gongjian.api.urls")),
    path("", include("gongjian.web.urls")),
]

handler400 = "gongjian.web.refusals.bad_request"
handler403 = "gongjian.web.refusals.forbidden"
handler404 = "gongjian.web.refusals.not_found"
handler500 = "gongjian.web.refusals.broken"
