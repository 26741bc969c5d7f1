"""What comes of accounts that were there before."""

from importlib import import_module

import pytest
from django.apps import apps

from gongjian.accounts.models import User


@pytest.mark.django_db
def test_whoever_was_out_of_use_was_stopped_once() -> None:
    for name, active in (("in", True), ("out", False)):
        User.objects.create(username=name, is_active=active)
    import_module("gongjian.accounts.migrations.0006_user_stops").count_those_out_of_use(apps, None)
    assert dict(User.objects.values_list("username", "stops")) == {"in": 0, "out": 1}
