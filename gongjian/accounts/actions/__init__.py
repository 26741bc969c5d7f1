"""What is done with people and posts. Each deed is one link on the trail."""

from gongjian.accounts.actions.demo import DEMO_PASSWORD, add_demo_people
from gongjian.accounts.actions.mail import choose_mail, set_email
from gongjian.accounts.actions.people import (
    add_user,
    first_password,
    remove_second_factor,
    reset_password,
    resume,
    set_phone,
    stop,
)
from gongjian.accounts.actions.posts import NewPost, end_post, give_post, hand_over

__all__ = [
    "DEMO_PASSWORD",
    "NewPost",
    "add_demo_people",
    "add_user",
    "choose_mail",
    "end_post",
    "first_password",
    "give_post",
    "hand_over",
    "remove_second_factor",
    "reset_password",
    "resume",
    "set_email",
    "set_phone",
    "stop",
]
