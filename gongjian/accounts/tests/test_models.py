"""What must always hold for posts, whoever writes them."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongjian.accounts.models import Post, User
from gongjian.areas.tests.builders import Said, area, write_areas

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"area_id": None}, "post_stands_at_an_area_or_a_union"),
        ({"union_id": 7}, "post_stands_at_an_area_or_a_union"),
        ({"valid_to": date(2011, 1, 1)}, "post_ends_after_it_begins"),
        ({"role": "emperor"}, "post_has_a_known_role"),
    ],
)
def test_post_that_makes_no_sense_is_refused(wrong: dict[str, Any], constraint: str) -> None:
    write_areas(Said(code="51"))
    user = User.objects.create(username="zhang")
    right = {"role": "leader", "area_id": area("51"), "valid_from": date(2011, 1, 1)}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Post.objects.create(user=user, **(right | wrong))

    post = Post.objects.create(user=user, **right)
    assert str(post) == "zhang · 领导"


def test_user_name_is_unique() -> None:
    User.objects.create(username="zhang")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="zhang")
