"""Once a day: papers and sign-ins whose time is over go."""

from importlib import import_module

from django.conf import settings

from gongjian.files.actions import forget_expired, sweep
from gongjian.jobs.registry import chore
from gongjian.web.signin import lockout


@chore
def papers() -> None:
    """Papers whose time is over, and drafts of uploads that broke off."""
    forget_expired()
    sweep()


@chore
def sign_ins() -> None:
    """Sign-ins that ended, and wrong passwords that count no more."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    lockout.forget()
