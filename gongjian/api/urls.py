"""Addresses for programs."""

from gongjian.api.cases import router as cases
from gongjian.api.cases import waiting
from gongjian.api.changes import router as changes
from gongjian.api.door import api
from gongjian.api.figures import router as figures
from gongjian.api.imports import router as imports
from gongjian.api.ledgers import router as ledgers

api.add_router("/ledgers", ledgers)
api.add_router("/figures", figures)
api.add_router("/changes", changes)
api.add_router("/imports", imports)
api.add_router("/cases", cases)
api.add_router("/todos", waiting)

urlpatterns = api.urls[0]
app_name = "api"
